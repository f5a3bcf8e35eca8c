package graph

import (
	"fmt"
	"slices"
	"strings"
)

// appendDOT appends a directed graph for Graphviz.
func appendDOT(out []byte, graphs []*Graph, level Level) []byte {
	f := newFlow(graphs, level)
	d := dot{out: append(out, `digraph {
  rankdir=LR
  graph [fontname="Helvetica", fontsize=11, style="rounded", color="#94a3b8", labeljust=l]
  node [fontname="Helvetica", fontsize=10, shape=box, style="rounded,filled", fillcolor="#f8fafc", color="#94a3b8"]
  edge [fontname="Helvetica", fontsize=9, color="#475569"]
`...)}
	for _, frame := range f.frames {
		d.frame(frame, "  ")
	}
	for _, a := range f.arrows {
		style := ""
		if a.aside {
			style = ", style=dashed"
		}
		d.out = fmt.Appendf(d.out, "  %s -> %s [label=%s%s]\n", a.from.id, a.to.id, dotText("", a.label), style)
	}
	return append(d.out, "}\n"...)
}

type dot struct {
	out    []byte
	frames int
}

func (d *dot) frame(f *frame, indent string) {
	d.out = fmt.Appendf(d.out, "%ssubgraph cluster_%d {\n%s  label=%s\n", indent, d.frames, indent, dotText(`\l`, append(slices.Clone(f.lines), "")...))
	d.frames++
	for _, b := range f.boxes {
		fill, line := colours(b.kind)
		d.out = fmt.Appendf(d.out, "%s  %s [label=%s, fillcolor=%q, color=%q]\n", indent, b.id, dotText(`\n`, b.lines...), fill, line)
	}
	for _, inner := range f.frames {
		d.frame(inner, indent+"  ")
	}
	d.out = append(d.out, indent+"}\n"...)
}

// colours returns the colours of a kind's box and its border.
func colours(kind string) (fill, line string) {
	for part := range strings.SplitSeq(styleOf(kind), ",") {
		switch key, value, _ := strings.Cut(part, ":"); key {
		case "fill":
			fill = value
		case "stroke":
			line = value
		}
	}
	return fill, line
}

// dotText returns lines as a label, with what divides them. Backslashes are
// doubled, because Graphviz reads them in labels too, as it does entities of HTML.
func dotText(between string, lines ...string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = escape.Replace(line)
	}
	return `"` + strings.Join(escaped, between) + `"`
}
