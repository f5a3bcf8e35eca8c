package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"testing"
)

// fleet is a part of the fleet that the whole-process comparison renders.
const fleet = "../../testdata/fleet/manifests.yaml"

// BenchmarkRender is a whole run of seldonctl render, without the start of the
// process. What it costs to set up a run is in the one of a single manifest.
func BenchmarkRender(b *testing.B) {
	text, err := os.ReadFile(fleet)
	if err != nil {
		b.Fatal(err)
	}
	first, _, _ := bytes.Cut(text, []byte("---\n"))
	for _, bb := range []struct {
		name  string
		input []byte
	}{{"one manifest", first}, {"fleet", text}} {
		b.Run(bb.name, func(b *testing.B) {
			manifests := 1 + bytes.Count(bb.input, []byte("---\n"))
			env := func(string) (string, bool) { return "", false }
			var messages bytes.Buffer
			b.ReportAllocs()
			for b.Loop() {
				streams := Streams{In: bytes.NewReader(bb.input), Out: io.Discard, Err: &messages}
				if code := Main(context.Background(), []string{"render"}, env, streams); code != 0 {
					b.Fatalf("exit code %d: %s", code, &messages)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*manifests), "ns/manifest")
		})
	}
}
