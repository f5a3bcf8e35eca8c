package finding

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

const (
	tabStop = 8
	// minExcerpt keeps something to see on terminals that are absurdly narrow.
	minExcerpt = 20
)

// cell is a character as a terminal shows it.
type cell struct {
	text    string
	columns int
}

// excerpt returns a line as a terminal of so many columns can show it, and how
// many columns are left of the character at column, counted from 1. A column
// behind the end means the end. Long lines are cut around the column.
func excerpt(line string, column, columns int) (shown string, caret int) {
	columns = max(columns, minExcerpt)
	at := min(max(column-1, 0), utf8.RuneCountInString(line))
	// A character that matters is at most so many characters away, however long
	// the line is; only marks that combine take no column.
	first := max(at-columns, 0)
	window, cutRight := runeWindow(line, first, at+columns)
	cutLeft := first > 0
	cells := layOut(window)

	lead, total := sumColumns(cells[:at-first]), sumColumns(cells)
	if cutLeft || cutRight || total > columns {
		for lead > columns*2/3 {
			lead, total = lead-cells[0].columns, total-cells[0].columns
			cells, cutLeft = cells[1:], true
		}
		room := columns
		if cutLeft {
			room--
		}
		if cutRight || total > room {
			for total > room-1 {
				total -= cells[len(cells)-1].columns
				cells = cells[:len(cells)-1]
			}
			cutRight = true
		}
	}
	var b strings.Builder
	if cutLeft {
		b.WriteString("…")
		lead++
	}
	for _, c := range cells {
		b.WriteString(c.text)
	}
	if cutRight {
		b.WriteString("…")
	}
	return b.String(), lead
}

// withoutValue returns a line that may hold a secret up to its value. Only a line
// that begins with a key has such a part: others may be text of a value.
func withoutValue(line string) (string, bool) {
	start := len(line) - len(strings.TrimLeft(line, " \t-{"))
	end := start
	for end < len(line) && isKeyByte(line[end]) {
		end++
	}
	switch rest := strings.TrimRight(line[end:], " \t"); {
	case end == start || end-start > maxKey || rest == "":
		return "", false
	case rest == ":":
		return line[:end+1], true
	case strings.HasPrefix(rest, ": "):
		return line[:end+2] + "…", true
	}
	return "", false
}

// maxKey is longer than keys of manifests and values; what is longer may be
// anything.
const maxKey = 64

func isKeyByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte(`_./"'-`, c) >= 0
}

// runeWindow returns the characters from first up to but not including end, and
// whether more follow.
func runeWindow(s string, first, end int) (window string, more bool) {
	from, n := len(s), 0
	for i := range s {
		if n == first {
			from = i
		}
		if n == end {
			return s[from:i], true
		}
		n++
	}
	return s[from:], false
}

// layOut returns one cell for each character. Those that would steer the
// terminal show as a replacement character.
func layOut(s string) []cell {
	cells := make([]cell, 0, len(s))
	column := 0
	for _, r := range s {
		c := cell{string(r), 1}
		switch {
		case r == '\t':
			c.columns = tabStop - column%tabStop
			c.text = strings.Repeat(" ", c.columns)
		case !unicode.IsPrint(r) && r != '\u00a0':
			c.text = string(utf8.RuneError)
		case unicode.In(r, unicode.Mn, unicode.Me):
			c.columns = 0
		default:
			if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
				c.columns = 2
			}
		}
		cells = append(cells, c)
		column += c.columns
	}
	return cells
}

func sumColumns(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.columns
	}
	return n
}
