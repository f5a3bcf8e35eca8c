package cli

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/seldonctl/seldonctl/docs"
	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// writeFinding writes the page of a finding.
func (o *explainOptions) writeFinding(word string) error {
	code, err := finding.ParseCode(word)
	if err != nil {
		return &usageError{err}
	}
	def, _ := finding.Lookup(code)
	_, err = fmt.Fprintf(o.streams.Out, "%s  %s  %s\n\n%s\n\nWhat to do: %s\n\n%s\n", def.Code, def.Severity, def.Title, def.Cause, def.Cure, def.URL())
	return err
}

// writeList writes what can be explained.
func (o *explainOptions) writeList(subject string) error {
	if subject != "" {
		return usageErrorf("--list takes no argument besides rules, codes or values")
	}
	var out bytes.Buffer
	table := tabwriter.NewWriter(&out, 0, 0, 3, ' ', 0)
	switch o.list {
	case "rules":
		for _, r := range explain.Rules() {
			quirk := ""
			if r.Quirk {
				quirk = "quirk: "
			}
			fmt.Fprintf(table, "%s\t%s%s\n", r.Section, quirk, r.Text)
		}
	case "codes":
		for _, def := range finding.Definitions() {
			fmt.Fprintf(table, "%s\t%s\t%s\n", def.Code, def.Severity, def.Title)
		}
	case "values":
		for _, row := range valueRows() {
			fmt.Fprintf(table, "%s\t%s\n", row.key, row.effect)
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := o.streams.Out.Write(out.Bytes())
	return err
}

// valueRow is what docs/values.md says of a key.
type valueRow struct{ key, becomes, effect string }

// valueRows returns the rows of the table of keys.
func valueRows() []valueRow {
	_, section, _ := strings.Cut(docs.Values, "\n## Keys\n")
	section, _, _ = strings.Cut(section, "\n## ")
	var rows []valueRow
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if len(cells) != 4 || !strings.HasPrefix(cells[0], " `") {
			continue
		}
		plain := func(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "`", "")) }
		rows = append(rows, valueRow{plain(cells[0]), plain(cells[2]), plain(cells[3])})
	}
	return rows
}

// explainWords are the findings and values that can be asked for.
func explainWords() []string {
	var words []string
	for _, d := range finding.Definitions() {
		words = append(words, string(d.Code)+"\t"+d.Title)
	}
	for _, row := range valueRows() {
		words = append(words, row.key)
	}
	return words
}

// meantSubject is the finding or key of the values that was most likely meant, or
// nothing.
func meantSubject(word string) string {
	if _, err := finding.ParseCode("SDC" + word); err == nil {
		return "SDC" + word
	}
	var keys []string
	for _, row := range valueRows() {
		keys = append(keys, row.key)
	}
	return spelling.Nearest(word, keys)
}

// explainValue tells of a key of the values: its default in each release and, with
// an input, what comes from it.
func (o *explainOptions) explainValue(ctx context.Context, key string) error {
	rows := valueRows()
	i := slices.IndexFunc(rows, func(r valueRow) bool { return r.key == key })
	defaults := defaultsOf(key)
	if i < 0 && len(defaults) == 0 {
		hint := "objects are KIND/NAME, and --list values lists keys"
		if meant := meantSubject(key); meant != "" {
			hint = "did you mean " + meant + "?"
		}
		return usageErrorf("unknown object, finding or key of the values %q: %s", key, hint)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n", key)
	if i >= 0 {
		fmt.Fprintf(&out, "  %s\n", rows[i].effect)
	}
	if len(defaults) > 0 {
		out.WriteString("  default\n")
		for _, d := range defaults {
			fmt.Fprintf(&out, "    %s\n", d)
		}
	}
	if len(o.input.filenames) > 0 {
		if err := o.writeReached(ctx, &out, key); err != nil {
			return err
		}
	}
	_, err := o.streams.Out.Write(printable.Lines(out.Bytes()))
	return err
}

// writeReached writes the leaves that come from a key of the values, or from keys
// below it.
func (o *explainOptions) writeReached(ctx context.Context, out *bytes.Buffer, key string) error {
	stories, err := o.stories(ctx)
	if err != nil {
		return err
	}
	out.WriteString("  reaches\n")
	start := out.Len()
	for _, s := range stories {
		for _, object := range s.objects {
			for _, l := range object.Leaves {
				if slices.ContainsFunc(l.Sources, func(s explain.Source) bool {
					return s.Kind == explain.Value && (s.Key == key || strings.HasPrefix(s.Key, key+"."))
				}) {
					fmt.Fprintf(out, "    %s/%s:%s\n", object.Object.Kind, object.Object.Name, l.Named)
				}
			}
		}
	}
	if out.Len() == start {
		out.WriteString("    nothing in this input\n")
	}
	return nil
}

// defaultText returns a default for people, in which RELEASE stands for the
// release's own number.
func defaultText(content any, version string) string {
	if fields, ok := content.(map[string]any); ok {
		return "a map with " + strings.Join(slices.Sorted(maps.Keys(fields)), ", ")
	}
	text := strings.ReplaceAll(fmt.Sprint(content), version, "RELEASE")
	if text == "" {
		return `""`
	}
	return text
}

// defaultsOf returns the default of a key in each release, those that follow each
// other and have the same in one line.
func defaultsOf(key string) []string {
	var out []string
	first, last, text := "", "", ""
	flush := func() {
		switch {
		case text == "":
		case first == last:
			out = append(out, first+": "+text)
		default:
			out = append(out, first+" to "+last+": "+text)
		}
	}
	for _, rel := range release.All() {
		v, _ := values.Load(rel)
		now := ""
		if content, ok := v.Section(key); ok {
			now = defaultText(content, rel.Version)
		}
		if now != text {
			flush()
			first, text = rel.Version, now
		}
		last = rel.Version
	}
	flush()
	return out
}
