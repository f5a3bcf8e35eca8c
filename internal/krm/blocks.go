package krm

import (
	"errors"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// maxDepth is how deeply nodes may be nested.
const maxDepth = 1000

// keepBlocks changes the style of the texts below a node that the library would
// write in another way than it reads them: each run would add lines to them, or
// the host could not read the list at all.
func keepBlocks(n *yaml.Node, depth int) error {
	if depth > maxDepth {
		return errors.New("it is nested too deeply")
	}
	if n.Kind == yaml.ScalarNode {
		if n.Style&yaml.FoldedStyle != 0 && !foldsAlike(n.Value) {
			n.Style = n.Style&^yaml.FoldedStyle | yaml.LiteralStyle
		}
		if n.Style&yaml.LiteralStyle != 0 && !isLiteral(n.Value) {
			n.Style = n.Style&^yaml.LiteralStyle | yaml.DoubleQuotedStyle
		}
	}
	for _, child := range n.Content {
		if err := keepBlocks(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// foldsAlike reports whether a text can be written folded: without lines that are
// indented further, and without empty lines at its end.
func foldsAlike(s string) bool {
	return !strings.Contains(s, "\n ") && !strings.Contains(s, "\n\t") && !strings.HasSuffix(s, "\n\n") && isLiteral(s)
}

// isLiteral reports whether a text can be written as a block: one whose first
// letter is white space has an indentation that cannot be seen.
func isLiteral(s string) bool {
	text := strings.TrimLeft(s, "\n")
	return !strings.HasPrefix(text, "\t") && (text == s || !strings.HasPrefix(text, " "))
}
