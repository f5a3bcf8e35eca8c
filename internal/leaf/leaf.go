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
	// closed says that Expand has still to read the members.
	closed bool
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

// Outline returns the node of a JSON document that [Node.Expand] reads as far as
// it is looked at.
func Outline(document []byte) *Node { return &Node{Text: document, closed: true} }

// Expand reads the members of a node of an outline, unless that was done: none if
// it is not valid. It is faster where they are like those of another node.
func (n *Node) Expand(like *Node) {
	if !n.closed {
		return
	}
	n.closed = false
	p := parser{text: n.Text, outline: true, like: like.Members}
	if !p.value(n, 0) || p.peek() != 0 {
		n.Members = nil
	}
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
	// outline says that only the members of the document are read, which are
	// probably those of like.
	outline bool
	like    []Member
}

// value reads a value and reports whether there is one.
func (p *parser) value(n *Node, depth int) bool {
	c := p.peek()
	start := p.at
	if c == 0 || depth > maxDepth {
		return false
	}
	var ok bool
	n.List = c == '['
	switch {
	case c != '{' && c != '[':
		ok = p.scalar()
	case p.outline && depth > 0:
		n.closed = true
		ok = p.skip()
	case c == '{':
		ok = p.members(n, '}', depth)
	default:
		ok = p.members(n, ']', depth)
	}
	n.Text = p.text[start:p.at]
	return ok
}

// key returns the key of a member of that number.
func (p *parser) key(text []byte, number int) string {
	if inner := text[1 : len(text)-1]; number < len(p.like) && string(inner) == p.like[number].Key && bytes.IndexByte(inner, '\\') < 0 {
		return p.like[number].Key
	}
	return Leaf{Text: text}.String()
}

// expected reads a value that is the same as that of the member of a number, and
// reports whether it is.
func (p *parser) expected(n *Node, number int) bool {
	if number >= len(p.like) {
		return false
	}
	text := p.like[number].Text
	end := p.at + len(text)
	if end >= len(p.text) || !bytes.HasPrefix(p.text[p.at:], text) || bytes.IndexByte([]byte(",]}"), p.text[end]) < 0 {
		return false
	}
	n.Text, n.closed = p.text[p.at:end], true
	p.at = end
	return true
}

// skip passes over a list or a map.
func (p *parser) skip() bool {
	for open := 0; p.at < len(p.text); {
		switch p.text[p.at] {
		case '"':
			if !p.scalar() {
				return false
			}
			continue
		case '{', '[':
			open++
		case '}', ']':
			open--
		}
		p.at++
		if open == 0 {
			return true
		}
	}
	return false
}

func (p *parser) members(n *Node, closing byte, depth int) bool {
	p.at++
	if len(p.like) > 0 {
		n.Members = make([]Member, 0, len(p.like))
	}
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
			m.Key = p.key(bytes.TrimSpace(p.text[start:p.at]), len(n.Members))
			if p.peek() != ':' {
				return false
			}
			p.at++
		}
		if !p.expected(&m.Node, len(n.Members)) && !p.value(&m.Node, depth+1) {
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
