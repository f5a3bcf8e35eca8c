package source

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

func fieldPath(name string) *field.Path {
	if name == "" {
		return nil
	}
	return field.NewPath(name)
}

// listItems returns the node of the items, or nil if there is none.
func listItems(root *yaml.Node) *yaml.Node {
	if root.Kind != yaml.MappingNode {
		return nil
	}
	_, items := lookup(root, "items", maxDepth)
	if items == nil || items.Kind != yaml.SequenceNode {
		return nil
	}
	return items
}

// items yields each item of a list as a document of its own, at its place.
func (d *Document) items(items *yaml.Node, yield func(*Document, *finding.Finding) bool) bool {
	w := &walker{doc: d, mode: Ignore, secret: true}
	lines := lineStarts(d.Raw)
	reworded := false
	for i, n := range items.Content {
		item := &Document{File: d.File, root: n, nodeLine: d.nodeLine, nodeColumn: d.nodeColumn, agreed: true}
		start := d.position(n)
		item.Line, item.column = start.Line, start.Column-1
		if n.Kind == yaml.AliasNode {
			item.root = n.Alias
		}
		data := w.appendJSON(nil, n)
		if w.faults.HasErrors() {
			f := w.faults[0]
			return yield(nil, &f)
		}
		item.readHeader(n)
		item.Raw = d.itemText(items, i, lines, data)
		if d.inherit(item) {
			data = w.appendJSON(nil, item.root)
		}
		if item.Raw == nil {
			item.Raw = indented(data)
			if n.Style&yaml.FlowStyle == 0 && !item.IsSeldonDeployment() && !reworded {
				reworded = true
				f := finding.New(finding.ListItemReworded, nil, "items of this list, from here on, may be written as JSON, without their comments").
					About(item.Object()).At(start)
				if !yield(nil, &f) {
					return false
				}
			}
		}
		if !item.hand(yield) {
			return false
		}
	}
	return true
}

// inherit gives an item without version and kind those that the kind of the list
// implies, as kubectl does: in lists of one kind, such as a ConfigMapList, the API
// server leaves them out. It reports whether there was something to give.
func (d *Document) inherit(item *Document) bool {
	kind := strings.TrimSuffix(d.Kind, "List")
	if item.APIVersion+item.Kind != "" || kind == "" || item.root.Kind != yaml.MappingNode {
		return false
	}
	item.APIVersion, item.Kind = d.APIVersion, kind
	root := *item.root
	text := func(value string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle, Value: value, Line: root.Line, Column: root.Column}
	}
	root.Content = append([]*yaml.Node{text("apiVersion"), text(item.APIVersion), text("kind"), text(kind)}, root.Content...)
	item.root = &root
	_, plainVersion := plainText(item.APIVersion)
	_, plainKind := plainText(kind)
	if item.Raw != nil && plainVersion && plainKind {
		item.Raw = append([]byte("apiVersion: "+item.APIVersion+"\nkind: "+kind+"\n"), item.Raw...)
	} else {
		item.Raw = nil
	}
	return true
}

// itemText returns the text of an item moved to the first column, or nil where
// that would not say the same.
func (d *Document) itemText(items *yaml.Node, i int, lines []int, want []byte) []byte {
	n := items.Content[i]
	if n.Kind != yaml.MappingNode || (n.Style|items.Style)&yaml.FlowStyle != 0 || n.Line > len(lines) {
		return nil
	}
	begin := lines[n.Line-1]
	end := len(d.Raw)
	if i+1 < len(items.Content) {
		end = lines[min(items.Content[i+1].Line, len(lines))-1]
	} else if line := d.keyAfter(n.Line); line > 0 {
		end = lines[line-1]
	}
	if end <= begin {
		return nil
	}
	text := dedent(d.Raw[begin:end], n.Column-1)
	root, ok := parsePlain(text)
	if !ok {
		var doc yaml.Node
		if loadNode(text, &doc) != nil || len(doc.Content) == 0 {
			return nil
		}
		root = doc.Content[0]
	}
	w := &walker{doc: d, mode: Ignore, secret: true}
	if got := w.appendJSON(nil, root); w.stopped || !bytes.Equal(got, want) {
		return nil
	}
	return text
}

// keyAfter returns the line of the first key of the list itself below a line.
func (d *Document) keyAfter(line int) int {
	for i := 0; i+1 < len(d.root.Content); i += 2 {
		if at := d.root.Content[i].Line; at > line {
			return at
		}
	}
	return 0
}

// dedent removes the first columns of each line: those of the first, whatever
// they hold, and of the others as far as they are spaces.
func dedent(text []byte, columns int) []byte {
	var out []byte
	for first := true; len(text) > 0; first = false {
		line := text
		if i := bytes.IndexByte(text, '\n'); i >= 0 {
			line = text[:i+1]
		}
		text = text[len(line):]
		for range columns {
			if len(line) == 0 || !first && line[0] != ' ' {
				break
			}
			_, size := utf8.DecodeRune(line)
			line = line[size:]
		}
		out = append(out, line...)
	}
	return out
}

// lineStarts returns the offset of each line.
func lineStarts(text []byte) []int {
	starts := []int{0}
	for i, c := range text {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// indented returns JSON laid out for people.
func indented(data []byte) []byte {
	var out bytes.Buffer
	if json.Indent(&out, data, "", "  ") != nil {
		return append(data, '\n')
	}
	out.WriteByte('\n')
	return out.Bytes()
}
