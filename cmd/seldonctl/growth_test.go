package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"runtime/coverage"
	"strings"
	"testing"
)

// TestWorkGrowsWithTheInput doubles inputs that are large in one way each, and
// looks at the work, which is the same on every machine: it must less than treble.
// The work is what is allocated, or, where the test is built with -covermode=atomic
// as make growth does, how often each statement runs.
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
				work := func(text string) int { return measure(t, func() hostileRun { return runHostile(t, command, text) }) }
				fixed := work(none)
				before, after := work(small)-fixed, work(large)-fixed
				// The smallest differences are those of maps and garbage.
				if after > 3*before+1<<20 {
					t.Errorf("%d for %d KiB of input, %d for %d", before, len(small)>>10, after, len(large)>>10)
				}
			})
		}
	}
}

// measure returns how much work it is to run a command.
func measure(t *testing.T, run func() hostileRun) int {
	t.Helper()
	if testing.CoverMode() != "atomic" {
		return int(run().allocated)
	}
	if err := coverage.ClearCounters(); err != nil {
		t.Fatal(err)
	}
	run()
	dir := t.TempDir()
	if err := coverage.WriteMetaDir(dir); err != nil {
		t.Fatal(err)
	}
	if err := coverage.WriteCountersDir(dir); err != nil {
		t.Fatal(err)
	}
	profile, err := exec.Command("go", "tool", "covdata", "textfmt", "-i="+dir, "-o=/dev/stdout").Output()
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	for lines := bufio.NewScanner(bytes.NewReader(profile)); lines.Scan(); {
		// FILE:BEGIN,END STATEMENTS COUNT
		var statements, count int
		if _, counts, ok := strings.Cut(lines.Text(), " "); ok {
			if _, err := fmt.Sscan(counts, &statements, &count); err != nil {
				t.Fatal(err)
			}
			steps += statements * count
		}
	}
	return steps
}
