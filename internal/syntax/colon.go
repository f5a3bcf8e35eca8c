package syntax

import (
	"bytes"
	"unicode/utf8"
)

// colon returns the cause of a colon that cannot stand where it does, at a column
// of a line: it is inside a value, or the line above is no key or has its value.
func colon(text []byte, line, column int) (Fault, bool) {
	var above, here []byte
	at, n := 0, 0
	for l := range bytes.Lines(text) {
		n++
		if n == line {
			here = bytes.TrimRight(l, "\r\n")
			break
		}
		if trimmed := bytes.TrimSpace(l); len(trimmed) > 0 && trimmed[0] != '#' {
			at, above = n, bytes.TrimRight(l, " \r\n")
		}
	}
	// Columns count characters.
	before := here
	for range column - 1 {
		_, size := utf8.DecodeRune(before)
		before = before[size:]
	}
	before = here[:len(here)-len(before)]
	key, indent := unlisted(above)
	_, own := unlisted(here)
	switch end := bytes.Index(key, []byte(": ")); {
	case bytes.Contains(before, []byte(": ")):
		return Fault{"a colon and a space inside a value", "put the value in quotes", line, column}, true
	case len(key) == 0 || bytes.HasSuffix(key, []byte(":")):
		return Fault{}, false
	case end >= 0 && own > indent:
		return Fault{"this line begins further right than the key above, which has a value already", "let both begin at the same column", line, own + 1}, true
	case end < 0 && bytes.IndexByte(key, ':') > 0:
		return Fault{"no space after the colon", "write key: value", at, indent + bytes.IndexByte(key, ':') + 1}, true
	case end < 0 && own <= indent:
		return Fault{"no colon after the key", "write key: value", at, indent + 1}, true
	}
	return Fault{}, false
}

// unlisted returns a line without what makes it an item of lists, and where the
// rest begins.
func unlisted(line []byte) (rest []byte, indent int) {
	rest = bytes.TrimLeft(line, " ")
	for bytes.HasPrefix(rest, []byte("- ")) {
		rest = bytes.TrimLeft(rest[2:], " ")
	}
	return rest, len(line) - len(rest)
}
