package source

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// parsePlain makes the node tree of a document in the plain block style that
// most manifests are written in: mappings and lists by indentation, scalars on
// one line. It is several times faster than the parser, and answers false for
// everything else, so that the parser decides; it never accepts a text that the
// parser or Kubernetes refuses, or reads in another way.
func parsePlain(text []byte) (*yaml.Node, bool) { return new(plainParser).parse(text) }

// parse is parsePlain. The nodes are the parser's until it parses again.
func (p *plainParser) parse(text []byte) (*yaml.Node, bool) {
	// Tabs, other line ends and byte order marks.
	for _, odd := range []string{"\t", "\r", "\u0085", "\u2028", "\u2029", "\ufeff"} {
		if bytes.Contains(text, []byte(odd)) {
			return nil, false
		}
	}
	// Keys and values are parts of one string.
	p.lines = appendPlainLines(p.lines[:0], string(text))
	if len(p.lines) == 0 {
		return nil, false
	}
	p.at, p.nodes, p.children, p.open = 0, p.nodes[:0], p.children[:0], p.open[:0]
	if p.open == nil {
		p.open = make([]*yaml.Node, 0, 64)
	}
	root := p.block(0)
	return root, root != nil && p.at == len(p.lines)
}

const (
	// maxPlainDepth keeps the recursion shallow; real manifests have 20 levels.
	maxPlainDepth = 100
	// maxPlainKey is far below the length at which YAML wants a question mark.
	maxPlainKey = 200
)

// plainLine is a line that holds more than a comment.
type plainLine struct {
	text string
	// number and column are the place of the text, from 1 and from 0.
	number, column int
}

func appendPlainLines(lines []plainLine, text string) []plainLine {
	lines = slices.Grow(lines, strings.Count(text, "\n")+1)
	for number := 1; len(text) > 0; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		column := 0
		for column < len(line) && line[column] == ' ' {
			column++
		}
		line = strings.TrimRight(line[column:], " ")
		if len(line) > 0 && line[0] != '#' {
			lines = append(lines, plainLine{line, number, column})
		}
	}
	return lines
}

// plainParser reads lines from at on. Its methods return nil to give up. Its
// memory serves for the next document.
type plainParser struct {
	lines []plainLine
	at    int
	// nodes are those made so far and room for more, children those of nodes, so that
	// they are not allocated one by one.
	nodes    []yaml.Node
	children []*yaml.Node
	// open holds the children of the nodes that are being read, the innermost
	// node's last.
	open []*yaml.Node
}

// maxKeptNodes keeps the memory of a huge document from being held.
const maxKeptNodes = 2000

// isSmall reports whether the parser's memory is worth keeping.
func (p *plainParser) isSmall() bool {
	return max(cap(p.lines), cap(p.children), cap(p.open)) <= maxKeptNodes
}

func (p *plainParser) node(kind yaml.Kind, line, column int) *yaml.Node {
	if len(p.nodes) == cap(p.nodes) {
		p.nodes = make([]yaml.Node, 0, min(max(16, 5*len(p.lines)/2), 512))
	}
	p.nodes = append(p.nodes, yaml.Node{Kind: kind, Line: line, Column: column + 1})
	return &p.nodes[len(p.nodes)-1]
}

// block reads the mapping or list that begins at the current line.
func (p *plainParser) block(depth int) *yaml.Node {
	l := p.lines[p.at]
	switch {
	case depth > maxPlainDepth:
		return nil
	case isDash(l.text):
		return p.list(l, depth)
	case plainKey(l.text) > 0:
		return p.mapping(l, depth)
	}
	return nil
}

func (p *plainParser) mapping(first plainLine, depth int) *yaml.Node {
	n, outer := p.node(yaml.MappingNode, first.number, first.column), len(p.open)
	for p.at < len(p.lines) {
		l := p.lines[p.at]
		if l.column < first.column {
			break
		}
		end := plainKey(l.text)
		if l.column > first.column || end == 0 {
			return nil
		}
		key := p.node(yaml.ScalarNode, l.number, l.column)
		key.Value = l.text[:end]
		if s := resolvePlain(key.Value); s.kind == nullScalar || s.kind == intScalar && numberKey(key).kind == badScalar {
			return nil
		}
		rest := strings.TrimLeft(l.text[end+1:], " ")
		column := l.column + len(l.text) - len(rest)
		p.at++
		var value *yaml.Node
		switch {
		case len(rest) > 0 && rest[0] != '#':
			value = p.scalar(rest, l.number, column, first.column)
		case p.deeper(first.column) || p.dashAt(first.column):
			value = p.block(depth + 1)
		default:
			value = p.node(yaml.ScalarNode, l.number, l.column+end+1)
		}
		if value == nil {
			return nil
		}
		p.open = append(p.open, key, value)
	}
	p.close(n, outer)
	return n
}

func (p *plainParser) list(first plainLine, depth int) *yaml.Node {
	n, outer := p.node(yaml.SequenceNode, first.number, first.column), len(p.open)
	for p.at < len(p.lines) {
		l := p.lines[p.at]
		if l.column < first.column || l.column == first.column && !isDash(l.text) {
			break
		}
		if l.column > first.column {
			return nil
		}
		rest := strings.TrimLeft(l.text[1:], " ")
		column := l.column + len(l.text) - len(rest)
		var item *yaml.Node
		switch {
		case len(rest) == 0 || rest[0] == '#':
			p.at++
			if p.deeper(first.column) {
				item = p.block(depth + 1)
			} else {
				item = p.node(yaml.ScalarNode, l.number, l.column+1)
			}
		case isDash(rest) || plainKey(rest) > 0:
			// What follows the dash is the first line of a block of its own.
			p.lines[p.at].text, p.lines[p.at].column = rest, column
			item = p.block(depth + 1)
		default:
			p.at++
			item = p.scalar(rest, l.number, column, first.column)
		}
		if item == nil {
			return nil
		}
		p.open = append(p.open, item)
	}
	p.close(n, outer)
	return n
}

// close gives a node its children, which are those that are open beyond its
// parents'.
func (p *plainParser) close(n *yaml.Node, outer int) {
	count := len(p.open) - outer
	if cap(p.children)-len(p.children) < count {
		p.children = make([]*yaml.Node, 0, max(count, cap(p.open)))
	}
	start := len(p.children)
	p.children = append(p.children, p.open[outer:]...)
	n.Content = slices.Clip(p.children[start:])
	p.open = p.open[:outer]
}

func (p *plainParser) deeper(column int) bool {
	return p.at < len(p.lines) && p.lines[p.at].column > column
}

func (p *plainParser) dashAt(column int) bool {
	return p.at < len(p.lines) && p.lines[p.at].column == column && isDash(p.lines[p.at].text)
}

// scalar reads a scalar that ends on its line. A deeper line below would be its
// continuation.
func (p *plainParser) scalar(text string, line, column, parent int) *yaml.Node {
	if p.deeper(parent) {
		return nil
	}
	n := p.node(yaml.ScalarNode, line, column)
	switch c := text[0]; {
	case c == '"' || c == '\'':
		end := strings.IndexByte(text[1:], c) + 1
		if end == 0 || strings.IndexByte(text[:end], '\\') >= 0 || !isComment(text[end+1:]) {
			return nil
		}
		n.Value = text[1:end]
		n.Style = yaml.DoubleQuotedStyle
		if c == '\'' {
			n.Style = yaml.SingleQuotedStyle
		}
		return n
	case text == "[]":
		n.Kind, n.Style = yaml.SequenceNode, yaml.FlowStyle
		return n
	case text == "{}":
		n.Kind, n.Style = yaml.MappingNode, yaml.FlowStyle
		return n
	case !isWordByte(c) && c != '/' && c < 0x80:
		return nil
	}
	if i := strings.Index(text, " #"); i >= 0 {
		text = strings.TrimRight(text[:i], " ")
	}
	if strings.Contains(text, ": ") || text[len(text)-1] == ':' {
		return nil
	}
	n.Value = text
	return n
}

// isComment reports whether nothing but a comment follows a quoted scalar.
func isComment(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	return len(trimmed) == 0 || len(trimmed) < len(rest) && trimmed[0] == '#'
}

func isDash(text string) bool {
	return text[0] == '-' && (len(text) == 1 || text[1] == ' ')
}

func isWordByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '_'
}

// plainKey returns the length of the plain key that the text begins with, or 0.
func plainKey(text string) int {
	i := 0
	for i < len(text) && (isWordByte(text[i]) || i > 0 && (text[i] == '.' || text[i] == '/' || text[i] == '-')) {
		i++
	}
	if i > maxPlainKey || i == len(text) || text[i] != ':' || i+1 < len(text) && text[i+1] != ' ' {
		return 0
	}
	return i
}
