package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeShowsWhatIsRendered renders the first block of README.md: the lines of
// the second must be among what comes out, in their order.
func TestReadmeShowsWhatIsRendered(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(page), 2)
	if len(blocks) < 2 {
		t.Fatal("README.md does not show an input and an output")
	}
	file := filepath.Join(t.TempDir(), "model.yaml")
	if err := os.WriteFile(file, []byte(blocks[0][1]), 0o600); err != nil {
		t.Fatal(err)
	}
	out, talk, code := seldonctl("render", file)
	if code != 0 || talk != "" {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	for line := range strings.Lines(blocks[1][1]) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		_, rest, found := strings.Cut(out, "\n"+line)
		if !found {
			t.Fatalf("README.md shows a line that is not rendered, or not there: %s", line)
		}
		out = "\n" + rest
	}
}
