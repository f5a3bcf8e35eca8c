package krm_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// These tests run the function under the programs that it is made for, on the
// examples that are shipped. make peers builds them into bin.

// peer returns the path of a program, or skips the test.
func peer(t *testing.T, name string) string {
	t.Helper()
	variable := "SELDONCTL_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	if path := os.Getenv(variable); path != "" {
		return path
	}
	path, err := filepath.Abs(filepath.Join("..", "..", "bin", name))
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Skipf("there is no %s: name it in %s, or build it into bin with make peers", name, variable)
	}
	return path
}

// hosted runs a peer in a folder, with a program seldonctl on the path that is the
// function of this test.
func hosted(t *testing.T, folder, program string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	// A link, because a program that is being written while another test starts one
	// may not be run: "text file busy".
	if err := os.Symlink(self, filepath.Join(bin, functionName)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err = cmd.Run()
	return out.String(), errOut.String(), err
}

// example copies an example into a new folder.
func example(t *testing.T, name string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "..", "examples", name))); err != nil {
		t.Fatal(err)
	}
	return folder
}

// edit replaces a text in a file of a folder.
func edit(t *testing.T, folder, name, from, to string) {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("there is no %q in %s", from, name)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
}

// build runs kustomize build on a folder of the kustomize examples.
func build(t *testing.T, root, folder string) (stdout, stderr string, err error) {
	t.Helper()
	return buildWith(t, peer(t, "kustomize"), root, folder)
}

// buildWith is build with a certain kustomize.
func buildWith(t *testing.T, kustomize, root, folder string) (stdout, stderr string, err error) {
	t.Helper()
	return hosted(t, filepath.Join(root, filepath.FromSlash(folder)), kustomize, "build", "--enable-alpha-plugins", "--enable-exec", ".")
}

func TestKustomizeBuildsTheExamples(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"transformer", "component", "generator", "generator-files", "validate", "overlays/staging", "overlays/production"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			out, errOut, err := build(t, example(t, "kustomize"), folder)
			if err != nil || errOut != "" {
				t.Fatalf("%v: %s", err, errOut)
			}
			golden := filepath.Join("testdata", "kustomize-"+strings.ReplaceAll(folder, "/", "-")+".yaml")
			if *update {
				if err := os.WriteFile(golden, []byte(out), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(readFile(t, golden), out); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// TestTheOldestKustomizeBuildsTheExamples is what docs/krm.md says of versions:
// only arguments of the function need a newer kustomize.
func TestTheOldestKustomizeBuildsTheExamples(t *testing.T) {
	t.Parallel()
	oldest := peer(t, "kustomize-oldest")
	for _, folder := range []string{"transformer", "component", "generator-files", "validate", "overlays/staging", "overlays/production"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			out, errOut, err := buildWith(t, oldest, example(t, "kustomize"), folder)
			if err != nil || errOut != "" {
				t.Fatalf("%v: %s", err, errOut)
			}
			golden := filepath.Join("testdata", "kustomize-"+strings.ReplaceAll(folder, "/", "-")+".yaml")
			if diff := cmp.Diff(readFile(t, golden), out); diff != "" {
				t.Errorf("%s (-want +got):\n%s", golden, diff)
			}
		})
	}
	t.Run("not with arguments", func(t *testing.T) {
		t.Parallel()
		_, errOut, err := buildWith(t, oldest, example(t, "kustomize"), "generator")
		if err == nil || !strings.Contains(errOut, `unknown field "args"`) {
			t.Errorf("%v: %s", err, errOut)
		}
	})
}

// TestKustomizeRenamesWhatModelsReferTo builds a kustomization whose prefix, suffix
// and hash rename the ServiceAccount and the Secret before the function runs.
func TestKustomizeRenamesWhatModelsReferTo(t *testing.T) {
	t.Parallel()
	folder := writeFiles(t, map[string]string{
		"kustomization.yaml": `namePrefix: prod-
nameSuffix: -eu
namespace: prod
resources: [model.yaml, account.yaml]
secretGenerator:
- name: bucket
  literals: [awsAccessKeyID=a, awsSecretAccessKey=b]
transformers: [render.yaml]
`,
		"account.yaml": "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: reader}\nsecrets: [{name: bucket}]\n",
		"model.yaml":   strings.Replace(modelIn("iris"), "gs://", "s3://", 1) + "      serviceAccountName: reader\n",
		"render.yaml": `apiVersion: seldonctl.io/v1alpha1
kind: SeldonRender
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: "exec: {path: seldonctl}"
spec: {strict: true}
`,
	})
	for _, name := range []string{"kustomize", "kustomize-oldest"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, errOut, err := buildWith(t, peer(t, name), folder, ".")
			if err != nil || errOut != "" {
				t.Fatalf("%v: %s", err, errOut)
			}
			secret := regexp.MustCompile(`name: (prod-bucket-eu-\w+)\n`).FindStringSubmatch(out)
			if secret == nil {
				t.Fatalf("the Secret has no prefix, suffix and hash:\n%s", out)
			}
			variable := "        - name: AWS_SECRET_ACCESS_KEY\n          valueFrom:\n            secretKeyRef:\n              key: awsSecretAccessKey\n              name: " + secret[1] + "\n"
			if !strings.Contains(out, variable) {
				t.Errorf("the initializer has no credentials of %s:\n%s", secret[1], out)
			}
		})
	}
}

func TestKustomizeLeavesTheSeldonDeploymentOutOfItsOutput(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"transformer", "generator", "overlays/production"} {
		out, errOut, err := build(t, example(t, "kustomize"), folder)
		if err != nil || strings.Contains(out, "kind: SeldonDeployment") || !strings.Contains(out, "kind: Deployment") {
			t.Errorf("%s: %v, %s\n%s", folder, err, errOut, out)
		}
	}
}

func TestKustomizeShowsWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"transformer", "generator", "validate"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			root := example(t, "kustomize")
			edit(t, root, folder+"/model.yaml", "modelUri:", "modelURI:")
			out, errOut, err := build(t, root, folder)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || out != "" {
				t.Errorf("%v, %s", err, out)
			}
			want := `error: SeldonDeployment models/iris: spec.predictors[0].graph.modelURI: unknown field "modelURI"; did you mean modelUri?`
			if !strings.Contains(errOut, want) {
				t.Errorf("standard error lacks %s:\n%s", want, errOut)
			}
		})
	}
}

// TestKustomizeRefusesFunctionsAsValidators is why examples/kustomize/validate is
// a transformer (docs/krm.md): when this fails, it can be a validator.
func TestKustomizeRefusesFunctionsAsValidators(t *testing.T) {
	t.Parallel()
	root := example(t, "kustomize")
	edit(t, root, "validate/kustomization.yaml", "transformers:", "validators:")
	_, stderr, err := build(t, root, "validate")
	if err == nil || !strings.Contains(stderr, "validator shouldn't modify the resource map") {
		t.Errorf("error %v: %s", err, stderr)
	}
}

func TestKustomizeAppliesItsOwnSettingsToWhatIsGenerated(t *testing.T) {
	t.Parallel()
	root := example(t, "kustomize")
	edit(t, root, "generator/kustomization.yaml", "commonAnnotations:", "namespace: elsewhere\ncommonAnnotations:")
	out, errOut, err := build(t, root, "generator")
	if err != nil {
		t.Fatalf("%v: %s", err, errOut)
	}
	for want, n := range map[string]int{"namespace: elsewhere\n": 3, "image: registry.example.com/sklearnserver:1.7.0\n": 1} {
		if got := strings.Count(out, want); got < n {
			t.Errorf("%q is there %d times, not %d:\n%s", want, got, n, out)
		}
	}
}

// TestKustomizeChangesResourcesBeforeTheyAreRendered is why docs/krm.md puts what
// changes the result above the kustomization that renders.
func TestKustomizeChangesResourcesBeforeTheyAreRendered(t *testing.T) {
	t.Parallel()
	root := example(t, "kustomize")
	edit(t, root, "transformer/kustomization.yaml", "transformers:", `labels:
- pairs: {team: iris}
images:
- name: seldonio/sklearnserver
  newName: registry.example.com/sklearnserver
transformers:`)
	out, errOut, err := build(t, root, "transformer")
	if err != nil || strings.Contains(out, "team: iris") || strings.Contains(out, "registry.example.com") {
		t.Errorf("%v: %s\n%s", err, errOut, out)
	}
	edit(t, root, "transformer/kustomization.yaml", "transformers:", "replicas:\n- {name: iris-default-0-classifier, count: 3}\ntransformers:")
	if _, errOut, err = build(t, root, "transformer"); err == nil || !strings.Contains(errOut, "iris-default-0-classifier") {
		t.Errorf("%v: %s", err, errOut)
	}
}

func TestKustomizeWritesFilesOnceAndThenLeavesThem(t *testing.T) {
	t.Parallel()
	kustomize := peer(t, "kustomize")
	folder := example(t, "kpt")
	edit(t, folder, "render.yaml", "    config.kubernetes.io/local-config: \"true\"\n",
		"    config.kubernetes.io/local-config: \"true\"\n    config.kubernetes.io/function: |\n      exec:\n        path: seldonctl\n")
	twice(t, folder, func() (string, string, error) {
		return hosted(t, folder, kustomize, "fn", "run", ".", "--enable-exec")
	})
}

func TestKptEvalWritesFilesOnceAndThenLeavesThem(t *testing.T) {
	t.Parallel()
	kpt := peer(t, "kpt")
	folder := example(t, "kpt")
	twice(t, folder, func() (string, string, error) {
		return hosted(t, folder, kpt, "fn", "eval", "--exec", "seldonctl fn", "--", "seldonVersion=1.18.2")
	})
}

func TestKptRenderWritesFilesOnceAndThenLeavesThem(t *testing.T) {
	t.Parallel()
	kpt := peer(t, "kpt")
	folder := example(t, "kpt")
	twice(t, folder, func() (string, string, error) {
		return hosted(t, folder, kpt, "fn", "render", "--allow-exec")
	})
}

// twice runs a host that writes files two times: the first has to write what the
// model renders to, the second must not change a byte.
func twice(t *testing.T, folder string, host func() (stdout, stderr string, err error)) {
	t.Helper()
	before := readFiles(t, folder)
	if out, errOut, err := host(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, errOut)
	}
	first := readFiles(t, folder)
	if !strings.Contains(first["iris-rendered.yaml"], "kind: Deployment\n") {
		t.Fatalf("iris-rendered.yaml:\n%s", first["iris-rendered.yaml"])
	}
	if diff := cmp.Diff(before["credentials.yaml"], first["credentials.yaml"]); diff != "" {
		t.Errorf("credentials.yaml changed (-before +after):\n%s", diff)
	}
	if out, errOut, err := host(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, out, errOut)
	}
	if diff := cmp.Diff(first, readFiles(t, folder)); diff != "" {
		t.Errorf("the second run changed files (-first +second):\n%s", diff)
	}
}
