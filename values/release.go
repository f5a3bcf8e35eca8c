package values

import (
	"bytes"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
)

// NamedRelease returns the release of Seldon Core that values files name under
// seldonctl.seldonVersion, of several the last one, as it is written: 1.10 is not
// 1.1. It is empty where none does.
func NamedRelease(overlays ...Overlay) string {
	named := ""
	for _, o := range overlays {
		if o.kind != fileOverlay || !bytes.Contains(o.text, []byte(ownRelease)) {
			continue
		}
		top, _ := readNodes(finding.Position{}, o.text)
		if n := valueOf(valueOf(top, ownSection), ownRelease); n != nil && n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
			named = n.Value
		}
	}
	return named
}

// valueOf returns the last value of a key of a mapping, or nil.
func valueOf(n *yaml.Node, key string) (value *yaml.Node) {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			value = n.Content[i+1]
		}
	}
	return value
}
