package krm_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/krm"
)

func BenchmarkFunction(b *testing.B) {
	var items []string
	for i := range 100 {
		items = append(items, modelIn(fmt.Sprintf("model-%d", i)), strings.Replace(other, "mine", fmt.Sprintf("mine-%d", i), 1))
	}
	first := listOf(items)
	var again strings.Builder
	if code := (krm.Function{}).Run(strings.NewReader(first), &again, io.Discard); code != 0 {
		b.Fatal("exit code", code)
	}
	for name, input := range map[string]string{"first run": first, "second run": again.String()} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(input)))
			for b.Loop() {
				if code := (krm.Function{}).Run(strings.NewReader(input), io.Discard, io.Discard); code != 0 {
					b.Fatal("exit code", code)
				}
			}
		})
	}
}
