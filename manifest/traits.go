package manifest

import "unicode/utf8"

// traits say what kinds of bytes a text holds, as far as they decide how YAML
// must write it.
type traits uint8

const (
	// delimiter ends a JSON string or starts an escape in it; it means nothing in
	// YAML.
	delimiter traits = 1 << iota
	// structural bytes separate things in YAML, depending on their neighbours:
	// space, colon and number sign.
	structural
	// newline is the line feed.
	newline
	// control bytes can stand in double quotes only, but for tabs in a block.
	control
	// foreign bytes are part of a character outside ASCII.
	foreign
	// markup bytes mean something in HTML, so that encoding/json escapes them; they
	// mean nothing in YAML.
	markup
)

// escaped are the traits of what encoding/json may write as an escape.
const escaped = delimiter | newline | control | foreign | markup

var traitsOf = func() (table [256]traits) {
	for c := range table {
		switch {
		case c == '"', c == '\\':
			table[c] = delimiter
		case c == ' ', c == ':', c == '#':
			table[c] = structural
		case c == '\n':
			table[c] = newline
		case c < ' ', c == 0x7F:
			table[c] = control
		case c >= utf8.RuneSelf:
			table[c] = foreign
		case c == '<', c == '>', c == '&':
			table[c] = markup
		}
	}
	return table
}()

// traitsIn looks at every byte that is written, eight at a time.
func traitsIn[T string | []byte](text T) traits {
	var seen traits
	of := &traitsOf
	for ; len(text) >= 8; text = text[8:] {
		seen |= of[text[0]] | of[text[1]] | of[text[2]] | of[text[3]] | of[text[4]] | of[text[5]] | of[text[6]] | of[text[7]]
	}
	for i := range len(text) {
		seen |= traitsOf[text[i]]
	}
	return seen
}

// isVisible reports whether YAML takes a character outside ASCII as it is, not
// as a line break, and whether it is valid.
func isVisible(r rune, size int) bool {
	switch {
	case r == utf8.RuneError && size <= 1:
		return false
	case r < 0xA0, r == 0x2028, r == 0x2029, r == 0xFEFF, r == 0xFFFE, r == 0xFFFF:
		return r < 0x7F
	}
	return true
}

// allVisible reports whether all characters outside ASCII are visible.
func allVisible(text []byte) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if !isVisible(r, size) {
			return false
		}
		i += size
	}
	return true
}
