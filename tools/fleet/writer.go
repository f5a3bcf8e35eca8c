package fleet

import (
	"fmt"
	"math/rand/v2"
)

// writer writes one manifest and draws what it needs.
type writer struct {
	*rand.Rand
	text []byte
}

// line writes a line, two spaces a level.
func (w *writer) line(level int, format string, args ...any) {
	for range level {
		w.text = append(w.text, "  "...)
	}
	w.text = fmt.Appendf(w.text, format, args...)
	w.text = append(w.text, '\n')
}

// chance is true in so many of a hundred cases.
func (w *writer) chance(percent int) bool { return w.IntN(100) < percent }

// pick draws one of the choices.
func pick[T any](w *writer, choices []T) T { return choices[w.IntN(len(choices))] }

// kind draws an index into kinds by their weights.
func (w *writer) kind() int {
	total := 0
	for _, k := range kinds {
		total += k.weight
	}
	n := w.IntN(total)
	for i, k := range kinds {
		if n -= k.weight; n < 0 {
			return i
		}
	}
	return 0
}
