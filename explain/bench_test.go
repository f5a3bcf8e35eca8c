package explain

import (
	"testing"
	"time"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// BenchmarkExplain explains a model, and says how many times as long that takes as
// what it cannot do without: to render each change and to encode what comes of
// it.
func BenchmarkExplain(b *testing.B) {
	for c := range corpus.Cases(b, release.Default()) {
		if c.Name != "sklearn-seldon-rest" {
			continue
		}
		renderer, _ := render.New(c.Config)
		e := New(renderer)
		sd, locator, _ := c.Decoder.Deployment(c.Documents[0])
		in := render.Input{Deployment: sd, Locator: locator}
		needed := neededFor(b, e, in)
		b.ReportAllocs()
		var took, need time.Duration
		for b.Loop() {
			start := time.Now()
			if _, _, err := e.Explain(in); err != nil {
				b.Fatal(err)
			}
			took += time.Since(start)
			b.StopTimer()
			start = time.Now()
			for _, n := range needed {
				n.do(b)
			}
			need += time.Since(start)
			b.StartTimer()
		}
		b.ReportMetric(float64(len(needed)), "renders/op")
		b.ReportMetric(float64(took)/float64(need), "times-need")
		return
	}
}

// BenchmarkNeed does what BenchmarkExplain cannot do without.
func BenchmarkNeed(b *testing.B) {
	for c := range corpus.Cases(b, release.Default()) {
		if c.Name != "sklearn-seldon-rest" {
			continue
		}
		renderer, _ := render.New(c.Config)
		sd, locator, _ := c.Decoder.Deployment(c.Documents[0])
		needed := neededFor(b, New(renderer), render.Input{Deployment: sd, Locator: locator})
		b.ReportAllocs()
		for b.Loop() {
			for _, n := range needed {
				n.do(b)
			}
		}
		return
	}
}

// need is a render with one thing changed.
type need struct {
	renderer *render.Renderer
	changed  *seldon.Deployment
	buffer   []byte
}

func (n *need) do(b *testing.B) {
	for _, o := range n.renderer.Render(render.Input{Deployment: n.changed}).Objects {
		var err error
		if n.buffer, err = manifest.AppendCompactJSON(n.buffer[:0], o.Value.(manifest.Encodable)); err != nil {
			b.Fatal(err)
		}
	}
}

// neededFor returns the renders of a SeldonDeployment that explaining it takes.
func neededFor(b *testing.B, e *Explainer, in render.Input) []*need {
	b.Helper()
	result := e.renderer.Render(in)
	s, err := newStage(result.Objects)
	if err != nil {
		b.Fatal(err)
	}
	editor, err := newEditor(in.Deployment)
	if err != nil {
		b.Fatal(err)
	}
	var needed []*need
	add := func(a attempt) {
		n := &need{renderer: e.renderer, changed: in.Deployment}
		if a.renderer != nil {
			n.renderer = a.renderer()
		}
		if a.edit != nil {
			n.changed = a.edit()
		}
		if n.changed != nil {
			needed = append(needed, n)
		}
	}
	groups := append([]group{{changes: editor.changes}, {changes: e.referenceChanges(result.Uses)}}, e.settings...)
	for _, g := range groups {
		if g.probe != nil {
			add(*g.probe)
			if !s.matters(e, in, *g.probe) {
				continue
			}
		}
		for _, c := range g.changes {
			for _, a := range c.attempts {
				add(a)
				if s.try(e, in, c.source, a) {
					break
				}
			}
		}
	}
	return needed
}
