// Package flux holds tests of Flux's own library for building a folder on what
// seldonctl renders. They are a module of their own, so that what they need is not
// needed by seldonctl.
package flux

import (
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// TestFluxBuildsARenderedFolder builds folders as Flux's controller does, with
// what can lie in one besides the objects.
func TestFluxBuildsARenderedFolder(t *testing.T) {
	for _, flags := range [][]string{nil, {"--record"}, {"--kustomization"}, {"--record", "--kustomization"}} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			folder := t.TempDir()
			args := append([]string{"run", "./cmd/seldonctl", "render", "-q", "-R", "-f", "examples/pre-rendered/models",
				"--values", "examples/pre-rendered/values.yaml", "--server-side-apply", "--output-dir", folder}, flags...)
			render := exec.Command("go", args...)
			render.Dir = filepath.Join("..", "..")
			if out, err := render.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			spec := unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
				"metadata": map[string]any{"name": "models", "namespace": "flux-system"},
				"spec":     map[string]any{"path": "./", "prune": true},
			}}
			if _, err := kustomize.NewGenerator(folder, spec).WriteFile(folder); err != nil {
				t.Fatal(err)
			}
			built, err := kustomize.SecureBuild(folder, folder, false)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range built.Resources() {
				got = append(got, r.GetKind()+" "+r.GetNamespace()+"/"+r.GetName())
			}
			slices.Sort(got)
			want := []string{"Deployment models/iris-default-0-classifier", "Service models/iris-default", "Service models/iris-default-classifier"}
			if !slices.Equal(got, want) {
				t.Errorf("built %q, not %q", got, want)
			}
		})
	}
}
