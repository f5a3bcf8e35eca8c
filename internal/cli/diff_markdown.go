package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/printable"
)

// diffMarkdown writes a comment for a pull request: the summary, and the objects
// that differ, folded by their SeldonDeployments.
type diffMarkdown struct {
	out  io.Writer
	stat bool
	// models has the objects that differ.
	models map[string][]compare.Difference
}

func (m *diffMarkdown) object(d *compare.Difference) error {
	if !d.Differs() {
		return nil
	}
	if m.models == nil {
		m.models = map[string][]compare.Difference{}
	}
	kept := *d
	kept.FromText, kept.ToText = nil, nil
	m.models[d.Model] = append(m.models[d.Model], kept)
	return nil
}

func (m *diffMarkdown) end(_ context.Context, s *compare.Summary) error {
	var out strings.Builder
	summary := cmp.Or(s.String(), "no models")
	if len(m.models) == 0 {
		summary += "; no differences"
	}
	fmt.Fprintf(&out, "**%s**\n", markdownText(summary))
	verdicts := map[string]string{}
	for _, model := range s.Models() {
		verdicts[model.Name] = model.Verdict.String()
		if grown := model.Requests.String(); grown != "" {
			verdicts[model.Name] += "; requests " + grown
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.models)) {
		title := "other objects"
		if name != "" {
			title = name + ": " + verdicts[name]
		}
		fmt.Fprintf(&out, "\n<details>\n<summary>%s</summary>\n\n| object | verdict |\n|---|---|\n", markdownText(title))
		for i := range m.models[name] {
			d := &m.models[name][i]
			fmt.Fprintf(&out, "| %s | %s |\n", markdownText(diffName(d)), markdownText(diffVerdict(d)))
		}
		for _, d := range m.models[name] {
			if !m.stat {
				text := string(printable.Lines(d.Diff))
				fence := markdownFence(text)
				fmt.Fprintf(&out, "\n%sdiff\n%s%s\n", fence, text, fence)
			}
		}
		out.WriteString("\n</details>\n")
	}
	_, err := io.WriteString(m.out, out.String())
	return err
}

// markdownText returns a line of text that means nothing else in Markdown, in a
// cell of a table too.
func markdownText(text string) string {
	return strings.NewReplacer(
		"&", "&amp;", "<", "&lt;", ">", "&gt;", "\\", "&#92;", "`", "&#96;", "*", "&#42;", "|", "&#124;", "~", "&#126;",
		"@", "&#64;", "](", "&#93;(",
	).Replace(printable.Line(text))
}

// markdownFence returns a fence that the text has none of.
func markdownFence(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}
