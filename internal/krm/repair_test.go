package krm

import (
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// TestBlocksKeepTheirText writes every short text of letters and white space in
// both styles of blocks.
func TestBlocksKeepTheirText(t *testing.T) {
	const longest = 5
	var try func(style yaml.Style, text string)
	try = func(style yaml.Style, text string) {
		key := func(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }
		block := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: style}
		node := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{key("a"), block, key("b"), key("c")}}
		err := new(anchors).keepBlocks(node, 0)
		if err != nil {
			t.Fatal(err)
		}
		encoded, err := yaml.Marshal(node)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]string
		if err := yaml.Unmarshal(encoded, &got); err != nil || got["a"] != text || got["b"] != "c" {
			t.Errorf("%q in style %d becomes %q: %v\n%s", text, style, got, err, encoded)
		}
		if len(text) < longest {
			for _, next := range []string{"x", " ", "\n", "\t"} {
				try(style, text+next)
			}
		}
	}
	try(yaml.FoldedStyle, "")
	try(yaml.LiteralStyle, "")
}

func TestBlocksKeepTheirStyle(t *testing.T) {
	for _, text := range []string{"a: >\n  one\n\n  two\n\nb: |\n  one\n    two\n", "a: >-\n  one\nb: |+\n  two\n\n"} {
		top, err := yaml.Parse(text)
		if err == nil {
			err = new(anchors).keepBlocks(top.YNode(), 0)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := top.String(); err != nil || got != text {
			t.Errorf("%v: got %q, want %q", err, got, text)
		}
	}
}
