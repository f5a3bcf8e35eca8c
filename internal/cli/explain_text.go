package cli

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/manifest"
)

const paintDim = "\x1b[2m"

// widestYAML is how many columns the YAML of an annotated manifest has, where that
// is enough for most lines.
const widestYAML = 60

// writeAnnotated writes objects as YAML with the origin of each line behind it.
func (o *explainOptions) writeAnnotated(objects []explain.Rendered) error {
	color := useColor(o.report.color, o.streams.Out, o.env)
	var out bytes.Buffer
	columns := width(o.streams.Out)
	for i, object := range objects {
		lines, err := object.Lines()
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteString("---\n")
		}
		column := 0
		for _, line := range lines {
			if n := utf8.RuneCountInString(line.Text); line.Leaf != nil && n <= widestYAML {
				column = max(column, n)
			}
		}
		for _, line := range lines {
			writeLine(&out, line, column, columns, color)
		}
	}
	_, err := o.streams.Out.Write(out.Bytes())
	return err
}

// writeLine writes a line of YAML, its origin at a column. Columns are those of a
// terminal, which lines are cut to, or 0.
func writeLine(out *bytes.Buffer, line explain.Line, column, columns int, color bool) {
	text := printable.Line(line.Text)
	if columns > 0 && line.Leaf != nil && utf8.RuneCountInString(text) > column {
		text = cutTo(text, column)
	}
	if line.Leaf == nil {
		if columns > 0 {
			text = cutTo(text, columns)
		}
		out.WriteString(text + "\n")
		return
	}
	origin, paint := originOf(line.Leaf)
	pad := max(0, column-utf8.RuneCountInString(text))
	out.WriteString(text + strings.Repeat(" ", pad) + "  ")
	origin = "# " + printable.Text(origin)
	if columns > 0 {
		origin = cutTo(origin, max(10, columns-column-2))
	}
	if color {
		origin = paint + origin + paintOff
	}
	out.WriteString(origin + "\n")
}

// originOf returns where a leaf comes from in a few words, and their colour.
func originOf(l *explain.Leaf) (text, paint string) {
	if len(l.Sources) == 0 || l.Sources[0].Unset {
		text = "rule: " + l.Rule.Text
		if l.Rule.Quirk {
			text = "quirk: " + l.Rule.Text
		}
		return text, paintDim
	}
	first := l.Sources[0]
	text = first.String()
	if more := len(l.Sources) - 1; more > 0 {
		text += fmt.Sprintf(" (+%d)", more)
	}
	if first.Kind == explain.Field {
		return text, paintGreen
	}
	return text, paintCyan
}

// cutTo cuts a text to a number of characters.
func cutTo(text string, columns int) string {
	runes := []rune(text)
	if len(runes) <= columns || columns < 1 {
		return text
	}
	return string(runes[:columns-1]) + "…"
}

// most is how many leaves are told with their whole story.
const mostStories = 5

// writeLeaves writes the stories of leaves; of many, a line for each.
func (o *explainOptions) writeLeaves(objects []explain.Rendered) error {
	var out bytes.Buffer
	for _, object := range objects {
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		fmt.Fprintf(&out, "%s/%s\n", object.Object.Kind, object.Object.Name)
		for i := range object.Leaves {
			l := &object.Leaves[i]
			if len(object.Leaves) > mostStories {
				origin, _ := originOf(l)
				fmt.Fprintf(&out, "  %s: %s  # %s\n", l.Named, short(l.Text), origin)
				continue
			}
			writeStory(&out, l)
		}
	}
	_, err := o.streams.Out.Write(printable.Lines(out.Bytes()))
	return err
}

func short(text string) string {
	text, _, more := strings.Cut(text, "\n")
	if more {
		text += "…"
	}
	return cutTo(text, 80)
}

// writeStory writes all that is known of a leaf.
func writeStory(out *bytes.Buffer, l *explain.Leaf) {
	fmt.Fprintf(out, "  %s\n", l.Named)
	if l.Opened {
		fmt.Fprintf(out, "%s\n", indented(explain.Opened(l.Text), "    "))
	} else {
		fmt.Fprintf(out, "%s\n", indented("= "+l.Text, "    "))
	}
	title := "  comes from\n"
	for _, s := range l.Sources {
		if s.Unset {
			continue
		}
		out.WriteString(title)
		title = ""
		line := s.String()
		if s.Text != "" && s.Text != l.Text {
			line += ": " + s.Text
		}
		fmt.Fprintf(out, "    %s\n", line)
	}
	what := "rule"
	if l.Rule.Quirk {
		what = "rule, a quirk of the operator"
	}
	fmt.Fprintf(out, "  %s\n    %s (docs/behaviour/%s)\n", what, l.Rule.Text, l.Rule.Section)
	if remedies := l.Remedies(); len(remedies) > 0 {
		out.WriteString("  to change it\n")
		for _, remedy := range remedies {
			fmt.Fprintf(out, "    %s\n", remedy)
		}
	}
}

func indented(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by)
}

// The JSON of what is explained, for programs.
type (
	explainedObject struct {
		APIVersion string          `json:"apiVersion"`
		Kind       string          `json:"kind"`
		Namespace  string          `json:"namespace,omitempty"`
		Name       string          `json:"name"`
		Leaves     []explainedLeaf `json:"leaves"`
	}
	explainedLeaf struct {
		Path    string            `json:"path"`
		Named   string            `json:"named"`
		Value   string            `json:"value"`
		Opened  bool              `json:"opened,omitempty"`
		Sources []explainedSource `json:"sources,omitempty"`
		Rule    explainedRule     `json:"rule"`
		Change  []string          `json:"change,omitempty"`
	}
	explainedSource struct {
		Kind  explain.Kind `json:"kind"`
		Key   string       `json:"key"`
		Value string       `json:"value,omitempty"`
		At    string       `json:"at,omitempty"`
		Unset bool         `json:"unset,omitempty"`
		Moves int          `json:"moves"`
	}
	explainedRule struct {
		Section string `json:"section"`
		Text    string `json:"text"`
		Quirk   bool   `json:"quirk,omitempty"`
	}
)

// writeExplained writes what is explained as JSON or YAML.
func writeExplained(w io.Writer, format string, objects []explain.Rendered) error {
	list := []explainedObject{}
	for _, r := range objects {
		object := explainedObject{APIVersion: r.Object.APIVersion, Kind: r.Object.Kind, Namespace: r.Object.Namespace, Name: r.Object.Name}
		for _, l := range r.Leaves {
			item := explainedLeaf{Path: l.Path, Named: l.Named, Value: l.Text, Opened: l.Opened, Change: l.Remedies(),
				Rule: explainedRule{l.Rule.Section, l.Rule.Text, l.Rule.Quirk}}
			for _, s := range l.Sources {
				item.Sources = append(item.Sources, explainedSource{s.Kind, s.Key, s.Text, s.Pos.String(), s.Unset, s.Moves})
			}
			object.Leaves = append(object.Leaves, item)
		}
		list = append(list, object)
	}
	var out bytes.Buffer
	if err := printable.JSON(&out, list); err != nil {
		return err
	}
	if format == "yaml" {
		text, err := manifest.AppendYAML(nil, out.Bytes())
		if err != nil {
			return err
		}
		out = *bytes.NewBuffer(text)
	}
	_, err := w.Write(out.Bytes())
	return err
}
