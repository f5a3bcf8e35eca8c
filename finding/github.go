package finding

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// githubReporter writes workflow commands, which GitHub Actions turns into
// annotations of the files (docs/reports.md, github).
type githubReporter struct {
	w              io.Writer
	opts           ReportOptions
	data, property *strings.Replacer
}

func newGitHubReporter(w io.Writer, o ReportOptions) *githubReporter {
	// A property also ends at a colon or comma.
	return &githubReporter{w, o, strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A"),
		strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")}
}

var _ Reporter = (*githubReporter)(nil)

func (r *githubReporter) Report(l List) error {
	w := bufio.NewWriter(r.w)
	for _, f := range l {
		w.WriteString(r.command(f) + "\n")
	}
	return w.Flush()
}

func (r *githubReporter) command(f Finding) string {
	var properties []string
	add := func(name, value string) {
		properties = append(properties, name+"="+r.property.Replace(shown(value)))
	}
	if f.Pos.File != "" {
		add("file", r.opts.fileName(f.Pos.File))
		// A line means nothing without its file, nor a column without its line.
		if f.Pos.Line > 0 {
			add("line", strconv.Itoa(f.Pos.Line))
			if f.Pos.Column > 0 {
				add("col", strconv.Itoa(f.Pos.Column))
			}
		}
	}
	def, _ := Lookup(f.Code)
	add("title", joinNonEmpty(" ", string(f.Code), def.Title))

	object := ""
	if f.Pos.Line == 0 {
		object = f.Object.String()
	}
	message := joinNonEmpty("; ", joinNonEmpty(": ", object, pathText(f.Path), f.Message), f.Hint)
	return "::" + githubCommand(f.Severity) + " " + strings.Join(properties, ",") + "::" + r.data.Replace(shown(message))
}

func githubCommand(s Severity) string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	}
	return "notice"
}

// shown escapes all but line ends, which commands have an escape of their own for.
func shown(s string) string {
	var b strings.Builder
	for {
		end := strings.IndexAny(s, "\r\n")
		if end < 0 {
			return b.String() + printable.Text(s)
		}
		b.WriteString(printable.Text(s[:end]) + s[end:end+1])
		s = s[end+1:]
	}
}
