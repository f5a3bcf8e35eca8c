package finding

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestExcerptPutsTheCaretBelowTheCharacter(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 50) + "X" + strings.Repeat("b", 50)
	tests := []struct {
		name, line string
		column     int
		columns    int
		shown      string
		caret      int
	}{
		{"in a plain line", "  name: x", 3, 80, "  name: x", 2},
		{"at the first character", "name", 1, 80, "name", 0},
		{"behind a tab", "\tname: x", 2, 80, "        name: x", 8},
		{"behind a tab in the middle", "ab\tname", 4, 80, "ab      name", 8},
		{"behind wide characters", "毫秒: x", 5, 80, "毫秒: x", 6},
		{"behind an emoji", "🚀x", 2, 80, "🚀x", 2},
		{"behind a mark that combines", "e\u0301x", 3, 80, "e\u0301x", 1},
		{"at the end when the column is behind it", "abc", 99, 80, "abc", 3},
		{"in an empty line", "", 1, 80, "", 0},
		{"nowhere special when the column is unknown", "abc", 0, 80, "abc", 0},
		{"in a line that just fits", strings.Repeat("a", 30), 30, 30, strings.Repeat("a", 30), 29},
		{"in a line cut on the right", long, 2, 30, strings.Repeat("a", 29) + "…", 1},
		{"in a line cut on the left", long, 101, 30, "…" + strings.Repeat("b", 21), 21},
		{"in a line cut on both sides", long, 51, 30, "…" + strings.Repeat("a", 20) + "X" + strings.Repeat("b", 7) + "…", 21},
		{"where something steers the terminal", "\x1b[2Jx\u202e", 5, 80, "\ufffd[2Jx\ufffd", 4},
		{"in broken UTF-8", "\xff\xfex", 3, 80, "\ufffd\ufffdx", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			shown, caret := excerpt(tt.line, tt.column, tt.columns)
			if shown != tt.shown || caret != tt.caret {
				t.Errorf("got  %q, %d\nwant %q, %d", shown, caret, tt.shown, tt.caret)
			}
		})
	}
}

func FuzzExcerptFitsTheTerminal(f *testing.F) {
	f.Add("  name: x", 3, 80)
	f.Add("\t\t毫秒: \x1b[0m\xff", 5, 20)
	f.Add(strings.Repeat("毫\t", 200), 150, 33)
	f.Add("", -1, -1)
	f.Fuzz(func(t *testing.T, line string, column, columns int) {
		columns %= 500
		shown, caret := excerpt(line, column, columns)
		columns = max(columns, minExcerpt)
		width := sumColumns(layOut(shown))
		if width > columns {
			t.Errorf("%q is %d columns wide, more than %d", shown, width, columns)
		}
		if caret < 0 || caret > width {
			t.Errorf("caret %d outside of %q", caret, shown)
		}
		if !utf8.ValidString(shown) || strings.ContainsAny(shown, "\n\r\t\x1b") {
			t.Errorf("unprintable: %q", shown)
		}
	})
}

func BenchmarkExcerptOfALongLine(b *testing.B) {
	line := strings.Repeat("0123456789", 100_000)
	b.ReportAllocs()
	b.SetBytes(int64(len(line)))
	for b.Loop() {
		excerpt(line, 500_000, 80)
	}
}
