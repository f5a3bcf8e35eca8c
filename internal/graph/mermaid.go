package graph

import (
	"fmt"
	"slices"
	"strings"
)

// styles are how kinds of boxes look in Mermaid: colours that are read on light
// and dark pages.
func styles() []struct{ kinds, style string } {
	return []struct{ kinds, style string }{
		{"model", "fill:#dbeafe,stroke:#2563eb,color:#111"},
		{"router,combiner", "fill:#fef3c7,stroke:#d97706,color:#111"},
		{"transformer,output_transformer", "fill:#dcfce7,stroke:#16a34a,color:#111"},
		{"orchestrator", "fill:#ede9fe,stroke:#7c3aed,color:#111"},
		{"explainer", "fill:#fce7f3,stroke:#db2777,color:#111"},
		{"route,service,entry", "fill:#f1f5f9,stroke:#475569,color:#111"},
		{"init,sidecar,unit", "fill:#f8fafc,stroke:#94a3b8,color:#111"},
	}
}

// styleOf returns the style of a kind, that of a plain unit where it has none.
func styleOf(kind string) string {
	for _, s := range styles() {
		if slices.Contains(strings.Split(s.kinds, ","), kind) {
			return s.style
		}
	}
	return styleOf("unit")
}

// appendMermaid appends a flowchart for Mermaid.
func appendMermaid(out []byte, graphs []*Graph, level Level) []byte {
	f := newFlow(graphs, level)
	m := mermaid{out: append(out, "flowchart LR\n"...)}
	for _, frame := range f.frames {
		m.frame(frame, "  ")
	}
	for _, a := range f.arrows {
		line := "-->"
		if a.aside {
			line = "-.->"
		}
		if a.label != "" {
			line += "|" + mermaidText(a.label) + "|"
		}
		m.out = fmt.Appendf(m.out, "  %s %s %s\n", a.from.id, line, a.to.id)
	}
	for i, s := range styles() {
		var ids []string
		for _, b := range m.boxes {
			if styleOf(b.kind) == s.style {
				ids = append(ids, b.id)
			}
		}
		if len(ids) > 0 {
			m.out = fmt.Appendf(m.out, "  classDef c%d %s\n  class %s c%d\n", i, s.style, strings.Join(ids, ","), i)
		}
	}
	return m.out
}

type mermaid struct {
	out    []byte
	frames int
	boxes  []*box
}

func (m *mermaid) frame(f *frame, indent string) {
	m.out = fmt.Appendf(m.out, "%ssubgraph f%d[%s]\n", indent, m.frames, mermaidText(strings.Join(f.lines, ", ")))
	m.out = append(m.out, indent+"  direction LR\n"...)
	m.frames++
	for _, b := range f.boxes {
		opening, closing := "[", "]"
		switch b.kind {
		case "entry", "route":
			opening, closing = "([", "])"
		case "router", "combiner":
			opening, closing = "{{", "}}"
		}
		m.out = fmt.Appendf(m.out, "%s  %s%s%s%s\n", indent, b.id, opening, mermaidText(b.lines...), closing)
		m.boxes = append(m.boxes, b)
	}
	for _, inner := range f.frames {
		m.frame(inner, indent+"  ")
	}
	m.out = append(m.out, indent+"end\n"...)
}

// mermaidText returns lines as a label. Whatever means something to Mermaid, to
// Markdown or to HTML becomes the number of its character.
func mermaidText(lines ...string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i, line := range lines {
		if i > 0 {
			out.WriteString("<br/>")
		}
		for at, r := range line {
			// A list of Markdown begins with a dash, a plus or a number, a comment or
			// directive with two percent signs, wherever they stand.
			if strings.ContainsRune("\"#<>&`*_~|\\;", r) || at == 0 && strings.ContainsRune("-+0123456789", r) || strings.HasPrefix(line[at:], "%%") {
				fmt.Fprintf(&out, "#%d;", r)
				continue
			}
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
