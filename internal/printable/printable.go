// Package printable makes text of the input fit for people's eyes: names, values
// and files of others cannot break lines, steer a terminal, hide what follows,
// or give commands to GitHub's runner, which reads what a job prints. Everything
// that is printed for people goes through it; what is data does not.
//
// The package imports nothing of ours.
package printable

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text escapes line ends, control and invisible characters the way Go writes them
// in quotes, and the beginning of the runner's older commands, which may stand
// anywhere in a line.
func Text(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for rest := s; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case strings.HasPrefix(rest, "##["):
			size = len("##[")
			b.WriteString(`##\x5b`)
		case unicode.IsPrint(r) && !(r == utf8.RuneError && size == 1):
			b.WriteString(rest[:size])
		default:
			quoted := strconv.Quote(rest[:size])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		rest = rest[size:]
	}
	return b.String()
}

// plain reports whether there is nothing to escape, for nearly every text.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '[' && i >= 2 && s[i-2:i] == "##" {
			return false
		}
	}
	return true
}

// Line is [Text] for a whole line, which may not begin with a command of the
// runner either.
func Line(s string) string {
	s = Text(s)
	indent := len(s) - len(strings.TrimLeft(s, " "))
	if strings.HasPrefix(s[indent:], "::") {
		return s[:indent] + `\x3a` + s[indent+1:]
	}
	return s
}

// Lines is [Line] for each line of a text. Tabs stay.
func Lines(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for line := range bytes.Lines(text) {
		line, ended := bytes.CutSuffix(line, []byte("\n"))
		before, rest, tab := strings.Cut(string(line), "\t")
		for out = append(out, Line(before)...); tab; out = append(out, Line(before)...) {
			out = append(out, '\t')
			before, rest, tab = strings.Cut(rest, "\t")
		}
		if ended {
			out = append(out, '\n')
		}
	}
	return out
}
