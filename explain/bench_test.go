package explain

import (
	"testing"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
)

// BenchmarkExplain explains a model.
func BenchmarkExplain(b *testing.B) {
	for c := range corpus.Cases(b, release.Default()) {
		if c.Name != "sklearn-seldon-rest" {
			continue
		}
		renderer, _ := render.New(c.Config)
		e := New(renderer)
		sd, locator, _ := c.Decoder.Deployment(c.Documents[0])
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := e.Explain(render.Input{Deployment: sd, Locator: locator}); err != nil {
				b.Fatal(err)
			}
		}
		return
	}
}
