package krm_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/fn/runtime/runtimeutil"
	"sigs.k8s.io/kustomize/kyaml/kio"

	"github.com/seldonctl/seldonctl/internal/krm"
)

// These tests run the function in the library that kustomize fn and kpt are made
// of: it reads the files of a folder, sets ids and places, checks what comes back,
// copies comments and writes the files.

// runInPlace runs the function once on the files of a folder.
func runInPlace(t *testing.T, folder string) error {
	t.Helper()
	host := &kio.LocalPackageReadWriter{PackagePath: folder, PreserveSeqIndent: true, MatchFilesGlob: []string{"*.yaml", "*.json", "Kptfile"}}
	items, err := host.Read()
	if err != nil {
		t.Fatal(err)
	}
	filter := &runtimeutil.FunctionFilter{Run: func(in io.Reader, out io.Writer) error {
		var errOut strings.Builder
		if (krm.Function{}).Run(in, out, &errOut) != 0 {
			return errors.New(errOut.String())
		}
		return nil
	}}
	config, err := kio.FromBytes([]byte("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: function-input}\ndata: {seldonVersion: 1.18.2}\n"))
	if err != nil {
		t.Fatal(err)
	}
	filter.FunctionConfig = config[0]
	items, err = filter.Filter(items)
	if err != nil {
		return err
	}
	return host.Write(items)
}

// writeFiles fills a new folder.
func writeFiles(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// readFiles returns the files of a folder.
func readFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		files[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// plainOther is what survives the library itself, which writes folded texts anew.
func plainOther() string { return strings.Replace(other, "  folded: >-\n    one two\n", "", 1) }

// packageFiles is a package with everything that hosts are particular about.
func packageFiles() map[string]string {
	return map[string]string{
		"Kptfile":          "apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: pkg # the package\n  annotations:\n    config.kubernetes.io/local-config: \"true\"\n",
		"others.yaml":      plainOther() + "---\n" + strings.Replace(plainOther(), "mine", "second", 1),
		"models/a.yaml":    "# two models\n" + modelIn("iris") + "---\n" + withCanary(modelIn("wine")),
		"models/b.json":    `{"apiVersion": "machinelearning.seldon.io/v1", "kind": "SeldonDeployment", "metadata": {"name": "json", "namespace": "models"}, "spec": {"predictors": [{"name": "default", "graph": {"name": "classifier", "implementation": "SKLEARN_SERVER", "modelUri": "gs://x/y"}}]}}` + "\n",
		"models/wide.yaml": "apiVersion: v1\nkind: Service\nmetadata:\n  name: wide\nspec:\n  ports:\n    - port: 80\n",
	}
}

func TestFilesOfAPackageAreWrittenOnceAndThenStay(t *testing.T) {
	t.Parallel()
	before := packageFiles()
	folder := writeFiles(t, before)
	if err := runInPlace(t, folder); err != nil {
		t.Fatal(err)
	}
	first := readFiles(t, folder)
	for _, name := range []string{"Kptfile", "others.yaml", "models/wide.yaml"} {
		if diff := cmp.Diff(before[name], first[name]); diff != "" {
			t.Errorf("%s (-before +after):\n%s", name, diff)
		}
	}
	for _, name := range []string{"models/a-rendered.yaml", "models/b-rendered.yaml"} {
		if !strings.Contains(first[name], "kind: Deployment\n") || strings.Contains(first[name], "config.kubernetes.io/path") {
			t.Errorf("%s:\n%s", name, first[name])
		}
	}
	if !strings.HasPrefix(first["models/a.yaml"], "# two models\n") || !strings.Contains(first["models/a.yaml"], localConfig+": 'true'") {
		t.Errorf("models/a.yaml:\n%s", first["models/a.yaml"])
	}
	if err := runInPlace(t, folder); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first, readFiles(t, folder)); diff != "" {
		t.Errorf("the second run changed files (-first +second):\n%s", diff)
	}
}

func TestFilesOfAPackageFollowTheirSource(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, packageFiles())
	if err := runInPlace(t, folder); err != nil {
		t.Fatal(err)
	}
	model := filepath.Join(folder, "models", "a.yaml")
	text, err := os.ReadFile(model)
	if err != nil {
		t.Fatal(err)
	}
	begin, _, _ := strings.Cut(strings.Replace(string(text), "    traffic: 90\n", "", 1), "  - name: canary")
	if err := os.WriteFile(model, []byte(begin), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := runInPlace(t, folder); err != nil {
		t.Fatal(err)
	}
	after := readFiles(t, folder)["models/a-rendered.yaml"]
	if strings.Contains(after, "wine-canary") || !strings.Contains(after, "wine-default") {
		t.Errorf("the canary is still there:\n%s", after)
	}
	if err := os.Remove(model); err != nil {
		t.Fatal(err)
	}
	if err := runInPlace(t, folder); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "models", "a-rendered.yaml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("what the models rendered to is still there: %v", err)
	}
}

func TestAFaultLeavesThePackageAndSaysWhy(t *testing.T) {
	t.Parallel()
	files := packageFiles()
	files["models/broken.yaml"] = brokenModel()
	folder := writeFiles(t, files)
	err := runInPlace(t, folder)
	if err == nil || !strings.Contains(err.Error(), "error: models/broken.yaml: SeldonDeployment models/broken: spec.predictors[0].graph.modelURI: unknown field") {
		t.Errorf("%v", err)
	}
	if diff := cmp.Diff(files, readFiles(t, folder)); diff != "" {
		t.Errorf("files changed (-before +after):\n%s", diff)
	}
}
