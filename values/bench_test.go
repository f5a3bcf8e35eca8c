package values_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

func BenchmarkLoad(b *testing.B) {
	for _, rel := range release.All() {
		b.Run(rel.Version, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, list := values.Load(rel); len(list) != 0 {
					b.Fatal(list)
				}
			}
		})
	}
}

func BenchmarkLoadFileAndFlag(b *testing.B) {
	rel := release.Default()
	file := defaultsFile(b, rel)
	b.ReportAllocs()
	for b.Loop() {
		if _, list := values.Load(rel, values.File("values.yaml", file), values.Set("--set", "executor.port=8001")); len(list) != 0 {
			b.Fatal(list)
		}
	}
}

func BenchmarkVariable(b *testing.B) {
	v, _ := values.Load(release.Default())
	b.ReportAllocs()
	for b.Loop() {
		v.Variable("EXECUTOR_SERVER_PORT")
	}
}
