package cli

import "bytes"

// The colours of diffs, as git has them.
const (
	paintBold  = "\x1b[1m"
	paintRed   = "\x1b[31m"
	paintGreen = "\x1b[32m"
	paintCyan  = "\x1b[36m"
	paintOff   = "\x1b[m"
)

// paintDiff colours the lines of a unified diff, or returns it as it is.
func paintDiff(diff []byte, color bool) []byte {
	if !color {
		return diff
	}
	var out []byte
	hunks := false
	for line := range bytes.Lines(diff) {
		hunks = hunks || line[0] == '@'
		paint := linePaint(line[0], hunks)
		if paint == "" {
			out = append(out, line...)
			continue
		}
		text, ended := bytes.CutSuffix(line, []byte("\n"))
		out = append(append(append(out, paint...), text...), paintOff...)
		if ended {
			out = append(out, '\n')
		}
	}
	return out
}

// linePaint returns the colour of a line by its first character; before the
// first hunk there are the names.
func linePaint(first byte, hunks bool) string {
	switch {
	case first == '#', !hunks:
		return paintBold
	case first == '-':
		return paintRed
	case first == '+':
		return paintGreen
	case first == '@':
		return paintCyan
	}
	return ""
}
