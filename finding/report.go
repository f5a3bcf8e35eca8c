package finding

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Reporter writes what a run has to say, in one format (docs/reports.md).
type Reporter interface {
	// Report writes the findings in the order given. It is called once for a
	// run, also without findings: json and sarif write a document then. The
	// only errors are those of the writer.
	Report(List) error
}

// ReportOptions shape a report. The zero value suits a pipe or a log.
type ReportOptions struct {
	// Excerpt is for people at a terminal: text puts the line of the input and
	// the hint below each finding, and ends with the way to read more. Otherwise
	// each finding is exactly one line.
	Excerpt bool
	// Source returns a line of an input, counted from 1, without its end, and
	// whether it is known. Nil knows none. Only Excerpt asks.
	Source func(file string, line int) (string, bool)
	// Secret reports whether the line of a finding may hold secret material: only
	// its key is shown then, if it has one. Nil means that none may.
	Secret func(Finding) bool
	// Width is the columns of the terminal; excerpts of longer lines are cut.
	// 0 means 80.
	Width int
	// Color has text use ANSI colours and, with Excerpt, hyperlinks for codes.
	Color bool
	// Collapse has text print warnings and notes that differ only in their place
	// once, with the number of the others. The other formats list all.
	Collapse bool
	// Root is the absolute path of the repository or working folder. sarif and
	// github name files below it relative to it; empty leaves names as they are.
	Root string
	// Version is that of seldonctl, for sarif; it may be empty.
	Version string
}

type format struct {
	name string
	make func(io.Writer, ReportOptions) Reporter
}

func formats() []format {
	return []format{
		{"text", func(w io.Writer, o ReportOptions) Reporter { return &textReporter{w, o} }},
		{"json", func(w io.Writer, _ ReportOptions) Reporter { return &jsonReporter{w} }},
		{"sarif", func(w io.Writer, o ReportOptions) Reporter { return &sarifReporter{w, o} }},
		{"github", func(w io.Writer, o ReportOptions) Reporter { return newGitHubReporter(w, o) }},
	}
}

// Formats returns the names that [NewReporter] knows, the default first.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// NewReporter returns the reporter of a format: text, json, sarif or github. An
// unknown name is an error that lists them.
func NewReporter(name string, w io.Writer, opts ReportOptions) (Reporter, error) {
	for _, f := range formats() {
		if f.name == name {
			return f.make(w, opts), nil
		}
	}
	return nil, fmt.Errorf("unknown report format %q: use one of %s", name, strings.Join(Formats(), ", "))
}

// fileName returns a name as tools that look into a repository want it: with
// slashes and, where possible, relative to the root.
func (o ReportOptions) fileName(name string) string {
	if o.Root != "" && filepath.IsAbs(name) {
		if rel, err := filepath.Rel(o.Root, name); err == nil && filepath.IsLocal(rel) {
			name = rel
		}
	}
	return filepath.ToSlash(filepath.Clean(name))
}

// pathText returns a path as it is printed; a nil path is empty.
func pathText(p *field.Path) string {
	if p == nil {
		return ""
	}
	return p.String()
}

// joinNonEmpty joins the parts that have any text.
func joinNonEmpty(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), separator)
}
