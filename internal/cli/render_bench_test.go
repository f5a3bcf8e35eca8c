package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"testing"

	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// fleet is what the whole-process comparison of tools/bench repeats.
const fleet = "../../testdata/fleet/manifests.yaml"

func readFleet(tb testing.TB) []byte {
	text, err := os.ReadFile(fleet)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// perManifest reports what a run costs for each of its manifests.
func perManifest(b *testing.B, manifests int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*manifests), "ns/manifest")
}

// BenchmarkRender is a whole run of seldonctl render, without the start of the
// process. What it costs to set up a run is in the one of a single manifest.
func BenchmarkRender(b *testing.B) {
	text := readFleet(b)
	first, _, _ := bytes.Cut(text, []byte("---\n"))
	for _, bb := range []struct {
		name  string
		input []byte
	}{{"one manifest", first}, {"fleet", text}} {
		b.Run(bb.name, func(b *testing.B) {
			env := func(string) (string, bool) { return "", false }
			var messages bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				streams := Streams{In: bytes.NewReader(bb.input), Out: io.Discard, Err: &messages}
				if code := Main(context.Background(), []string{"render", "-q"}, env, streams); code != 0 {
					b.Fatalf("exit code %d: %s", code, &messages)
				}
			}
			perManifest(b, 1+bytes.Count(bb.input, []byte("---\n")))
		})
	}
}

// BenchmarkStages takes the way of the fleet apart, on one core.
func BenchmarkStages(b *testing.B) {
	text := readFleet(b)
	decoder := source.NewDecoder(release.Default(), source.Warn)
	renderer, _ := render.New(render.Config{})
	format, err := manifest.NewFormat("yaml")
	if err != nil {
		b.Fatal(err)
	}
	read := func(use func(*source.Document)) {
		in := source.Open([]string{"-"}, source.Options{Stdin: bytes.NewReader(text)})
		for doc, fault := range in.Documents(b.Context()) {
			if fault != nil {
				b.Fatal(fault.Message)
			}
			use(doc)
		}
		if err := in.Close(); err != nil {
			b.Fatal(err)
		}
	}
	var deployments []*seldon.Deployment
	read(func(doc *source.Document) {
		sd, _, _ := decoder.Deployment(doc)
		deployments = append(deployments, sd)
	})
	var objects []manifest.Object
	for _, sd := range deployments {
		objects = append(objects, renderer.Render(render.Input{Deployment: sd, Known: true}).Objects...)
	}
	var buffer []byte
	for _, stage := range []struct {
		name string
		run  func()
	}{
		{"read", func() { read(func(*source.Document) {}) }},
		{"read and decode", func() {
			read(func(doc *source.Document) {
				decoder.Deployment(doc)
				decoder.Forget(doc)
			})
		}},
		{"render", func() {
			for _, sd := range deployments {
				renderer.Render(render.Input{Deployment: sd, Known: true})
			}
		}},
		{"encode", func() {
			for _, object := range objects {
				_, buffer, err = manifest.Encode(format, buffer[:0], object)
				if err != nil {
					b.Fatal(err)
				}
			}
		}},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stage.run()
			}
			perManifest(b, len(deployments))
		})
	}
}
