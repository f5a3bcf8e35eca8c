package manifest

import (
	"bytes"
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
	w := yamlWriter{scan: scan{in: json}, dst: dst}
	if _, err := w.value(-indentation, inline, 0); err != nil {
		return dst, err
	}
	if err := w.end(); err != nil {
		return dst, err
	}
	return append(w.dst, '\n'), nil
}

// yamlWriter translates JSON to YAML without building a tree.
type yamlWriter struct {
	scan
	dst []byte
}

// place says where a value begins.
type place uint8

const (
	// inline is the beginning of a document, and behind a dash.
	inline place = iota + 1
	// afterKey is behind the colon of a member.
	afterKey
)

// value writes the next value of a parent at column. It reports whether it wrote
// an empty map.
func (w *yamlWriter) value(column int, at place, depth int) (empty bool, err error) {
	if depth > maxDepth {
		return false, errTooDeep
	}
	switch w.peek() {
	case '{':
		return w.mapping(column+indentation, at, depth+1)
	case '[':
		if at == inline {
			column += indentation
		}
		return false, w.sequence(column, at, depth+1)
	}
	if at == afterKey {
		w.dst = append(w.dst, ' ')
	}
	if w.peek() == '"' {
		text, seen, err := w.text()
		if err != nil {
			return false, err
		}
		w.scalar(text, seen, column+indentation)
		return false, nil
	}
	word, err := w.literal()
	w.dst = appendNumber(w.dst, word)
	return false, err
}

// mapping writes the members of a map at column.
func (w *yamlWriter) mapping(column int, at place, depth int) (empty bool, err error) {
	w.at++
	empty = true
	for first := true; ; first = false {
		more, err := w.more('}', first)
		if err != nil {
			return false, err
		}
		if !more {
			break
		}
		written, err := w.member(column, empty && at == inline, depth)
		if err != nil {
			return false, err
		}
		empty = empty && !written
	}
	if empty {
		w.empty("{}", at)
	}
	return empty, nil
}

// member writes a member of a map, unless it is noise.
func (w *yamlWriter) member(column int, sameLine bool, depth int) (written bool, err error) {
	key, seen, err := w.key()
	if err != nil {
		return false, err
	}
	if w.peek() == 'n' {
		_, err := w.literal()
		return false, err
	}
	if isStatus(key, depth) {
		return false, w.skip()
	}
	noiseWhenEmpty := isNoiseWhenEmpty(key, depth)

	start := len(w.dst)
	if !sameLine {
		w.dst = appendLine(w.dst, column)
	}
	w.writeKey(key, seen, column)
	empty, err := w.value(column, afterKey, depth)
	if empty && noiseWhenEmpty {
		w.dst = w.dst[:start]
		return false, err
	}
	return true, err
}

// writeKey writes a key and its colon.
func (w *yamlWriter) writeKey(key []byte, seen traits, column int) {
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
		w.dst = appendLine(w.dst, column)
	}
	w.dst = append(w.dst, ':')
}

// sequence writes the items of a list with their dashes at column.
func (w *yamlWriter) sequence(column int, at place, depth int) error {
	w.at++
	for first := true; ; first = false {
		more, err := w.more(']', first)
		if err != nil {
			return err
		}
		if !more {
			if first {
				w.empty("[]", at)
			}
			return nil
		}
		if !first || at == afterKey {
			w.dst = appendLine(w.dst, column)
		}
		w.dst = append(w.dst, "- "...)
		if _, err := w.value(column, inline, depth); err != nil {
			return err
		}
	}
}

func (w *yamlWriter) empty(brackets string, at place) {
	if at == afterKey {
		w.dst = append(w.dst, ' ')
	}
	w.dst = append(w.dst, brackets...)
}

// scalar writes a string; the lines of a block stand at column.
func (w *yamlWriter) scalar(text []byte, seen traits, column int) {
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

// appendNumber appends a number, true, false or null. An exponent gets the sign
// and its mantissa the point without which some readers see a string.
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
