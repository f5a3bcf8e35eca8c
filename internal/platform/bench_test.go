package platform_test

import (
	"context"
	"iter"
	"os"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// BenchmarkFleet renders a fleet, with a platform of ten rules and without.
func BenchmarkFleet(b *testing.B) {
	text, err := os.ReadFile("../../testdata/fleet/manifests.yaml")
	if err != nil {
		b.Fatal(err)
	}
	tenRules := rules(strings.Repeat(everything, 2) + strings.Repeat("  - {match: {names: ['fraud-*']}, defaults: {server: {resources: {requests: {cpu: 50m}}}}}\n", 8))
	for _, bb := range []struct{ name, file string }{{"without", ""}, {"ten rules", tenRules}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			config := run.Config{Release: release.Default(), Mode: source.Strict}
			config.Values, _ = values.Load(config.Release)
			if bb.file != "" {
				config.Platform = &platform.Platform{}
				if findings := config.Platform.Read("p.yaml", []byte(bb.file)); findings.HasErrors() {
					b.Fatal(findings)
				}
			}
			for b.Loop() {
				r, _ := run.New(context.Background(), func(context.Context) iter.Seq2[*source.Document, *finding.Finding] {
					return source.Text("fleet.yaml", text)
				}, config)
				var buffer []byte
				for o := range r.Outcomes(context.Background()) {
					for _, object := range o.Objects {
						_, rest, err := manifest.Encode(yamlFormat(b), buffer[:0], object)
						if err != nil {
							b.Fatal(err)
						}
						buffer = rest
					}
				}
			}
		})
	}
}

func yamlFormat(b *testing.B) manifest.Format {
	f, err := manifest.NewFormat("yaml")
	if err != nil {
		b.Fatal(err)
	}
	return f
}
