package architecture

import (
	"os"
	"strings"
	"testing"
)

// TestDependenciesHaveReasons looks for direct dependencies that ARCHITECTURE.md
// does not speak of.
func TestDependenciesHaveReasons(t *testing.T) {
	t.Parallel()
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(string(page), "\n")
	direct := 0
	for line := range strings.Lines(string(mod)) {
		path, rest, found := strings.Cut(strings.TrimSpace(line), " ")
		if !strings.HasPrefix(line, "\t") || !found || strings.Contains(rest, "// indirect") {
			continue
		}
		direct++
		if !hasRow(rows, path) {
			t.Errorf("ARCHITECTURE.md gives no reason for the dependency %s: add a row, or do without it", path)
		}
	}
	if direct == 0 {
		t.Error("go.mod has no direct dependency: it was not understood")
	}
}

// hasRow reports whether a table has a row about a module.
func hasRow(rows []string, path string) bool {
	for _, row := range rows {
		cell, _, _ := strings.Cut(strings.TrimPrefix(row, "|"), "|")
		for module := range strings.SplitSeq(cell, ",") {
			if strings.HasPrefix(row, "|") && strings.TrimSpace(module) == path {
				return true
			}
		}
	}
	return false
}
