package graph

import (
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/manifest"
)

// Level says how much of a SeldonDeployment is drawn. Each level has what those
// before it have.
type Level int

// The levels: the inference graph alone, with the pods that it becomes, and with
// the Services and routes that lead there.
const (
	Units Level = iota + 1
	Pods
	Network
)

// branch is a line of the text tree with what is below it.
type branch struct {
	text  string
	below []*branch
}

func (b *branch) add(words ...string) *branch {
	next := &branch{text: joined("  ", words...)}
	b.below = append(b.below, next)
	return next
}

// joined joins the words that say something.
func joined(between string, words ...string) string {
	var out []string
	for _, w := range words {
		if w != "" {
			out = append(out, printable.Text(w))
		}
	}
	return strings.Join(out, between)
}

// appendText appends a graph as a tree for a terminal.
func appendText(out []byte, g *Graph, level Level) []byte {
	top := &branch{text: joined("  ", "SeldonDeployment "+g.id())}
	if level >= Network {
		for _, route := range g.Routes {
			b := top.add("route "+route.Title, "("+route.Via+")")
			for _, target := range route.Targets {
				p, s := g.to(target)
				switch {
				case p == nil:
					b.add(target.Share, "Service "+target.Service)
				default:
					b.add(target.Share, "predictor "+p.Name, "Service "+s.Name)
				}
			}
		}
	}
	for _, p := range g.Predictors {
		b := top.add("predictor "+p.Name, p.Share)
		b.unit(p.Root)
		if level >= Pods {
			for _, pod := range p.Pods {
				b.pod(pod)
			}
		}
		if level >= Network {
			for _, s := range p.Services {
				b.add("Service "+s.Name, strings.Join(s.Ports, ", "), s.selected())
			}
		}
	}
	out = append(out, top.text...)
	out = append(out, '\n')
	return top.appendBelow(out, "")
}

func (g *Graph) id() string { return manifest.ID{Namespace: g.Namespace, Name: g.Name}.Qualified() }

func (b *branch) unit(u *Unit) {
	next := b.add(u.Name, u.Type, u.Server)
	for _, child := range u.Children {
		next.unit(child)
	}
}

func (b *branch) pod(pod *Pod) {
	next := b.add("Deployment "+pod.Name, strings.Join(pod.Scale, ", "))
	for _, c := range pod.Containers {
		next.add(c.Name, string(c.Role), c.Image, strings.Join(c.Ports, ", "), strings.Join(c.Details, ", "))
	}
}

// selected names the pods behind a Service.
func (s *Service) selected() string {
	if len(s.Pods) == 0 {
		return "selects no pod"
	}
	names := make([]string, len(s.Pods))
	for i, pod := range s.Pods {
		names[i] = pod.Name
	}
	return "→ " + strings.Join(names, ", ")
}

func (b *branch) appendBelow(out []byte, indent string) []byte {
	for i, next := range b.below {
		line, rest := "├── ", "│   "
		if i == len(b.below)-1 {
			line, rest = "└── ", "    "
		}
		out = append(out, indent+line+next.text+"\n"...)
		out = next.appendBelow(out, indent+rest)
	}
	return out
}
