package finding

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// The rules of the text format (docs/reports.md, text):
//   - On a pipe a finding is one line: place: path: message; hint [code].
//   - The place is file:line:col. Without a line the object stands beside the
//     file, without a file in its stead.
//   - Warnings and notes say so after the place. Errors do not, so that the
//     field path follows the place; only at a terminal, or without any place,
//     do they say so too.
//   - What came from the input cannot break lines or steer a terminal.
type textReporter struct {
	w    io.Writer
	opts ReportOptions
}

var _ Reporter = (*textReporter)(nil)

func (r *textReporter) Report(l List) error {
	w := bufio.NewWriter(r.w)
	if r.opts.Collapse {
		var c Collapsed
		c.Add(l)
		l = c.List()
	}
	for _, f := range l {
		r.write(w, f)
	}
	r.writeAdvice(w, l)
	return w.Flush()
}

func (r *textReporter) write(w *bufio.Writer, f Finding) {
	place := place(f)
	said := joinNonEmpty(": ", printable.Text(pathText(f.Path)), printable.Text(f.Message))
	hint := printable.Text(f.Hint)
	severity := f.Severity.String()
	if f.Severity == Error && place != "" && !r.opts.Excerpt {
		severity = ""
	}
	if !r.opts.Excerpt {
		said = joinNonEmpty("; ", said, hint)
	}
	line := joinNonEmpty(": ", r.paint(bold, printable.Line(place)), r.paint(severityColor(f.Severity), severity), said)
	if f.Code != "" {
		line += " [" + r.link(f.Code) + "]"
	}
	if f.Others > 0 {
		line += " (and " + strconv.Itoa(f.Others) + " more)"
	}
	w.WriteString(line + "\n")
	if !r.opts.Excerpt {
		return
	}
	r.writeExcerpt(w, f)
	if hint != "" {
		w.WriteString("  hint: " + hint + "\n")
	}
}

func (r *textReporter) writeExcerpt(w *bufio.Writer, f Finding) {
	if r.opts.Source == nil || f.Pos.Line <= 0 {
		return
	}
	line, ok := r.opts.Source(f.Pos.File, f.Pos.Line)
	if ok && r.opts.Secret != nil && r.opts.Secret(f) {
		line, ok = withoutValue(line)
	}
	if !ok {
		return
	}
	number := strconv.Itoa(f.Pos.Line)
	const frame = 4
	shown, caret := excerpt(line, f.Pos.Column, cmp.Or(r.opts.Width, 80)-len(number)-frame)
	fmt.Fprintln(w, strings.TrimRight(" "+number+" | "+shown, " "))
	if f.Pos.Column > 0 {
		fmt.Fprintf(w, " %*s | %*s%s\n", len(number), "", caret, "", r.paint(severityColor(f.Severity), "^"))
	}
}

// place returns where the finding is, as exactly as is known.
func place(f Finding) string {
	if f.Pos.Line > 0 {
		return f.Pos.String()
	}
	return joinNonEmpty(": ", f.Pos.File, f.Object.String())
}

// link returns a code as a hyperlink to its page, where the terminal has them: the
// sequence OSC 8, which others leave out.
func (r *textReporter) link(code Code) string {
	d, known := Lookup(code)
	if !r.opts.Excerpt || !r.opts.Color || !known {
		return string(code)
	}
	return "\x1b]8;;" + d.URL() + "\x1b\\" + string(code) + "\x1b]8;;\x1b\\"
}

// writeAdvice ends a report for people with the way to read more, as compilers do.
func (r *textReporter) writeAdvice(w *bufio.Writer, l List) {
	i := slices.IndexFunc(l, func(f Finding) bool { return f.Severity != Note && f.Code != "" })
	if r.opts.Excerpt && i >= 0 {
		w.WriteString("for more information, try: seldonctl explain " + string(l[i].Code) + "\n")
	}
}

// ANSI codes of the colours.
const (
	bold   = "1"
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
)

func severityColor(s Severity) string {
	switch s {
	case Error:
		return red
	case Warning:
		return yellow
	}
	return cyan
}

func (r *textReporter) paint(color, s string) string {
	if !r.opts.Color || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}
