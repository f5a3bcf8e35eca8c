package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// bare is what the reader looks at of a node.
type bare struct {
	Kind         yaml.Kind
	Style        yaml.Style
	Value        string
	Line, Column int
	Content      []bare
}

func strip(n *yaml.Node) bare {
	b := bare{n.Kind, n.Style, n.Value, n.Line, n.Column, nil}
	for _, c := range n.Content {
		b.Content = append(b.Content, strip(c))
	}
	return b
}

// FuzzPlain compares the fast parser with the full one wherever it answers.
func FuzzPlain(f *testing.F) {
	for _, pattern := range []string{"testdata/inputs/*.yaml", "testdata/faults/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, text := range []string{
		"a:\n- b: 1\n  c: x y\n-\n- - d\n  - e: \"f # g\" # h\nz:\ny: é:é #\n", "a:\n  # c\n\n  b: c\n d: e\n", "a: b\n  c\n", "- a\nb: c\n",
		"a: - b\n", "a:\n  - b\n  c: d\n", "a: b #c\n", "a: b#c\n", "a:#b\n", "a: 'b'#c\n", "a: []\nb: {}\nc: [] # x\n", "a: ---\n---\n", "  a: b\n  c: d\n", "- -\n- -a\n", "a:\nb:\n- c\n-  d\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, _, what := badText(text); what != "" {
			t.Skip()
		}
		got, ok := parsePlain(text)
		if !ok {
			return
		}
		var doc yaml.Node
		if err := loadNode(text, &doc); err != nil {
			t.Fatalf("accepted what the parser refuses: %v\n%s", err, text)
		}
		if diff := cmp.Diff(strip(doc.Content[0]), strip(got)); diff != "" {
			t.Errorf("%s\n(-parser +ours)\n%s", text, diff)
		}
	})
}

func TestPlainManifestsTakeTheFastParser(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/inputs/custom-combiner-three-pods.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := parsePlain(text); !ok {
		t.Error("the parser is asked for a plain manifest")
	}
}
