package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestWorkGrowsWithTheInput doubles inputs that are large in one way each, and
// looks at the work, which is the same on every machine: it must less than treble.
// The work is what is allocated, or, with make growth, how many statements run.
func TestWorkGrowsWithTheInput(t *testing.T) {
	size := 48 << 10
	if testing.Short() {
		size /= 2
	}
	for _, s := range shapes() {
		commands := []string{"validate", "render", "diff", "a cluster", "fn"}
		switch {
		case s.values:
			commands = []string{"values", "render with values"}
		case testing.Short():
			commands = []string{"render"}
		}
		if testing.Short() && !s.basic {
			continue
		}
		n := size * 100 / len(s.make(100))
		none, small, large := s.make(1), s.make(n), s.make(2*n)
		for _, command := range commands {
			t.Run(s.name+"/"+command, func(t *testing.T) {
				if command == "fn" && !isOneObject(small) {
					t.Skip("several documents are several items")
				}
				fixed := workOf(t, command, none)
				before, after := workOf(t, command, small)-fixed, workOf(t, command, large)-fixed
				// The smallest differences are those of maps and garbage.
				if after > 3*before+1<<20 {
					t.Errorf("%d for %d KiB of input, %d for %d", before, len(small)>>10, after, len(large)>>10)
				}
			})
		}
	}
}

// workOf returns how much work it is to run a command of the table.
func workOf(t *testing.T, command, text string) int {
	t.Helper()
	counting := os.Getenv("SELDONCTL_COUNTING")
	if counting == "" {
		return int(runHostile(t, command, text).allocated)
	}
	args, in := hostileLine(t, command, text)
	dir := t.TempDir()
	cmd := exec.Command(counting, args...)
	cmd.Env = append(os.Environ(), "GOCOVERDIR="+dir)
	cmd.Stdin = strings.NewReader(in)
	// Findings are no failure.
	_ = cmd.Run()
	profile, err := exec.Command("go", "tool", "covdata", "textfmt", "-i="+dir, "-o=/dev/stdout").Output()
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	for line := range strings.Lines(string(profile)) {
		// FILE:BEGIN,END STATEMENTS COUNT
		var statements, count int
		if _, counts, ok := strings.Cut(line, " "); ok && !strings.HasPrefix(line, "mode:") {
			if _, err := fmt.Sscan(counts, &statements, &count); err != nil {
				t.Fatal(err)
			}
			steps += statements * count
		}
	}
	if steps == 0 {
		t.Fatalf("%s counts nothing: was it built with -cover?", counting)
	}
	return steps
}
