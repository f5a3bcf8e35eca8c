package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// flow is a graph as boxes in frames, joined by arrows, which is what Mermaid and
// Graphviz take.
type flow struct {
	frames []*frame
	arrows []arrow
	boxes  int
	// of says which box stands for a unit, container, Service or route.
	of map[any]*box
}

// frame holds boxes and other frames.
type frame struct {
	lines  []string
	kind   string
	boxes  []*box
	frames []*frame
}

type box struct {
	id string
	// kind is what it looks like: a unit's type in lower case, or a role.
	kind  string
	lines []string
}

type arrow struct {
	from, to *box
	label    string
	// aside is for what no request takes.
	aside bool
}

func newFlow(graphs []*Graph, level Level) *flow {
	f := &flow{of: map[any]*box{}}
	for _, g := range graphs {
		f.graph(g, level)
	}
	return f
}

func (f *flow) box(in *frame, of any, kind string, lines ...string) *box {
	b := &box{id: "n" + strconv.Itoa(f.boxes), kind: kind}
	f.boxes++
	for _, line := range lines {
		if line != "" {
			b.lines = append(b.lines, printable.Text(line))
		}
	}
	f.of[of] = b
	in.boxes = append(in.boxes, b)
	return b
}

func (f *flow) join(from, to *box, label string) {
	if from != nil && to != nil {
		f.arrows = append(f.arrows, arrow{from: from, to: to, label: label})
	}
}

func newFrame(kind string, lines ...string) *frame {
	out := &frame{kind: kind}
	for _, line := range lines {
		if line != "" {
			out.lines = append(out.lines, printable.Text(line))
		}
	}
	return out
}

func (f *flow) graph(g *Graph, level Level) {
	top := newFrame("deployment", "SeldonDeployment "+g.id())
	f.frames = append(f.frames, top)
	var entry *box
	if level < Network || len(g.Routes) == 0 {
		entry = f.box(top, g, "entry", "requests")
	}
	if level >= Network {
		for _, route := range g.Routes {
			f.box(top, route, "route", route.Title, route.Via)
		}
	}
	for _, p := range g.Predictors {
		first := f.predictor(top, p, level)
		if entry != nil {
			f.join(entry, first, p.Share)
		}
	}
	if level < Network {
		return
	}
	for _, route := range g.Routes {
		for _, target := range route.Targets {
			if _, s := g.to(target); s != nil {
				f.join(f.of[route], f.of[s], target.Share)
			}
		}
	}
}

// predictor draws a predictor and returns where requests come in.
func (f *flow) predictor(top *frame, p *Predictor, level Level) *box {
	in := newFrame("predictor", joined(" ", "predictor", p.Name), p.Share)
	top.frames = append(top.frames, in)
	var orchestrator *Container
	if level >= Pods {
		orchestrator = p.orchestrator()
		for _, pod := range p.Pods {
			f.pod(in, pod)
		}
	}
	f.units(in, p.Root)
	first := f.of[p.Root]
	if orchestrator != nil {
		f.join(f.of[orchestrator], first, "")
		first = f.of[orchestrator]
	}
	if level >= Network {
		for _, s := range p.Services {
			f.service(in, s, p, orchestrator)
		}
		if len(p.Services) > 0 {
			return f.of[p.entry(orchestrator)]
		}
	}
	return first
}

// entry returns the Service that requests to the predictor go to.
func (p *Predictor) entry(orchestrator *Container) *Service {
	for _, s := range p.Services {
		if orchestrator != nil && slices.Contains(s.Pods, orchestrator.pod) && p.Root.behind(s) == nil {
			return s
		}
	}
	return p.Services[0]
}

// behind returns the unit that a Service is for: it has a port of its container.
// Such a Service may select no pod, or another.
func (u *Unit) behind(s *Service) *Unit {
	if c := u.Container; c != nil && sharesPort(c, s) && (len(s.Pods) == 0 || slices.Contains(s.Pods, c.pod)) {
		return u
	}
	for _, child := range u.Children {
		if found := child.behind(s); found != nil {
			return found
		}
	}
	return nil
}

func sharesPort(c *Container, s *Service) bool {
	for _, a := range c.Ports {
		for _, b := range s.Ports {
			if a[strings.LastIndexByte(a, ':')+1:] == b[strings.LastIndexByte(b, ':')+1:] {
				return true
			}
		}
	}
	return false
}

func (f *flow) service(in *frame, s *Service, p *Predictor, orchestrator *Container) {
	b := f.box(in, s, "service", "Service "+s.Name, strings.Join(s.Ports, ", "))
	if len(s.Pods) == 0 {
		b.lines = append(b.lines, "selects no pod")
	}
	if u := p.Root.behind(s); u != nil {
		f.arrows = append(f.arrows, arrow{from: b, to: f.of[u], aside: orchestrator != nil})
		return
	}
	for _, pod := range s.Pods {
		for _, c := range pod.Containers {
			if c.Role == Orchestrator || c.Role == Explainer {
				f.join(b, f.of[c], "")
			}
		}
	}
}

func (f *flow) pod(in *frame, pod *Pod) {
	frame := newFrame("pod", "Deployment "+pod.Name, strings.Join(pod.Scale, ", "))
	in.frames = append(in.frames, frame)
	for _, c := range pod.Containers {
		f.box(frame, c, string(c.Role), c.Name, c.Image, strings.Join(slices.Concat(c.Ports, c.Details), ", "))
	}
	for _, c := range pod.Containers {
		if c.Role != Init {
			continue
		}
		for _, other := range pod.Containers {
			if strings.TrimSuffix(c.Name, "-model-initializer") == other.Name {
				f.arrows = append(f.arrows, arrow{from: f.of[c], to: f.of[other], label: "model", aside: true})
			}
		}
	}
}

// units draws the units that no container was drawn for, and their arrows.
func (f *flow) units(in *frame, u *Unit) {
	b := f.of[u.Container]
	if u.Container == nil || b == nil {
		b = f.box(in, u, "unit", u.Name, joined(" ", u.Type, u.Server))
	} else {
		b.lines = append([]string{b.lines[0], joined(" ", u.Type, u.Server)}, b.lines[1:]...)
	}
	f.of[u] = b
	if u.Type != "" {
		b.kind = strings.ToLower(u.Type)
	}
	for _, child := range u.Children {
		f.units(in, child)
		f.join(b, f.of[child], "")
	}
}
