package krm

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"go.yaml.in/yaml/v3"
)

// member returns the value of a key of a mapping, or nil. Of keys that are given
// twice the last counts.
func member(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := len(n.Content) - 2; i >= 0; i -= 2 {
		if n.Content[i].Kind == yaml.ScalarNode && n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// memberText returns the text of a key of a mapping; it is empty for anything but
// a scalar with a value.
func memberText(n *yaml.Node, key string) string {
	if v := member(n, key); v != nil && v.Kind == yaml.ScalarNode && !isNull(v) {
		return v.Value
	}
	return ""
}

// isNull reports whether there is no value.
func isNull(n *yaml.Node) bool {
	return n == nil || n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null"
}

// setMember sets a key of a mapping, in its place or at the end.
func setMember(n *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = value
			return
		}
	}
	n.Content = append(n.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, value)
}

// annotationsOf returns the node of an object's annotations, or nil.
func annotationsOf(object *yaml.Node) *yaml.Node {
	return member(member(object, "metadata"), "annotations")
}

// setAnnotation sets an annotation of an object. Quotes keep its type from any
// reader's guesses.
func setAnnotation(object *yaml.Node, key, value string) {
	metadata := mappingAt(object, "metadata")
	text := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value, Style: yaml.SingleQuotedStyle}
	if old := member(annotationsOf(object), key); old != nil {
		text.HeadComment, text.LineComment, text.FootComment = old.HeadComment, old.LineComment, old.FootComment
	}
	setMember(mappingAt(metadata, "annotations"), key, text)
}

// mappingAt returns the mapping under a key, made where there is none.
func mappingAt(n *yaml.Node, key string) *yaml.Node {
	if m := member(n, key); m != nil && m.Kind == yaml.MappingNode {
		return m
	}
	m := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	setMember(n, key, m)
	return m
}

// removeAnnotations removes the annotations of an object that are to go, and with
// the last of them the map.
func removeAnnotations(object *yaml.Node, gone func(key string) bool) {
	metadata, annotations := member(object, "metadata"), annotationsOf(object)
	if annotations == nil || annotations.Kind != yaml.MappingNode {
		return
	}
	var kept []*yaml.Node
	for i := 0; i+1 < len(annotations.Content); i += 2 {
		if !gone(annotations.Content[i].Value) {
			kept = append(kept, annotations.Content[i], annotations.Content[i+1])
		}
	}
	annotations.Content = kept
	if len(kept) > 0 {
		return
	}
	for i := 0; i+1 < len(metadata.Content); i += 2 {
		if metadata.Content[i+1] == annotations {
			metadata.Content = append(metadata.Content[:i:i], metadata.Content[i+2:]...)
			return
		}
	}
}

// copyNode returns a deep copy of a tree without aliases.
func copyNode(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = copyNode(child)
	}
	return &c
}

// sameContent reports whether two trees say the same, whatever their style.
func sameContent(a, b *yaml.Node) bool {
	var x, y any
	return a.Decode(&x) == nil && b.Decode(&y) == nil && reflect.DeepEqual(x, y)
}

// parseNode parses one document and returns its top node.
func parseNode(text []byte) (top *yaml.Node, err error) {
	defer recoverAs(&err)
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	var doc yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, err
	}
	return doc.Content[0], nil
}

// encodeNode writes a tree the way hosts do: two spaces a level, and lists at the
// column of their key unless they are to be indented.
func encodeNode(n *yaml.Node, indentLists bool) (text []byte, err error) {
	defer recoverAs(&err)
	keepBlocks(n)
	var buf bytes.Buffer
	encoder := yaml.NewEncoder(&buf)
	encoder.SetIndent(2)
	if !indentLists {
		encoder.CompactSeqIndent()
	}
	err = errors.Join(encoder.Encode(n), encoder.Close())
	return buf.Bytes(), err
}

// recoverAs turns a panic of the YAML library into an error.
func recoverAs(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("the YAML library gave up: %w", panicError(r))
	}
}
