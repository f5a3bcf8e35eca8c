package spelling_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, a, b string
		want       int
	}{
		{"two empty words", "", "", 0},
		{"a word and nothing", "uri", "", 3},
		{"the same word", "modelUri", "modelUri", 0},
		{"a letter replaced", "modelUrl", "modelUri", 1},
		{"a letter too many", "modelUrii", "modelUri", 1},
		{"a letter left out", "modlUri", "modelUri", 1},
		{"neighbours that changed places", "grahp", "graph", 1},
		{"a letter between those that changed places", "abcd", "cbad", 2},
		{"other words", "kitten", "sitting", 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := spelling.Distance(tt.a, tt.b); got != tt.want {
				t.Errorf("Distance(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
			}
			if got := spelling.Distance(tt.b, tt.a); got != tt.want {
				t.Errorf("Distance(%q, %q) = %d, want %d", tt.b, tt.a, got, tt.want)
			}
		})
	}
}
