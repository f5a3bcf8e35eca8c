package manifest

import (
	"bytes"
	"unicode/utf8"
)

// style is a way to write a string in YAML.
type style uint8

const (
	plain style = iota + 1
	singleQuoted
	doubleQuoted
	block
)

// styleOf chooses the style that kubectl would: double quotes where a reader
// would take the text for something else, single quotes where it would be taken
// for syntax, a block for more than one line. Unlike kubectl it writes blocks
// with tabs and with spaces at the end of lines too, so that scripts stay legible.
func styleOf(text []byte, seen traits) style {
	switch {
	case len(text) == 0:
		return doubleQuoted
	case seen&newline != 0:
		if fitsBlock(text, seen) {
			return block
		}
		return doubleQuoted
	case seen&control != 0, seen&foreign != 0 && !allVisible(text):
		return doubleQuoted
	case readsAsOther(text):
		return doubleQuoted
	case startsLikeSyntax(text), seen&structural != 0 && looksLikeSyntax(text):
		return singleQuoted
	}
	return plain
}

// startsLikeSyntax reports whether the beginning of a line that is not empty
// means something to YAML.
func startsLikeSyntax(text []byte) bool {
	switch text[0] {
	case ' ', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`':
		return true
	case '-', '?', ':':
		return len(text) == 1 || text[1] == ' ' || bytes.HasPrefix(text, []byte("---"))
	case '.':
		return bytes.HasPrefix(text, []byte("..."))
	}
	return false
}

// looksLikeSyntax reports whether a line holds the end of a key, the start of a
// comment, or ends in a space.
func looksLikeSyntax(text []byte) bool {
	last := len(text) - 1
	for i, c := range text {
		switch c {
		case ':':
			if i == last || text[i+1] == ' ' {
				return true
			}
		case '#':
			if i > 0 && text[i-1] == ' ' {
				return true
			}
		}
	}
	return text[last] == ' '
}

// fitsBlock reports whether a text of several lines comes back the same from a
// block.
func fitsBlock(text []byte, seen traits) bool {
	if seen&control != 0 && !all(text, func(c byte) bool { return c == '\t' || traitsOf[c]&control == 0 }) {
		return false
	}
	if seen&foreign != 0 && !allVisible(text) {
		return false
	}
	// A tab where a block begins is an error to some readers.
	first := bytes.TrimLeft(text, "\n")
	return len(first) > 0 && first[0] != '\t' && len(bytes.TrimLeft(first, " \t\n")) > 0
}

func appendSingleQuoted(dst, text []byte) []byte {
	dst = append(dst, '\'')
	for {
		before, after, found := bytes.Cut(text, []byte("'"))
		dst = append(dst, before...)
		if !found {
			return append(dst, '\'')
		}
		dst = append(dst, "''"...)
		text = after
	}
}

func appendDoubleQuoted(dst, text []byte, seen traits) []byte {
	if seen&^(structural|markup) == 0 {
		dst = append(dst, '"')
		dst = append(dst, text...)
		return append(dst, '"')
	}
	dst = append(dst, '"')
	for len(text) > 0 {
		r, size := rune(text[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(text)
		}
		dst = appendQuotedRune(dst, r, size)
		text = text[size:]
	}
	return append(dst, '"')
}

// appendQuotedRune appends a character of a text in double quotes.
func appendQuotedRune(dst []byte, r rune, size int) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\t':
		return append(dst, `\t`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case 0x1B:
		return append(dst, `\e`...)
	}
	const hex = "0123456789ABCDEF"
	switch {
	case r == utf8.RuneError, r >= ' ' && isVisible(r, size):
		return utf8.AppendRune(dst, r)
	case r <= 0xFF:
		return append(dst, '\\', 'x', hex[r>>4], hex[r&0xF])
	}
	return append(dst, '\\', 'u', hex[r>>12&0xF], hex[r>>8&0xF], hex[r>>4&0xF], hex[r&0xF])
}

// appendBlock appends a text of several lines with its lines at column. Readers
// count an indicator from the parent's column, which is two less.
func appendBlock(dst, text []byte, column int) []byte {
	dst = append(dst, '|')
	if text[0] == ' ' || text[0] == '\n' {
		dst = append(dst, '0'+indentation)
	}
	switch body := bytes.TrimSuffix(text, []byte("\n")); {
	case len(body) == len(text):
		dst = append(dst, '-')
	case body[len(body)-1] == '\n':
		dst = append(dst, '+')
	}
	// What follows the value starts with the last line's end.
	text = bytes.TrimSuffix(text, []byte("\n"))
	for line := range bytes.SplitSeq(text, []byte("\n")) {
		if len(line) == 0 {
			dst = append(dst, '\n')
			continue
		}
		dst = appendLine(dst, column)
		dst = append(dst, line...)
	}
	return dst
}
