package krm

import (
	"errors"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/seldonctl/seldonctl/internal/aliases"
)

// maxDepth is how deeply nodes may be nested.
const maxDepth = 1000

var errTooDeep = errors.New("it is nested too deeply")

// writeOut replaces all aliases and merge keys of a tree by what they stand for
// and removes anchors: hosts cannot read them back. It reports whether there were
// any; a tree without comes back itself.
func writeOut(n *yaml.Node) (out *yaml.Node, changed bool, err error) {
	found, err := hasAnchors(n, 0)
	if err != nil || !found {
		return n, false, err
	}
	if err := aliases.Check(n, func(n *yaml.Node) aliases.Node[yaml.Node] {
		return aliases.Node[yaml.Node]{Text: n.Value, Anchored: n.Anchor != "", Alias: n.Alias, Children: n.Content}
	}); err != nil {
		return nil, false, fmt.Errorf("line %d: %w", err.At.Line, err)
	}
	w := anchorWriter{}
	out = w.node(n, 0)
	return out, true, w.err
}

// hasAnchors looks for anchors, aliases and merge keys.
func hasAnchors(n *yaml.Node, depth int) (bool, error) {
	if depth > maxDepth {
		return false, errTooDeep
	}
	found := n.Anchor != "" || n.Kind == yaml.AliasNode || isMergeKey(n)
	for _, child := range n.Content {
		more, err := hasAnchors(child, depth+1)
		if err != nil {
			return false, err
		}
		found = found || more
	}
	return found, nil
}

func isMergeKey(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!merge"
}

// anchorWriter copies a tree without anchors.
type anchorWriter struct {
	err error
}

func (w *anchorWriter) node(n *yaml.Node, depth int) *yaml.Node {
	switch {
	case w.err != nil:
		return n
	case depth > maxDepth:
		w.err = errTooDeep
		return n
	case n.Kind == yaml.AliasNode:
		return w.alias(n, depth)
	}
	out := *n
	out.Anchor = ""
	out.Content = make([]*yaml.Node, 0, len(n.Content))
	var merged []*yaml.Node
	for i := 0; i < len(n.Content); i++ {
		if n.Kind == yaml.MappingNode && i%2 == 0 && isMergeKey(n.Content[i]) && i+1 < len(n.Content) {
			i++
			merged = append(merged, n.Content[i])
			continue
		}
		out.Content = append(out.Content, w.node(n.Content[i], depth+1))
	}
	if len(merged) > 0 {
		have := map[string]bool{}
		for i := 0; i < len(out.Content); i += 2 {
			have[out.Content[i].Value] = true
		}
		for _, from := range merged {
			w.merge(&out, w.node(from, depth+1), have)
		}
	}
	return &out
}

// alias returns what an alias stands for, with its own comments.
func (w *anchorWriter) alias(n *yaml.Node, depth int) *yaml.Node {
	c := *n.Alias
	c.HeadComment, c.LineComment, c.FootComment = n.HeadComment, n.LineComment, n.FootComment
	return w.node(&c, depth+1)
}

// merge adds the keys that a mapping does not have yet.
func (w *anchorWriter) merge(into, from *yaml.Node, have map[string]bool) {
	if w.err != nil {
		return
	}
	switch from.Kind {
	case yaml.SequenceNode:
		for _, n := range from.Content {
			w.merge(into, n, have)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(from.Content); i += 2 {
			if key := from.Content[i].Value; !have[key] {
				have[key] = true
				into.Content = append(into.Content, from.Content[i], from.Content[i+1])
			}
		}
	}
}
