package main

import "testing"

// TestWorkGrowsWithTheInput doubles inputs that are large in one way each, and
// looks at what is allocated, which is the same on every machine: it must less
// than treble.
func TestWorkGrowsWithTheInput(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs every command on a hundred large inputs")
	}
	const size = 48 << 10
	for _, s := range shapes() {
		commands := []string{"validate", "render", "diff", "fn"}
		if s.values {
			commands = []string{"values", "render with values"}
		}
		n := size * 100 / len(s.make(100))
		small, large := s.make(n), s.make(2*n)
		for _, command := range commands {
			t.Run(s.name+"/"+command, func(t *testing.T) {
				if command == "fn" && !isOneObject(small) {
					t.Skip("several documents are several items")
				}
				before, after := runHostile(t, command, small).allocated, runHostile(t, command, large).allocated
				// What does not depend on the input is in both.
				if after > 3*before {
					t.Errorf("%d KiB allocated for %d KiB of input, %d KiB for %d", before>>10, len(small)>>10, after>>10, len(large)>>10)
				}
			})
		}
	}
}
