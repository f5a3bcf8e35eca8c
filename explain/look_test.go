package explain

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/manifest"
)

// look is another look at objects than that of the code that is tested, with
// which it shares nothing: encoding/json writes and reads them.
type look struct {
	seen map[string]*seen
}

// seen is an object. Its leaves are scalars, and lists and maps that hold
// nothing.
type seen struct {
	object manifest.Object
	text   []byte
	root   *node
}

// node is a value, with the place that it has among all objects.
type node struct {
	place string
	// value is what encoding/json reads.
	value any
	keys  map[string]*node
	items []*node
	// inside is what the document that a text holds holds.
	inside *node
}

// lookAt looks at objects.
func lookAt(t *testing.T, objects []manifest.Object) *look {
	t.Helper()
	l := &look{seen: map[string]*seen{}}
	ids := map[manifest.ID]int{}
	for _, o := range objects {
		id := repeated(o, ids)
		text := marshal(t, o)
		l.seen[id] = &seen{object: o, text: text, root: newNode(decode(t, text), id, "", "", nil)}
	}
	return l
}

// repeated names an object, the second of a name another way than the first.
func repeated(o manifest.Object, seen map[manifest.ID]int) string {
	id := o.ID()
	seen[id]++
	return fmt.Sprintf("%s/%s/%s#%d:", o.Kind, o.Namespace, o.Name, seen[id])
}

func marshal(t *testing.T, o manifest.Object) []byte {
	t.Helper()
	text, err := json.Marshal(o.Value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func decode(t *testing.T, text []byte) any {
	t.Helper()
	tree, err := decodeJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func decodeJSON(text []byte) (tree any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	err = decoder.Decode(&tree)
	return tree, err
}

// newNode makes the node of a value at a path of an object. Key and above are
// those of the map that it stands in.
func newNode(value any, object, path, key string, above map[string]any) *node {
	n := &node{place: object + path, value: value}
	switch value := value.(type) {
	case map[string]any:
		n.keys = map[string]*node{}
		for k, member := range value {
			below := path + "." + k
			switch {
			case k == "" || strings.ContainsAny(k, "./:[]"):
				below = path + "[" + k + "]"
			case path == "":
				below = k
			}
			n.keys[k] = newNode(member, object, below, k, value)
		}
	case []any:
		for i, member := range value {
			n.items = append(n.items, newNode(member, object, fmt.Sprintf("%s[%d]", path, i), "", nil))
		}
	case string:
		if inner := inside(value, key, above); inner != nil {
			n.inside = newNode(inner, object, path, "", nil)
		}
	}
	return n
}

// each calls use for the leaves of a node.
func (n *node) each(use func(leaf *node)) {
	if len(n.keys)+len(n.items) == 0 {
		use(n)
	}
	for _, member := range n.keys {
		member.each(use)
	}
	for _, member := range n.items {
		member.each(use)
	}
	if n.inside != nil {
		n.inside.each(use)
	}
}

// leaves returns the texts of all leaves by their places.
func (l *look) leaves() map[string]string {
	leaves := map[string]string{}
	for _, s := range l.seen {
		s.root.each(func(leaf *node) {
			switch value := leaf.value.(type) {
			case map[string]any:
				leaves[leaf.place] = "{}"
			case []any:
				leaves[leaf.place] = "[]"
			case nil:
				leaves[leaf.place] = "null"
			default:
				leaves[leaf.place] = fmt.Sprint(value)
			}
		})
	}
	return leaves
}

// compare adds to moved the places of the leaves that other objects do not have,
// and reports whether all lists are as long as they were.
func (l *look) compare(t *testing.T, others []manifest.Object, moved map[string]bool) bool {
	t.Helper()
	c := comparison{moved: moved, comparable: true}
	found, ids := make([]*seen, 0, len(others)), map[manifest.ID]int{}
	for _, o := range others {
		s := l.seen[repeated(o, ids)]
		found = append(found, s)
		if s != nil && same(s.object.Value, o.Value) {
			continue
		}
		text := marshal(t, o)
		switch {
		case s == nil:
			c.gained(decode(t, text), "", nil)
		case !bytes.Equal(s.text, text):
			c.compare(s.root, decode(t, text), "", nil)
		}
	}
	for _, s := range l.seen {
		if !slices.Contains(found, s) {
			c.lost(s.root)
		}
	}
	return c.comparable
}

// same reports whether values have the same in all fields that are written. It is
// much faster than writing them.
func same(a, b any) bool {
	v, w := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	if v.Type() != w.Type() {
		return false
	}
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() && !reflect.DeepEqual(v.Field(i).Interface(), w.Field(i).Interface()) {
			return false
		}
	}
	return true
}

// comparison compares two values.
type comparison struct {
	moved      map[string]bool
	comparable bool
}

func (c *comparison) compare(n *node, after any, key string, above map[string]any) {
	switch value := n.value.(type) {
	case map[string]any:
		if after, ok := after.(map[string]any); ok {
			c.compareMaps(n, value, after)
			return
		}
	case []any:
		if after, ok := after.([]any); ok {
			c.compareLists(n, after)
			return
		}
	case string:
		if text, ok := after.(string); ok {
			c.compareTexts(n, text, key, above)
			return
		}
	default:
		switch after.(type) {
		case map[string]any, []any:
		default:
			if value == after {
				return
			}
		}
	}
	c.lost(n)
	c.gained(after, key, above)
}

func (c *comparison) compareMaps(n *node, value, after map[string]any) {
	if len(n.keys) == 0 && len(after) > 0 {
		c.moved[n.place] = true
	}
	for k, member := range n.keys {
		if other, ok := after[k]; ok {
			c.compare(member, other, k, after)
		} else {
			c.lost(member)
		}
	}
	for k, other := range after {
		if _, ok := value[k]; !ok {
			c.gained(other, k, after)
		}
	}
}

func (c *comparison) compareLists(n *node, after []any) {
	if len(n.items) == 0 && len(after) > 0 {
		c.moved[n.place] = true
	}
	c.comparable = c.comparable && len(n.items) == len(after)
	for i, member := range n.items {
		if i < len(after) {
			c.compare(member, after[i], "", nil)
		} else {
			c.lost(member)
		}
	}
}

func (c *comparison) compareTexts(n *node, text, key string, above map[string]any) {
	if n.value == text {
		return
	}
	c.moved[n.place] = true
	switch inner := inside(text, key, above); {
	case n.inside == nil:
		c.gained(inner, "", nil)
	case inner == nil:
		c.lost(n.inside)
	default:
		c.compare(n.inside, inner, "", nil)
	}
}

// lost notes that there is nothing any more in the place of a node.
func (c *comparison) lost(n *node) {
	n.each(func(leaf *node) { c.moved[leaf.place] = true })
	c.comparable = c.comparable && !holdsList(n.value, "", nil) && (n.inside == nil || !holdsList(n.inside.value, "", nil))
}

// gained notes that there is a value where there was none.
func (c *comparison) gained(value any, key string, above map[string]any) {
	c.comparable = c.comparable && !holdsList(value, key, above)
}

// holdsList reports whether there is a list in a value.
func holdsList(value any, key string, above map[string]any) bool {
	switch value := value.(type) {
	case map[string]any:
		for k, member := range value {
			if holdsList(member, k, value) {
				return true
			}
		}
	case []any:
		return true
	case string:
		inner := inside(value, key, above)
		return inner != nil && holdsList(inner, "", nil)
	}
	return false
}

// inside returns the document in a text, nil where there is none or it is empty.
func inside(text, key string, above map[string]any) any {
	switch {
	case key == "getambassador.io/config":
		var documents []any
		for part := range strings.SplitSeq("\n"+text, "\n---\n") {
			var document any
			if err := yaml.Unmarshal([]byte(part), &document, func(d *json.Decoder) *json.Decoder { d.UseNumber(); return d }); err != nil {
				return nil
			}
			if document != nil {
				documents = append(documents, document)
			}
		}
		if len(documents) > 0 {
			return documents
		}
	case key == "value" && above["name"] == "ENGINE_PREDICTOR":
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil
		}
		tree, err := decodeJSON(raw)
		if object, ok := tree.(map[string]any); ok && err == nil && len(object) > 0 {
			return object
		}
	}
	return nil
}
