package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds the nesting of what is written. No Kubernetes object comes
// near it, and indentation would grow with its square.
const maxDepth = 1000

var errTooDeep = fmt.Errorf("nested more than %d levels deep", maxDepth)

// scan reads JSON from the front, one token at a time. It trusts encoding/json
// to have written the JSON, but neither panics nor reads on when it has not.
type scan struct {
	in []byte
	at int
	// unescaped holds the last string that had escapes.
	unescaped []byte
}

func (s *scan) syntaxError() error {
	if s.at >= len(s.in) {
		return errors.New("unexpected end of JSON")
	}
	return fmt.Errorf("unexpected %q in JSON at byte %d", s.in[s.at], s.at)
}

// peek returns the first byte of the next token, or 0 at the end.
func (s *scan) peek() byte {
	for s.at < len(s.in) {
		switch c := s.in[s.at]; c {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// expect reads one byte of punctuation.
func (s *scan) expect(c byte) error {
	if s.peek() != c {
		return s.syntaxError()
	}
	s.at++
	return nil
}

// more reads what stands between the members of a container that ends with
// closing, and reports whether another member follows.
func (s *scan) more(closing byte, first bool) (bool, error) {
	c := s.peek()
	switch {
	case c == closing:
		s.at++
		return false, nil
	case first:
		return true, nil
	case c == ',':
		s.at++
		return true, nil
	}
	return false, s.syntaxError()
}

// key reads the key of a member and the colon behind it.
func (s *scan) key() ([]byte, traits, error) {
	if s.peek() != '"' {
		return nil, 0, s.syntaxError()
	}
	text, seen, err := s.text()
	if err != nil {
		return nil, 0, err
	}
	return text, seen, s.expect(':')
}

// text reads a string and returns its meaning, valid until the next call, and
// what kinds of bytes are in it.
func (s *scan) text() ([]byte, traits, error) {
	rest := s.in[s.at+1:]
	var seen traits
	for i, c := range rest {
		t := traitsOf[c]
		seen |= t
		if t&delimiter == 0 {
			continue
		}
		if c == '"' {
			s.at += i + 2
			return rest[:i], seen, nil
		}
		return s.escapedText()
	}
	s.at = len(s.in)
	return nil, 0, s.syntaxError()
}

// escapedText is text for a string with escapes.
func (s *scan) escapedText() ([]byte, traits, error) {
	out := s.unescaped[:0]
	rest := s.in[s.at+1:]
	for i := 0; i < len(rest); {
		switch c := rest[i]; c {
		case '"':
			s.at += i + 2
			s.unescaped = out
			return out, traitsIn(out), nil
		case '\\':
			var n int
			if out, n = appendUnescaped(out, rest[i:]); n == 0 {
				s.at += i + 1
				return nil, 0, s.syntaxError()
			}
			i += n
		default:
			end := bytes.IndexAny(rest[i:], `"\`)
			if end < 0 {
				end = len(rest) - i
			}
			out = append(out, rest[i:i+end]...)
			i += end
		}
	}
	s.at = len(s.in)
	return nil, 0, s.syntaxError()
}

// appendUnescaped appends the meaning of the escape that in starts with, and
// returns its length, or 0 if it is not an escape.
func appendUnescaped(out, in []byte) ([]byte, int) {
	if len(in) < 2 {
		return out, 0
	}
	switch c := in[1]; c {
	case '"', '\\', '/':
		return append(out, c), 2
	case 'b':
		return append(out, '\b'), 2
	case 'f':
		return append(out, '\f'), 2
	case 'n':
		return append(out, '\n'), 2
	case 'r':
		return append(out, '\r'), 2
	case 't':
		return append(out, '\t'), 2
	case 'u':
		r, ok := hexRune(in)
		if !ok {
			return out, 0
		}
		if utf16.IsSurrogate(r) {
			low, _ := hexRune(in[6:])
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				return utf8.AppendRune(out, r), 12
			}
		}
		return utf8.AppendRune(out, r), 6
	}
	return out, 0
}

// hexRune reads \uXXXX.
func hexRune(in []byte) (rune, bool) {
	if len(in) < 6 || in[0] != '\\' || in[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range in[2:6] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// literal reads a number, true, false or null.
func (s *scan) literal() ([]byte, error) {
	start := s.at
	for s.at < len(s.in) {
		c := s.in[s.at]
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'E' {
			s.at++
			continue
		}
		break
	}
	word := s.in[start:s.at]
	if len(word) > 0 {
		switch string(word) {
		case "true", "false", "null":
			return word, nil
		}
		if c := word[0]; c == '-' || '0' <= c && c <= '9' {
			return word, nil
		}
		s.at = start
	}
	return nil, s.syntaxError()
}

// skip reads a value of any kind.
func (s *scan) skip() error {
	for depth := 0; ; {
		switch s.peek() {
		case '{', '[':
			s.at++
			depth++
			continue
		case ',', ':':
			if depth == 0 {
				return s.syntaxError()
			}
			s.at++
			continue
		case '}', ']':
			if depth == 0 {
				return s.syntaxError()
			}
			s.at++
			depth--
		case '"':
			if _, _, err := s.text(); err != nil {
				return err
			}
		default:
			if _, err := s.literal(); err != nil {
				return err
			}
		}
		if depth == 0 {
			return nil
		}
	}
}

// end reports what stands behind the value, if anything does.
func (s *scan) end() error {
	if s.peek(); s.at < len(s.in) {
		return s.syntaxError()
	}
	return nil
}
