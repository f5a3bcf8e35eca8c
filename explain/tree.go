package explain

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/seldon"
)

// tree is a rendered object whose leaves have numbers.
type tree struct {
	root *leaf.Node
	// inner are the documents inside of texts - ENGINE_PREDICTOR, Ambassador's
	// annotation - by the nodes of these.
	inner map[*leaf.Node]*leaf.Node
}

// newTree reads an object, with the documents inside of it, and numbers the
// leaves from next on. It returns the number after the last.
func newTree(document []byte, next int) (*tree, int) {
	t := &tree{root: leaf.Parse(document), inner: map[*leaf.Node]*leaf.Node{}}
	if t.root == nil {
		t.root = &leaf.Node{}
	}
	return t, t.number(t.root, "", nil, next)
}

func (t *tree) number(n *leaf.Node, key string, above *leaf.Node, next int) int {
	n.Number = -1
	if len(n.Members) == 0 {
		n.Number = next
		next++
		if inner := leaf.Parse(open(n, key, above)); inner != nil && len(inner.Members) > 0 {
			t.inner[n] = inner
			return t.number(inner, "", nil, next)
		}
	}
	for i := range n.Members {
		next = t.number(&n.Members[i].Node, n.Members[i].Key, n, next)
	}
	return next
}

// open returns the document that a text holds as JSON, nothing if it holds none.
// Key is that of the text, above the map that it stands in.
func open(n *leaf.Node, key string, above *leaf.Node) []byte {
	switch {
	case key == seldon.AnnotationGetAmbassador:
		return fromYAML(n.String())
	case key == "value" && above != nil:
		name := above.Member("name")
		if name == nil || name.String() != "ENGINE_PREDICTOR" {
			return nil
		}
		text, err := base64.StdEncoding.DecodeString(n.String())
		if err != nil {
			return nil
		}
		return text
	}
	return nil
}

// fromYAML returns YAML documents as a JSON list, nothing if they are none.
func fromYAML(text string) []byte {
	loader, err := yaml.NewLoader(strings.NewReader(text))
	if err != nil {
		return nil
	}
	var documents []any
	for {
		var document map[string]any
		if loader.Load(&document) != nil {
			break
		}
		if document != nil {
			documents = append(documents, document)
		}
	}
	out, err := json.Marshal(documents)
	if err != nil {
		return nil
	}
	return out
}

// moved calls report with the number of every leaf that another tree, which may
// be nil, does not have.
func (t *tree) moved(other *leaf.Node, report func(int)) { t.movedAt(t.root, other, "", nil, report) }

func (t *tree) movedAt(n, other *leaf.Node, key string, otherAbove *leaf.Node, report func(int)) {
	if other != nil {
		if bytes.Equal(n.Text, other.Text) {
			return
		}
		other.Expand(n)
	}
	if n.Number >= 0 {
		report(n.Number)
	}
	if inner := t.inner[n]; inner != nil {
		var otherInner *leaf.Node
		if other != nil {
			otherInner = leaf.Outline(open(other, key, otherAbove))
		}
		t.movedAt(inner, otherInner, "", nil, report)
	}
	for i := range n.Members {
		m := &n.Members[i]
		t.movedAt(&m.Node, partner(n, i, other), m.Key, other, report)
	}
}

// partner returns what stands in another node for a member of n: the member of
// its key; in lists of one length that of its place, else an equal one or that of
// its name.
func partner(n *leaf.Node, i int, other *leaf.Node) *leaf.Node {
	m := &n.Members[i]
	switch {
	case other == nil || n.List != other.List:
		return nil
	case !n.List:
		return other.Member(m.Key)
	case len(n.Members) == len(other.Members):
		return &other.Members[i].Node
	}
	name := m.Member("name")
	for k := range other.Members {
		candidate := &other.Members[k].Node
		if bytes.Equal(candidate.Text, m.Text) {
			return candidate
		}
		candidate.Expand(&m.Node)
		if its := candidate.Member("name"); name != nil && its != nil && bytes.Equal(its.Text, name.Text) {
			return candidate
		}
	}
	return nil
}

// spot is a leaf with where it stands.
type spot struct {
	node *leaf.Node
	// path has the indices of list members, named their names where they have some.
	path, named string
	opened      bool
}

// places calls use for the leaves in their order.
func (t *tree) places(use func(spot)) { t.placesBelow(t.root, nil, nil, use) }

func (t *tree) placesBelow(n *leaf.Node, path, named []byte, use func(spot)) {
	inner := t.inner[n]
	if n.Number >= 0 {
		use(spot{n, string(path), string(named), inner != nil})
	}
	if inner != nil {
		t.placesBelow(inner, path, named, use)
	}
	for i := range n.Members {
		m := &n.Members[i]
		if !n.List {
			t.placesBelow(&m.Node, leaf.AppendKey(bytes.Clone(path), m.Key), leaf.AppendKey(bytes.Clone(named), m.Key), use)
			continue
		}
		below := leaf.AppendIndex(bytes.Clone(named), i)
		if name := m.Member("name"); name != nil && unique(n, name) {
			below = append(append(append(bytes.Clone(named), '['), name.String()...), ']')
		}
		t.placesBelow(&m.Node, leaf.AppendIndex(bytes.Clone(path), i), below, use)
	}
}

// unique reports whether only one member of a list has a name.
func unique(list, name *leaf.Node) bool {
	count := 0
	for i := range list.Members {
		if its := list.Members[i].Member("name"); its != nil && bytes.Equal(its.Text, name.Text) {
			count++
		}
	}
	return count == 1
}
