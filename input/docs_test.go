package input_test

import (
	"os"
	"strings"
	"testing"
)

// TestTheLibraryPageShowsCodeThatRuns looks for code on the page that is not that
// of the example.
func TestTheLibraryPageShowsCodeThatRuns(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/library.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```go\n")[1:]
	if len(blocks) == 0 {
		t.Error("docs/library.md shows no code")
	}
	for _, block := range blocks {
		code, _, _ := strings.Cut(block, "```")
		if !strings.Contains(string(example), code) {
			t.Errorf("docs/library.md shows code that is not in example_test.go, where it would run:\n%s", code)
		}
	}
}
