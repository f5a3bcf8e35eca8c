package leaf

import (
	"bytes"
	"encoding/json"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Leaf is a scalar of a document, or a list or map that holds nothing.
type Leaf struct {
	// Path is where it stands, as in a finding: spec.ports[0].name, with keys that
	// are not plain words in brackets: metadata.labels[app.kubernetes.io/name].
	Path string
	// Text is the leaf as JSON.
	Text []byte
}

// String returns the text of a string, and the JSON of anything else.
func (l Leaf) String() string {
	if len(l.Text) < 2 || l.Text[0] != '"' {
		return string(l.Text)
	}
	// Nearly no text has anything to be undone.
	if inner := l.Text[1 : len(l.Text)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return string(inner)
	}
	var s string
	if json.Unmarshal(l.Text, &s) != nil {
		return string(l.Text)
	}
	return s
}

// maxDepth bounds the nesting that is followed; no Kubernetes object comes near.
const maxDepth = 1000

// Node is a value of a document.
type Node struct {
	// Text is the value as it is written.
	Text []byte
	// Members are those of a list or a map, in their order.
	Members []Member
	List    bool
	// Number is for whoever has the node.
	Number int
}

// String returns the text of a string, and the JSON of anything else.
func (n *Node) String() string { return Leaf{Text: n.Text}.String() }

// Member returns the member of a map, or nil.
func (n *Node) Member(key string) *Node {
	if n.List {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Key == key {
			return &n.Members[i].Node
		}
	}
	return nil
}

// Member is a member of a list, which has no key, or of a map.
type Member struct {
	Key string
	Node
}

// Parse reads a JSON document, nil if it is not valid. It is fast, and trusts
// scalars to be right. The nodes share the memory of the document.
func Parse(document []byte) *Node {
	p := parser{text: document}
	var n Node
	if !p.value(&n, 0) || p.peek() != 0 {
		return nil
	}
	return &n
}

// Walk yields the leaves of a JSON document in their order; none if it is not
// valid. Leaves share its memory.
func Walk(document []byte) iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) {
		if n := Parse(document); n != nil {
			n.walk(nil, yield)
		}
	}
}

func (n *Node) walk(path []byte, yield func(Leaf) bool) bool {
	if len(n.Members) == 0 {
		return yield(Leaf{Path: string(path), Text: n.Text})
	}
	for i := range n.Members {
		var below []byte
		if n.List {
			below = AppendIndex(path, i)
		} else {
			below = AppendKey(path, n.Members[i].Key)
		}
		if !n.Members[i].walk(below, yield) {
			return false
		}
	}
	return true
}

type parser struct {
	text []byte
	at   int
}

// value reads a value and reports whether there is one.
func (p *parser) value(n *Node, depth int) bool {
	c := p.peek()
	start := p.at
	if c == 0 || depth > maxDepth {
		return false
	}
	var ok bool
	switch c {
	case '{':
		ok = p.members(n, '}', depth)
	case '[':
		n.List = true
		ok = p.members(n, ']', depth)
	default:
		ok = p.scalar()
	}
	n.Text = p.text[start:p.at]
	return ok
}

func (p *parser) members(n *Node, closing byte, depth int) bool {
	p.at++
	for {
		switch c := p.peek(); {
		case c == closing:
			p.at++
			return true
		case len(n.Members) > 0 && c != ',':
			return false
		case len(n.Members) > 0:
			p.at++
		}
		var m Member
		if closing == '}' {
			start := p.at
			if p.peek() != '"' || !p.scalar() {
				return false
			}
			m.Key = Leaf{Text: bytes.TrimSpace(p.text[start:p.at])}.String()
			if p.peek() != ':' {
				return false
			}
			p.at++
		}
		if !p.value(&m.Node, depth+1) {
			return false
		}
		n.Members = append(n.Members, m)
	}
}

// peek returns the next byte that is not white space, or 0 at the end.
func (p *parser) peek() byte {
	for ; p.at < len(p.text); p.at++ {
		if c := p.text[p.at]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c
		}
	}
	return 0
}

// scalar reads a string, number, true, false or null.
func (p *parser) scalar() bool {
	rest := p.text[p.at:]
	if rest[0] != '"' {
		n := bytes.IndexAny(rest, ",:]} \t\r\n")
		if n < 0 {
			n = len(rest)
		}
		p.at += n
		return n > 0
	}
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			p.at += i + 1
			return true
		}
	}
	return false
}

// AppendIndex appends to a path the step to a member of a list.
func AppendIndex(path []byte, i int) []byte {
	return append(strconv.AppendInt(append(path, '['), int64(i), 10), ']')
}

// AppendKey appends to a path the step to a key.
func AppendKey(path []byte, key string) []byte {
	if key == "" || strings.ContainsAny(key, "./[]:") {
		return append(append(append(path, '['), key...), ']')
	}
	if len(path) > 0 {
		path = append(path, '.')
	}
	return append(path, key...)
}

// JSON returns a value as JSON, without the escapes that are for web pages.
func JSON(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
