package krm

import (
	"errors"
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

const (
	// maxDepth is how deeply nodes may be nested.
	maxDepth = 1000
	// maxMerged is how many keys a map may have where the library writes out anchors,
	// which takes it time that grows with their square.
	maxMerged = 1000
)

// repair makes a node of a host fit to be written: without anchors, which hosts
// cannot read back, and with texts that the library writes as it reads them.
func repair(n *yaml.RNode) error {
	var found anchors
	if err := found.keepBlocks(n.YNode(), 0); err != nil || !found.any {
		return err
	}
	if found.widest > maxMerged {
		return fmt.Errorf("it combines anchors, aliases or merge keys with a map of more than %d keys or merged maps", maxMerged)
	}
	if n.DeAnchor() != nil {
		return errors.New("its anchors cannot be expanded")
	}
	// What aliases stood for may be another item's.
	return found.keepBlocks(n.YNode(), 0)
}

// anchors says whether there are anchors, aliases or merge keys in a tree, and how
// many keys its widest map has, or maps are merged into it.
type anchors struct {
	any    bool
	widest int
}

// keepBlocks looks for anchors, and changes the style of texts that the library
// would write in another way than it reads them: each run would add lines to them,
// or the host could not read the list at all.
func (a *anchors) keepBlocks(n *yaml.Node, depth int) error {
	if depth > maxDepth {
		return errors.New("it is nested too deeply")
	}
	a.any = a.any || n.Anchor != "" || n.Kind == yaml.AliasNode || n.Tag == yaml.MergeTag
	switch n.Kind {
	case yaml.MappingNode:
		a.widest = max(a.widest, len(n.Content)/2)
	case yaml.ScalarNode:
		if n.Style&yaml.FoldedStyle != 0 && !foldsAlike(n.Value) {
			n.Style = n.Style&^yaml.FoldedStyle | yaml.LiteralStyle
		}
		if n.Style&yaml.LiteralStyle != 0 && !isLiteral(n.Value) {
			n.Style = n.Style&^yaml.LiteralStyle | yaml.DoubleQuotedStyle
		}
	}
	for i, child := range n.Content {
		if i > 0 && n.Content[i-1].Tag == yaml.MergeTag {
			a.widest = max(a.widest, len(child.Content))
		}
		if err := a.keepBlocks(child, depth+1); err != nil {
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
