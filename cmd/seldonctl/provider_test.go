package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAProviderIsAFileAndALine adds a provider as CONTRIBUTING.md says, builds
// the program with it and runs every command.
func TestAProviderIsAFileAndALine(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program once more")
	}
	program := buildWithProvider(t)
	dir := t.TempDir()
	write(t, filepath.Join(dir, "model.yaml"), `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris, namespace: team}
spec:
  predictors:
  - name: p
    graph: {name: m, implementation: SKLEARN_SERVER, modelUri: "s3://b/m", envSecretRefName: models}
`)
	write(t, filepath.Join(dir, "values.yaml"), `
seldonctl:
  credentials:
  - {name: models, provider: shelf, fields: {ticket: {env: SHELF_TICKET}}}
`)
	for _, tt := range []struct{ args, want string }{
		{"--help", "secret"},
		{"secret --help", "Make a Secret for a shelf"},
		{"secret shelf --help", "seldonctl secret shelf models --ticket-file -"},
		{"secret shelf models --from-env --string-data -q", "SHELF_TICKET: the-ticket"},
		{"render -f model.yaml --values values.yaml", "name: models"},
		{"validate -f model.yaml --values values.yaml", ""},
		{"diff -f model.yaml --from 1.7.0 --to 1.7.0 --values values.yaml", ""},
		{"values --values values.yaml", "storageInitializer"},
		{"version", "seldonctl"},
		{"fn --help", "ResourceList"},
		{"completion bash", "seldonctl"},
		{"__complete secret ", "shelf"},
	} {
		cmd := exec.CommandContext(t.Context(), program, strings.Split(tt.args, " ")...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "SHELF_TICKET=the-ticket")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), tt.want) {
			t.Errorf("seldonctl %s: %v\n%s", tt.args, err, out)
		}
	}
}

// buildWithProvider builds the program with one more provider and leaves the
// files as they are.
func buildWithProvider(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	secrets, err := filepath.Abs("../../secrets")
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(secrets, "provider.go")
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	longer := strings.Replace(string(text), "[]*Provider{aws(),", "[]*Provider{shelf(), aws(),", 1)
	if longer == string(text) {
		t.Fatal("the list of providers is not where it was")
	}
	write(t, filepath.Join(dir, "provider.go"), longer)
	write(t, filepath.Join(dir, "shelf.go"), `package secrets

import "github.com/seldonctl/seldonctl/release"

func shelf() *Provider {
	return &Provider{
		Name: "shelf", Title: "a shelf",
		Example: "  # From standard input\n  seldonctl secret shelf models --ticket-file -",
		Fields:  []Field{{Name: "ticket", Variables: []string{"SHELF_TICKET"}, Usage: "ticket of the shelf", Sensitive: true}},
		Variants: []Variant{{
			Auth: authKeys, Reader: release.KFServingInitializer, Summary: "a ticket", Required: []string{"ticket"},
			build: func(d *draft) { d.set("SHELF_TICKET", "ticket") },
		}},
	}
}
`)
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		list:                               filepath.Join(dir, "provider.go"),
		filepath.Join(secrets, "shelf.go"): filepath.Join(dir, "shelf.go"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), string(overlay))
	program := filepath.Join(dir, "seldonctl")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, ".")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
