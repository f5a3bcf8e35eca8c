package printable_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/seldonctl/seldonctl/internal/printable"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"a name, ünïcode and 日本", "a name, ünïcode and 日本"},
		{"a\n::error::b", `a\n::error::b`},
		{"::error::b", `\x3a:error::b`},
		{"  ::error::b", `  \x3a:error::b`},
		{"a ##[error]b ##[[", `a ##\x5berror]b ##\x5b[`},
		{"\x1b[31mred\x07", `\x1b[31mred\a`},
		{"\u202eleft\u2066\ufeff\u200b", `\u202eleft\u2066\ufeff\u200b`},
		{"a\r\u0085\u2028", `a\r\u0085\u2028`},
		{"\xff\u00a0", `\xff\u00a0`},
	} {
		if got := printable.Line(c.text); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
	if got, want := string(printable.Lines([]byte("+a\tb\x1b\n \t::error::\r\n##[x"))), "+a\tb\\x1b\n \t\\x3a:error::\\r\n##\\x5bx"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzLine looks for texts that break out of a line.
func FuzzLine(f *testing.F) {
	f.Add("a\n::error file=x::b\x1b[2J\u202e\ufeff##[error]")
	f.Add(" \t::x")
	f.Fuzz(func(t *testing.T, text string) {
		line := printable.Line(text)
		check(t, line)
		if !utf8.ValidString(line) || strings.Contains(line, "\n") {
			t.Errorf("%q", line)
		}
		if again := printable.Line(line); again != line {
			t.Errorf("%q becomes %q", line, again)
		}
		for l := range strings.SplitSeq(string(printable.Lines([]byte(text))), "\n") {
			check(t, strings.ReplaceAll(l, "\t", " "))
		}
	})
}

func check(t *testing.T, line string) {
	t.Helper()
	if strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }) {
		t.Errorf("%q has a character that is not seen", line)
	}
	if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
		t.Errorf("%q is a command", line)
	}
}
