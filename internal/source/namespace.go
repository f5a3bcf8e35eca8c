package source

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// InNamespace returns the document with a namespace, as kubectl apply -n gives it
// to documents without one. The text stays otherwise as it was; only where that
// cannot be, as in metadata behind an alias, it becomes JSON. A document that has
// a namespace, or no metadata, is returned as it is.
func (d *Document) InNamespace(namespace string) *Document {
	root := d.parse()
	if root == nil || d.Namespace != "" {
		return d
	}
	if _, metadata := member(root, "metadata"); metadata == nil {
		return d
	}
	out := &Document{
		File: d.File, Line: d.Line, column: d.column,
		APIVersion: d.APIVersion, Kind: d.Kind, Name: d.Name, Namespace: namespace,
	}
	for _, text := range []func() []byte{
		func() []byte { return textInNamespace(d.Raw, namespace) },
		func() []byte { return d.jsonInNamespace(namespace) },
	} {
		check := &Document{Raw: text()}
		if root := check.parse(); root != nil {
			check.readHeader(root)
			if check.Namespace == namespace && check.Name == d.Name && check.Kind == d.Kind {
				out.Raw = check.Raw
				return out
			}
		}
	}
	return d
}

// member returns the key and value of a mapping's own entry.
func member(n *yaml.Node, name string) (key, value *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		return nil, nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// textInNamespace adds a namespace behind the name of an object, or nothing where
// the text is of another form than people write.
func textInNamespace(text []byte, namespace string) []byte {
	var doc yaml.Node
	if loadNode(text, &doc) != nil || len(doc.Content) == 0 {
		return nil
	}
	_, metadata := member(doc.Content[0], "metadata")
	if metadata == nil {
		return nil
	}
	offset := newOffsets(text)
	word := namespace
	if resolvePlain(word).kind != textScalar {
		word = `"` + word + `"`
	}
	if key, old := member(metadata, "namespace"); key != nil {
		return replaceEmpty(text, offset, key, old, word)
	}
	key, name := member(metadata, "name")
	if key == nil || name.Kind != yaml.ScalarNode {
		return nil
	}
	at := offset.of(name)
	token := scalarToken(text[min(at, len(text)):])
	if token == 0 {
		return nil
	}
	if metadata.Style&yaml.FlowStyle != 0 {
		added := ", namespace: " + word
		if key.Style&yaml.DoubleQuotedStyle != 0 {
			added = `, "namespace": "` + namespace + `"`
		}
		return slices.Insert(slices.Clone(text), at+token, []byte(added)...)
	}
	end := at + token
	if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
		end += i
	} else {
		end = len(text)
	}
	lineEnd := "\n"
	if end > 0 && text[end-1] == '\r' {
		end, lineEnd = end-1, "\r\n"
	}
	return slices.Insert(slices.Clone(text), end, []byte(lineEnd+strings.Repeat(" ", key.Column-1)+"namespace: "+word)...)
}

// replaceEmpty puts a word in the place of an empty namespace.
func replaceEmpty(text []byte, offset *offsets, key, old *yaml.Node, word string) []byte {
	if old.Kind != yaml.ScalarNode || old.Anchor != "" {
		return nil
	}
	out := slices.Clone(text)
	if old.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 && old.Value == "" {
		after := offset.of(key) + scalarToken(text[offset.of(key):])
		colon := bytes.IndexByte(text[after:], ':')
		if colon < 0 {
			return nil
		}
		return slices.Insert(out, after+colon+1, []byte(" "+word)...)
	}
	at := offset.of(old)
	return slices.Replace(out, at, at+scalarToken(text[at:]), []byte(word)...)
}

// scalarToken is the length in bytes of a text that stands on one line: in
// quotes, or of the characters of names. It is 0 for any other.
func scalarToken(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	if quote := text[0]; quote == '"' || quote == '\'' {
		return bytes.IndexByte(text[1:], quote) + 2
	}
	n := 0
	for n < len(text) && (text[n] == '-' || text[n] == '.' || text[n] == '_' || text[n] == '~' || '0' <= text[n] && text[n] <= '9' || 'a' <= text[n]|0x20 && text[n]|0x20 <= 'z') {
		n++
	}
	return n
}

// offsets finds places in a text. It is quick where they are asked for in their
// order, also on a line that is very long.
type offsets struct {
	text  []byte
	lines []int
	// line, column and at are of the place that was found last.
	line, column, at int
}

func newOffsets(text []byte) *offsets { return &offsets{text: text, lines: lineStarts(text)} }

// of is the offset of a node; the end of the text where it has none.
func (o *offsets) of(n *yaml.Node) int {
	if n.Line <= 0 || n.Line > len(o.lines) {
		return len(o.text)
	}
	if n.Line != o.line || n.Column < o.column {
		o.line, o.column, o.at = n.Line, 1, o.lines[n.Line-1]
	}
	for ; o.column < n.Column; o.column++ {
		_, size := utf8.DecodeRune(o.text[o.at:])
		o.at += size
	}
	return o.at
}

// jsonInNamespace is the document as JSON, with a namespace.
func (d *Document) jsonInNamespace(namespace string) []byte {
	text, faults := d.JSON()
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if faults.HasErrors() || decoder.Decode(&object) != nil {
		return nil
	}
	metadata, ok := object["metadata"].(map[string]any)
	if !ok {
		return nil
	}
	metadata["namespace"] = namespace
	out, err := json.Marshal(object)
	if err != nil {
		return nil
	}
	return indented(out)
}
