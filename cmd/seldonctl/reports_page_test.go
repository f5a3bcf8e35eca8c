package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// misspelt is the manifest that docs/reports.md shows reports of.
const misspelt = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris, namespace: models}
spec:
  predictors:
  - name: default
    graph:
      name: classifier
      modelUrl: gs://models/iris
      implementation: SKLEARN_SERVER
`

// TestDocsOfReportsShowWhatIsPrinted runs the program on the manifest of the page.
// Package finding compares the form for terminals, of the same finding.
func TestDocsOfReportsShowWhatIsPrinted(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "reports.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("models", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("models", "iris.yaml"), []byte(misspelt), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"text", "json", "github"} {
		out, talk, code := seldonctl("validate", "-f", "models", "-o", format)
		if code != 1 || talk != "" {
			t.Errorf("%s: exit code %d: %s", format, code, talk)
		}
		if !strings.Contains(string(page), "```\n"+out+"```\n") {
			t.Errorf("docs/reports.md does not show this %s report:\n%s", format, out)
		}
	}
}
