package output_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/manifest"
)

// BenchmarkSpool adds a thousand objects and writes them, in memory and by way of
// files.
func BenchmarkSpool(b *testing.B) {
	f, err := manifest.NewFormat("yaml")
	if err != nil {
		b.Fatal(err)
	}
	c := manifest.Chunk{Rank: manifest.RankOf("Deployment"), Data: bytes.Repeat([]byte("about as long as a line of YAML\n"), 300)}
	for _, limit := range []int{64 << 20, 1 << 20} {
		b.Run(fmt.Sprintf("%d MiB", limit>>20), func(b *testing.B) {
			b.SetBytes(int64(1000 * len(c.Data)))
			b.ReportAllocs()
			for b.Loop() {
				s := output.NewSpool(f, limit)
				for range 1000 {
					if err := s.Add(c); err != nil {
						b.Fatal(err)
					}
				}
				if err := s.Write(io.Discard); err != nil {
					b.Fatal(err)
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
