package graph

import (
	"fmt"
	"html"
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// Measures of the picture, in pixels. Text is in a font of equal widths, so that
// what fits into a box is known without a browser.
const (
	pictureWidth = 800
	margin       = 16
	gap          = 12
	padding      = 8
	lineHeight   = 16
	// column is where pods begin, right of the units.
	column = 400
	indent = 18
	// deepest is how many levels are indented.
	deepest = 9
)

const svgStyle = `<style>
svg{--page:#fff;--ink:#111827;--muted:#4b5563;--line:#94a3b8;--area:#f8fafc;--card:#fff;color-scheme:light dark;background:var(--page)}
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink)}
.b{font-weight:600}.m{fill:var(--muted)}.w{fill:#dc2626}.area{fill:var(--area);stroke:var(--line)}.card{fill:var(--card);stroke:var(--line)}
.arrow{fill:none;stroke:var(--muted)}.tie{fill:none;stroke:var(--line);stroke-dasharray:3 3}.head{fill:var(--muted)}
.model{fill:#2563eb}.router,.combiner{fill:#d97706}.transformer,.output_transformer{fill:#16a34a}.orchestrator{fill:#7c3aed}.explainer{fill:#db2777}.plain{fill:#94a3b8}
@media(prefers-color-scheme:dark){svg{--page:#0d1117;--ink:#e6edf3;--muted:#9ba7b4;--line:#3d4752;--area:#151b23;--card:#0d1117}
.w{fill:#f87171}.model{fill:#60a5fa}.router,.combiner{fill:#fbbf24}.transformer,.output_transformer{fill:#4ade80}.orchestrator{fill:#a78bfa}.explainer{fill:#f472b6}}
</style>
`

// appendSVG appends a picture that needs nothing else: units on the left, the
// pods that they become on the right.
func appendSVG(out []byte, graphs []*Graph, level Level) []byte {
	p := &picture{level: level}
	y := margin
	for _, g := range graphs {
		y = p.graph(g, y) + margin
	}
	var names []string
	for _, g := range graphs {
		names = append(names, g.id())
	}
	label := html.EscapeString(joined(", ", names...))
	out = fmt.Appendf(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n",
		pictureWidth, y, pictureWidth, y, label)
	out = append(out, svgStyle...)
	out = append(out, `<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>`+"\n"...)
	out = append(out, p.out...)
	return append(out, "</svg>\n"...)
}

type picture struct {
	out   []byte
	level Level
}

func (p *picture) addf(format string, args ...any) { p.out = fmt.Appendf(p.out, format, args...) }

// line is a line of text and its class.
type line struct{ class, text string }

// lines breaks texts into lines of a width in pixels.
func lines(width int, class string, texts ...string) []line {
	var out []line
	for _, text := range texts {
		if text == "" {
			continue
		}
		for _, part := range wrap(printable.Text(text), width*10/73) {
			out = append(out, line{class, part})
		}
	}
	return out
}

// text writes lines from the top and returns where they end.
func (p *picture) text(x, y int, lines []line) int {
	for _, l := range lines {
		p.addf(`<text x="%d" y="%d" class="%s" xml:space="preserve">%s</text>`+"\n", x, y+12, l.class, html.EscapeString(l.text))
		y += lineHeight
	}
	return y
}

func (p *picture) rect(class string, x, y, width, height int) {
	p.addf(`<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", class, x, y, width, height)
}

// graph draws a SeldonDeployment below y and returns where it ends.
func (p *picture) graph(g *Graph, y int) int {
	width := pictureWidth - 2*margin
	y = p.text(margin, y, lines(width, "b", "SeldonDeployment "+g.id())) + gap/2
	if p.level >= Network {
		for _, r := range g.Routes {
			text := lines(width-2*padding, "b", r.Title)
			text = append(text, lines(width-2*padding, "m", r.Via+g.targets(r))...)
			height := len(text)*lineHeight + 2*padding
			p.rect("card", margin, y, width, height)
			p.text(margin+padding, y+padding, text)
			y += height + gap/2
		}
	}
	for _, predictor := range g.Predictors {
		y = p.predictor(predictor, y+gap/2)
	}
	return y
}

// targets says where a route leads.
func (g *Graph) targets(r *Route) string {
	var out []string
	for _, t := range r.Targets {
		name := "Service " + t.Service
		if predictor, _ := g.to(t); predictor != nil {
			name = predictor.Name
		}
		out = append(out, joined(" ", t.Share, name))
	}
	if len(out) == 0 {
		return ""
	}
	return " → " + strings.Join(out, ", ")
}

// predictor draws a predictor below y and returns where it ends.
func (p *picture) predictor(predictor *Predictor, y int) int {
	// The frame lies behind what is in it, so it is drawn first.
	inner := &picture{level: p.level}
	top := y + padding
	top = inner.text(margin+padding, top, lines(pictureWidth-4*margin, "b", joined("  ", "predictor "+predictor.Name, predictor.Share))) + gap/2
	left := &side{picture: inner, y: top, width: pictureWidth - 2*margin - 2*padding, ends: map[*Container]end{}}
	bottom := top
	if p.level >= Pods {
		left.width = column - margin - 2*padding - gap
		if c := predictor.orchestrator(); c != nil {
			left.box(margin+padding, "orchestrator", "orchestrator", "", c)
		}
		bottom = inner.pods(predictor, top, left.ends)
	}
	left.unit(predictor.Root, 0)
	bottom = max(bottom, left.y)
	if p.level >= Network {
		for _, s := range predictor.Services {
			if len(s.Pods) == 0 {
				bottom = inner.text(margin+padding, bottom, lines(pictureWidth-4*margin, "w", "Service "+s.Name+" selects no pod"))
			}
		}
	}
	bottom += padding
	p.rect("area", margin, y, pictureWidth-2*margin, bottom-y)
	for _, tie := range left.ties {
		if to, ok := left.ends[tie.container]; ok {
			p.addf(`<path class="tie" d="M%d %dC%d %d %d %d %d %d"/>`+"\n", tie.x, tie.y, tie.x+gap, tie.y, to.x-gap, to.y, to.x, to.y)
		}
	}
	p.out = append(p.out, inner.out...)
	return bottom
}

// side is the column of units.
type side struct {
	*picture
	y, width int
	// last is the place of the box before, where the first unit's arrow begins.
	last *place
	// ends are where containers stand on the other side.
	ends map[*Container]end
	ties []tie
}

type place struct{ x, bottom int }

type end struct{ x, y int }

type tie struct {
	container *Container
	x, y      int
}

// box draws a box at x with an arrow from the box before, and moves on.
func (s *side) box(x int, kind, name, about string, c *Container) place {
	width := s.width - (x - margin - padding)
	text := lines(width-2*padding-6, "b", name)
	text = append(text, lines(width-2*padding-6, "m", about)...)
	height := len(text)*lineHeight + padding
	s.rect("card", x, s.y, width, height)
	s.addf(`<rect class="%s" x="%d" y="%d" width="5" height="%d" rx="2"/>`+"\n", stripe(kind), x, s.y, height)
	s.text(x+padding+6, s.y+padding/2, text)
	if s.last != nil {
		s.arrow(*s.last, x, s.y, height)
	}
	if c != nil {
		s.ties = append(s.ties, tie{c, x + width, s.y + height/2})
	}
	at := place{x, s.y + height}
	s.y += height + gap
	s.last = &at
	return at
}

// arrow draws the arrow from a box to one that begins at x and y: straight down,
// or around the corner.
func (s *side) arrow(from place, x, y, height int) {
	if x == from.x {
		s.addf(`<path class="arrow" marker-end="url(#a)" d="M%d %dV%d"/>`+"\n", from.x+24, from.bottom, y)
		return
	}
	s.addf(`<path class="arrow" marker-end="url(#a)" d="M%d %dV%dH%d"/>`+"\n", from.x+padding, from.bottom, y+height/2, x)
}

func (s *side) unit(u *Unit, depth int) {
	at := s.box(margin+padding+indent*min(depth, deepest), strings.ToLower(u.Type), u.Name, joined("  ", u.Type, u.Server), u.Container)
	if len(u.Children) > 1 {
		depth++
	}
	for i := range u.Children {
		s.last = &at
		s.unit(u.Children[i], depth)
	}
}

// stripe returns the class of a kind's colour.
func stripe(kind string) string {
	switch kind {
	case "model", "router", "combiner", "transformer", "output_transformer", "orchestrator", "explainer":
		return kind
	}
	return "plain"
}

// pods draws the pods of a predictor and returns where they end. It notes where
// containers stand.
func (p *picture) pods(predictor *Predictor, y int, ends map[*Container]end) int {
	width := pictureWidth - margin - padding - column
	kinds := map[*Container]string{}
	predictor.Root.kinds(kinds)
	for _, pod := range predictor.Pods {
		inner := &picture{}
		at := inner.text(column+padding, y+padding/2, append(lines(width-2*padding, "b", "Deployment "+pod.Name),
			lines(width-2*padding, "m", strings.Join(pod.Scale, ", "))...))
		for _, c := range pod.Containers {
			kind, known := kinds[c]
			if !known {
				kind = string(c.Role)
			}
			text := lines(width-2*padding-6, "b", c.Name)
			text = append(text, lines(width-2*padding-6, "m", joined(" ", string(c.Role)), c.Image, strings.Join(c.Ports, " "), strings.Join(c.Details, ", "))...)
			inner.addf(`<rect class="%s" x="%d" y="%d" width="3" height="%d"/>`+"\n", stripe(kind), column+padding, at+2, len(text)*lineHeight)
			ends[c] = end{column, at + lineHeight/2 + 2}
			at = inner.text(column+padding+8, at+2, text) + 2
		}
		if p.level >= Network {
			at = inner.services(predictor, pod, at)
		}
		p.rect("card", column, y, width, at+padding/2-y)
		p.out = append(p.out, inner.out...)
		y = at + padding/2 + gap
	}
	return y
}

// services names the Services that select a pod.
func (p *picture) services(predictor *Predictor, pod *Pod, y int) int {
	for _, s := range predictor.Services {
		for _, selected := range s.Pods {
			if selected == pod {
				y = p.text(column+padding, y, lines(pictureWidth-margin-3*padding-column, "m", "Service "+s.Name+" "+strings.Join(s.Ports, " ")))
			}
		}
	}
	return y
}

// kinds notes what the containers of units are.
func (u *Unit) kinds(of map[*Container]string) {
	if u.Container != nil {
		of[u.Container] = strings.ToLower(u.Type)
	}
	for _, child := range u.Children {
		child.kinds(of)
	}
}
