package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/printable"
)

// diffText writes a unified diff of each object that differs.
type diffText struct {
	out   io.Writer
	color bool
}

func (t *diffText) object(d *compare.Difference) error {
	if !d.Differs() {
		return nil
	}
	text := append([]byte(printable.Line(diffHeader(d))+"\n"), printable.Lines(d.Diff)...)
	_, err := t.out.Write(paintDiff(text, t.color))
	return err
}

func (t *diffText) end(context.Context, *compare.Summary) error { return nil }

// diffStat writes a line for each object that differs.
type diffStat struct {
	out     io.Writer
	verbose bool
	table   *tabwriter.Writer
}

func (s *diffStat) object(d *compare.Difference) error {
	if !d.Differs() && !s.verbose {
		return nil
	}
	if s.table == nil {
		s.table = tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	}
	added, removed := changedLines(d.Diff)
	_, err := fmt.Fprintf(s.table, "%s\t+%d -%d\t%s\n", printable.Line(diffName(d)), added, removed, printable.Line(diffVerdict(d)))
	return err
}

func (s *diffStat) end(context.Context, *compare.Summary) error {
	if s.table == nil {
		return nil
	}
	return s.table.Flush()
}

// changedLines counts the lines of a unified diff that are on one side only.
func changedLines(diff []byte) (added, removed int) {
	hunks := false
	for line := range bytes.Lines(diff) {
		hunks = hunks || line[0] == '@'
		switch {
		case hunks && line[0] == '+':
			added++
		case hunks && line[0] == '-':
			removed++
		}
	}
	return added, removed
}

// diffHeader is the line before the diff of an object.
func diffHeader(d *compare.Difference) string { return "# " + diffName(d) + ": " + diffVerdict(d) }

func diffName(d *compare.Difference) string {
	name := d.To.Qualified()
	if d.From != d.To {
		name = d.From.Qualified() + " -> " + name
	}
	return d.To.Kind + " " + name
}

// maxPaths is how many fields a verdict names.
const maxPaths = 3

// diffVerdict is the verdict with what it is about.
func diffVerdict(d *compare.Difference) string {
	about := diffReasons(d)
	if len(about) == 0 {
		return d.Verdict.String()
	}
	more := ""
	if rest := len(about) - maxPaths; rest > 0 {
		about, more = about[:maxPaths], fmt.Sprintf(" and %d more", rest)
	}
	return d.Verdict.String() + ": " + strings.Join(about, ", ") + more
}

// diffReasons are what a verdict is about: fields, reasons or an owner.
func diffReasons(d *compare.Difference) []string {
	switch d.Verdict {
	case compare.Changes, compare.Restarts:
		return d.Paths
	case compare.Replaced:
		return d.Replace
	case compare.Foreign:
		return []string{d.Owner}
	}
	return nil
}
