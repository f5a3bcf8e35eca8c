package manifest

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// How YAML is written here: keys keep their order, two spaces a level, lists at
// the column of their key, the way kubectl prints. See styleOf for strings.

// indentation is the number of spaces a level of YAML has.
const indentation = 2

// maxSimpleKey is the length that a key may have before it needs an indicator of
// its own; readers give up at 1024.
const maxSimpleKey = 512

// AppendYAML appends one JSON value as YAML, ending in a newline. Keys keep their
// order, numbers their digits; what says nothing is left out (see noise.go). On an
// error, which only JSON that is invalid or nested more than 1000 levels deep
// gives, dst comes back as it was.
func AppendYAML(dst, json []byte) ([]byte, error) {
	w := yamlWriter{dst: dst}
	if err := w.json(json); err != nil {
		return dst, err
	}
	return append(w.dst, '\n'), nil
}

// yamlWriter writes a value as it comes, piece by piece, without building a tree.
type yamlWriter struct {
	dst []byte
	// open are the containers that are not complete.
	open []container
	scan scan
	// bytes is memory for texts.
	bytes []byte
	// marshal is for values that encoding/json writes, err the first of its errors.
	marshal *marshaler
	err     error
}

var _ Encoder = (*yamlWriter)(nil)

// container is a map or a list.
type container struct {
	list bool
	// column is where the keys or the dashes stand.
	column int
	// sameLine is true when the first of them stands behind the parent's dash, or
	// at the top, rather than below a key.
	sameLine bool
	empty    bool
	// start is where the present member of a map starts in dst. If it comes out as an
	// empty map, it is taken back where noise is true.
	start int
	noise bool
}

// top returns the innermost container, or nil.
func (w *yamlWriter) top() *container {
	if len(w.open) == 0 {
		return nil
	}
	return &w.open[len(w.open)-1]
}

// begin opens a map or a list.
func (w *yamlWriter) begin(list bool) {
	c := container{list: list, sameLine: true, empty: true}
	switch parent := w.top(); {
	case parent == nil:
	case parent.list:
		w.item(parent)
		c.column = parent.column + indentation
	default:
		c.sameLine = false
		c.column = parent.column
		if !list {
			c.column += indentation
		}
	}
	w.open = append(w.open, c)
}

// end closes the innermost container.
func (w *yamlWriter) end(brackets string) {
	c := *w.top()
	w.open = w.open[:len(w.open)-1]
	parent := w.top()
	if c.empty {
		if !c.list && parent != nil && !parent.list && parent.noise {
			w.dst = w.dst[:parent.start]
			return
		}
		if !c.sameLine {
			w.dst = append(w.dst, ' ')
		}
		w.dst = append(w.dst, brackets...)
	}
	if parent != nil {
		parent.empty = false
	}
}

// BeginMap implements [Encoder].
func (w *yamlWriter) BeginMap() { w.begin(false) }

// EndMap implements [Encoder].
func (w *yamlWriter) EndMap() { w.end("{}") }

// BeginList implements [Encoder].
func (w *yamlWriter) BeginList() { w.begin(true) }

// EndList implements [Encoder].
func (w *yamlWriter) EndList() { w.end("[]") }

// item starts an item of a list.
func (w *yamlWriter) item(list *container) {
	if !list.empty || !list.sameLine {
		w.dst = appendLine(w.dst, list.column)
	}
	w.dst = append(w.dst, "- "...)
	list.empty = false
}

// member starts a member of a map.
func (w *yamlWriter) member(noise bool) *container {
	c := w.top()
	c.start, c.noise = len(w.dst), noise
	if !c.empty || !c.sameLine {
		w.dst = appendLine(w.dst, c.column)
	}
	return c
}

// Field implements [Encoder].
func (w *yamlWriter) Field(name string) {
	w.member(isNoiseWhenEmpty(name, len(w.open)))
	w.dst = append(append(w.dst, name...), ':')
}

// Key implements [Encoder].
func (w *yamlWriter) Key(name string) { w.key(w.valid(name)) }

// valid returns a text with what is not UTF-8 in it replaced as encoding/json does
// it, in memory that the next call uses again.
func (w *yamlWriter) valid(text string) ([]byte, traits) {
	w.bytes = append(w.bytes[:0], text...)
	seen := traitsIn(w.bytes)
	if seen&foreign != 0 && !utf8.Valid(w.bytes) {
		// Each byte that is wrong becomes a rune.
		w.bytes = append(w.bytes[:0], string([]rune(text))...)
	}
	return w.bytes, seen
}

// key starts a member with any key.
func (w *yamlWriter) key(key []byte, seen traits) {
	c := w.member(isNoiseWhenEmpty(string(key), len(w.open)))
	start := len(w.dst)
	if style := styleOf(key, seen); style == block {
		w.dst = appendDoubleQuoted(w.dst, key, seen)
	} else {
		w.dst = appendScalar(w.dst, key, seen, style)
	}
	if len(w.dst)-start > maxSimpleKey {
		w.dst = append(w.dst, "? "...)
		copy(w.dst[start+len("? "):], w.dst[start:])
		copy(w.dst[start:], "? ")
		w.dst = appendLine(w.dst, c.column)
	}
	w.dst = append(w.dst, ':')
}

// scalar starts a scalar and returns the column at which its lines stand if it
// is a block.
func (w *yamlWriter) scalar() (column int) {
	parent := w.top()
	switch {
	case parent == nil:
		return 0
	case parent.list:
		w.item(parent)
	default:
		w.dst = append(w.dst, ' ')
		parent.empty = false
	}
	return parent.column + indentation
}

// Text implements [Encoder].
func (w *yamlWriter) Text(text string) { w.text(w.valid(text)) }

// text writes a string.
func (w *yamlWriter) text(text []byte, seen traits) {
	column := w.scalar()
	style := styleOf(text, seen)
	switch {
	case style != block:
		w.dst = appendScalar(w.dst, text, seen, style)
	case column == 0:
		// Readers disagree on what an indicator counts from at the top.
		w.dst = appendDoubleQuoted(w.dst, text, seen)
	default:
		w.dst = appendBlock(w.dst, text, column)
	}
}

// Int implements [Encoder].
func (w *yamlWriter) Int(n int64) {
	w.scalar()
	w.dst = strconv.AppendInt(w.dst, n, 10)
}

// Bool implements [Encoder].
func (w *yamlWriter) Bool(b bool) {
	w.scalar()
	w.dst = strconv.AppendBool(w.dst, b)
}

// Null implements [Encoder].
func (w *yamlWriter) Null() {
	if parent := w.top(); parent != nil && !parent.list {
		w.dst = w.dst[:parent.start]
		return
	}
	w.scalar()
	w.dst = append(w.dst, "null"...)
}

// Value implements [Encoder].
func (w *yamlWriter) Value(value any) {
	if w.err == nil {
		w.err = w.marshal.withJSON(value, w.json)
	}
}

// json writes one JSON value.
func (w *yamlWriter) json(json []byte) error {
	w.scan.in, w.scan.at = json, 0
	if err := w.next(); err != nil {
		return err
	}
	return w.scan.end()
}

// next writes the next value of the JSON.
func (w *yamlWriter) next() error {
	if len(w.open) > maxDepth {
		return errTooDeep
	}
	s := &w.scan
	switch s.peek() {
	case '{':
		s.at++
		w.BeginMap()
		for first := true; ; first = false {
			if more, err := s.more('}', first); err != nil || !more {
				w.EndMap()
				return err
			}
			if err := w.nextMember(); err != nil {
				return err
			}
		}
	case '[':
		s.at++
		w.BeginList()
		for first := true; ; first = false {
			if more, err := s.more(']', first); err != nil || !more {
				w.EndList()
				return err
			}
			if err := w.next(); err != nil {
				return err
			}
		}
	case '"':
		text, seen, err := s.text()
		if err != nil {
			return err
		}
		w.text(text, seen)
		return nil
	}
	word, err := s.literal()
	switch {
	case err != nil:
		return err
	case word[0] == 'n':
		w.Null()
		return nil
	}
	w.scalar()
	w.dst = appendNumber(w.dst, word)
	return nil
}

// nextMember writes the next member of a map.
func (w *yamlWriter) nextMember() error {
	key, seen, err := w.scan.key()
	if err != nil {
		return err
	}
	if isStatus(key, len(w.open)) {
		return w.scan.skip()
	}
	w.key(key, seen)
	return w.next()
}

// appendScalar appends a string that stands on one line.
func appendScalar(dst, text []byte, seen traits, style style) []byte {
	switch style {
	case plain:
		return append(dst, text...)
	case singleQuoted:
		return appendSingleQuoted(dst, text)
	}
	return appendDoubleQuoted(dst, text, seen)
}

// appendNumber appends a number, true or false. An exponent gets the sign and its
// mantissa the point without which some readers see a string.
func appendNumber(dst, word []byte) []byte {
	e := bytes.IndexAny(word, "eE")
	if e < 0 || !isDigit(word[len(word)-1]) {
		return append(dst, word...)
	}
	mantissa, exponent := word[:e], word[e+1:]
	dst = append(dst, mantissa...)
	if bytes.IndexByte(mantissa, '.') < 0 {
		dst = append(dst, ".0"...)
	}
	dst = append(dst, 'e')
	if isDigit(exponent[0]) {
		dst = append(dst, '+')
	}
	return append(dst, exponent...)
}

// appendLine ends a line and indents the next.
func appendLine(dst []byte, column int) []byte {
	const spaces = "\n                                                                "
	n := min(column, len(spaces)-1)
	dst = append(dst, spaces[:n+1]...)
	for column -= n; column > 0; column -= n {
		n = min(column, len(spaces)-1)
		dst = append(dst, spaces[1:n+1]...)
	}
	return dst
}
