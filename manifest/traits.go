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
)

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
		}
	}
	return table
}()

func traitsIn(text []byte) traits {
	var seen traits
	for _, c := range text {
		seen |= traitsOf[c]
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
