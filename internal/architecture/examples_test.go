package architecture

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublicPackagesHaveExamples looks for packages that users can import and
// that have no example.
func TestPublicPackagesHaveExamples(t *testing.T) {
	t.Parallel()
	for _, l := range layers {
		if strings.HasPrefix(l.pkg, "internal/") || strings.HasPrefix(l.pkg, "cmd/") {
			continue
		}
		text, err := os.ReadFile(filepath.Join("..", "..", l.pkg, "example_test.go"))
		if err != nil || !bytes.Contains(text, []byte("\nfunc Example")) || !bytes.Contains(text, []byte("// Output:")) {
			t.Errorf("package %s has no example that runs: write one in example_test.go (%v)", l.pkg, err)
		}
	}
}
