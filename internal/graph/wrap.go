package graph

import (
	"strings"

	"golang.org/x/text/width"
)

// wrap breaks a text into lines of so many columns, after a space or a
// punctuation mark if there is one in the second half of the line.
func wrap(text string, columns int) []string {
	columns = max(columns, 8)
	var out []string
	var line []rune
	used, good := 0, 0
	for _, r := range text {
		wide := columnsOf(r)
		if used+wide > columns {
			if good < len(line)/2 {
				good = len(line)
			}
			out = append(out, strings.TrimRight(string(line[:good]), " "))
			line = append([]rune{}, line[good:]...)
			used, good = 0, 0
			for _, kept := range line {
				used += columnsOf(kept)
			}
		}
		line = append(line, r)
		used += wide
		if strings.ContainsRune(" -/.:,_", r) {
			good = len(line)
		}
	}
	return append(out, string(line))
}

// columnsOf is how many columns a character takes.
func columnsOf(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
