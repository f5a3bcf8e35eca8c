package manifest

import "bytes"

// readsAsOther reports whether a reader of YAML takes the plain text for anything
// but a string: null, a boolean, a number, a date, a merge key. It says so for
// what any version of YAML does, 1.1 with its many booleans and sexagesimals
// included, and errs on the safe side.
func readsAsOther(text []byte) bool {
	switch c := text[0]; {
	case isDigit(c), c == '+', c == '-', c == '.':
		return isNumber(text) || isDate(text)
	case len(text) > len("false"), bytes.IndexByte([]byte("yntfoYNTFO~<="), c) < 0:
		return false
	}
	var lower [len("false")]byte
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
	}
	switch string(lower[:len(text)]) {
	case "y", "yes", "n", "no", "on", "off", "true", "false", "null", "~", "<<", "=":
		return true
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHexDigit(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// isNumber reports whether text is an integer in any base, a decimal fraction, a
// sexagesimal, infinite or not a number. Underscores may stand anywhere, and some
// readers take a sign behind the base: 0b-1.
func isNumber(text []byte) bool {
	if text[0] == '+' || text[0] == '-' {
		text = text[1:]
	}
	if len(text) == 4 && text[0] == '.' {
		switch string(bytes.ToLower(text)) {
		case ".inf", ".nan":
			return true
		}
	}
	if rest, ok := bytes.CutPrefix(bytes.TrimLeft(text, "_"), []byte("0")); ok {
		rest = bytes.TrimLeft(rest, "_")
		if len(rest) > 1 && bytes.IndexByte([]byte("xXoObB"), rest[0]) >= 0 {
			return all(rest[1:], func(c byte) bool { return isHexDigit(c) || c == '_' }) ||
				all(rest[1:], func(c byte) bool { return isDigit(c) || c == '_' || c == '+' || c == '-' })
		}
	}
	digits, exponent := 0, false
	for _, c := range text {
		switch {
		case isDigit(c):
			digits++
		case c == '_', !exponent && (c == '.' || c == ':'):
		case !exponent && (c == 'e' || c == 'E') && digits > 0:
			exponent, digits = true, 0
		case exponent && (c == '+' || c == '-') && digits == 0:
		default:
			return false
		}
	}
	return digits > 0 && (bytes.Count(text, []byte(".")) < 2)
}

// isDate reports whether text starts with year-month-day, alone or before a time.
func isDate(text []byte) bool {
	fields := [...]struct{ least, most int }{{4, 4}, {1, 2}, {1, 2}}
	for i, field := range fields {
		n := 0
		for n < len(text) && isDigit(text[n]) {
			n++
		}
		if n < field.least || n > field.most {
			return false
		}
		text = text[n:]
		if i == len(fields)-1 {
			break
		}
		if len(text) == 0 || text[0] != '-' {
			return false
		}
		text = text[1:]
	}
	return len(text) == 0 || bytes.IndexByte([]byte("Tt \t"), text[0]) >= 0
}

func all(text []byte, is func(byte) bool) bool {
	for _, c := range text {
		if !is(c) {
			return false
		}
	}
	return true
}
