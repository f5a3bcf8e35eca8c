package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/cli"
	"github.com/seldonctl/seldonctl/release"
)

// expectedWarnings are the warnings about a shipped example. Where nothing stands
// there must be none.
func expectedWarnings(example string, rel *release.Release) []finding.Code {
	rclone := rel.Storage.Flavour == release.RcloneInitializer
	switch example {
	case "models/azure-blob.yaml", "models/azure-blob-rclone.yaml":
		// These are for one storage initializer, and the other cannot read the address.
		if rclone != strings.Contains(example, "rclone") {
			return []finding.Code{finding.InitializerScheme}
		}
	case "models/gcp-service-account.yaml":
		// rclone reads no key file.
		if rclone {
			return []finding.Code{finding.InitializerNoRemote}
		}
	case "pre-rendered/models/iris.yaml":
		// The Secret is in the cluster, and not in the repository.
		return []finding.Code{finding.SecretNotInInput}
	}
	return nil
}

// TestExamples renders what is shipped under examples, as a new user would.
func TestExamples(t *testing.T) {
	t.Parallel()
	inputs := exampleInputs(t)
	if len(inputs) < 10 {
		t.Fatalf("only %d examples were found", len(inputs))
	}
	for _, args := range inputs {
		for _, rel := range release.All() {
			t.Run(args[0]+" as "+rel.Version, func(t *testing.T) {
				t.Parallel()
				if args[0] == "models/custom-initializer.yaml" && rel.Storage.UnitImage == release.UnitImageUnknown {
					t.Skip("the release does not know initializers of units")
				}
				checkExample(t, rel, args)
			})
		}
	}
}

// exampleInputs returns each example's manifest and its values file, if it has
// one.
func exampleInputs(t *testing.T) [][]string {
	t.Helper()
	var inputs [][]string
	for _, pattern := range []string{"models/*.yaml", "canary-istio/model.yaml", "pre-rendered/models/*.yaml"} {
		names, err := filepath.Glob(filepath.Join(examples, filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("no examples at %s: %v", pattern, err)
		}
		for _, name := range names {
			rel, err := filepath.Rel(examples, name)
			if err != nil {
				t.Fatal(err)
			}
			inputs = append(inputs, []string{filepath.ToSlash(rel)})
		}
	}
	for i, args := range inputs {
		switch {
		case strings.HasPrefix(args[0], "canary-istio/"):
			inputs[i] = append(args, "canary-istio/values.yaml")
		case strings.HasPrefix(args[0], "pre-rendered/"):
			inputs[i] = append(args, "pre-rendered/values.yaml")
		}
	}
	return inputs
}

const examples = "../../examples"

func checkExample(t *testing.T, rel *release.Release, files []string) {
	t.Helper()
	args := []string{"--seldon-version", rel.Version, "-f", filepath.Join(examples, files[0])}
	if len(files) > 1 {
		args = append(args, "--values", filepath.Join(examples, files[1]))
	}
	out, talk, code := seldonctl(append([]string{"render", "-o", "name"}, args...)...)
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	if !strings.Contains(out, "deployment.apps/") || !strings.Contains(out, "service/") {
		t.Errorf("a model needs a Deployment and a Service, not just: %s", out)
	}

	expected := expectedWarnings(files[0], rel)
	out, talk, code = seldonctl(append([]string{"validate", "--strict", "-o", "json"}, args...)...)
	if passed := code == 0; passed != (len(expected) == 0) {
		t.Errorf("validate --strict: exit code %d, and %d warnings are expected", code, len(expected))
	}
	var report struct {
		Findings []struct {
			Code     finding.Code
			Severity string
			Message  string
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatalf("report: %v\n%s%s", err, out, talk)
	}
	var warned []finding.Code
	for _, f := range report.Findings {
		if f.Severity != finding.Note.String() {
			warned = append(warned, f.Code)
			t.Logf("warning %s: %s", f.Code, f.Message)
		}
	}
	slices.Sort(warned)
	if diff := cmp.Diff(expected, slices.Compact(warned)); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// seldonctl runs a command line in this process.
func seldonctl(args ...string) (out, talk string, code int) {
	var stdout, stderr bytes.Buffer
	noVariables := func(string) (string, bool) { return "", false }
	code = cli.Main(context.Background(), args, noVariables, cli.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	return stdout.String(), stderr.String(), code
}
