package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/cli"
	"github.com/seldonctl/seldonctl/release"
)

// forReleases reports whether an example is for a release. Storage initializers
// read different addresses and credentials.
func forReleases(example string, rel *release.Release) bool {
	kfserving := rel.Storage.Flavour == release.KFServingInitializer
	switch example {
	case "models/azure-blob.yaml", "models/gcp-service-account.yaml", "credentials/aws/model.yaml", "credentials/azure/model.yaml",
		"credentials/gcp/model.yaml", "credentials/minio/model.yaml":
		return kfserving
	case "credentials/rclone/model.yaml":
		return !kfserving
	case "models/azure-blob-rclone.yaml":
		return rel.Storage.Principals == release.PrincipalsInVariables
	case "models/custom-initializer.yaml":
		return rel.Storage.UnitImage != release.UnitImageUnknown
	}
	return true
}

// TestExamples renders what is shipped under examples, as a new user would: for
// each release that it is for there is nothing to say about it.
func TestExamples(t *testing.T) {
	t.Parallel()
	env := exampleEnv(t)
	inputs := exampleInputs(t)
	if len(inputs) < 20 {
		t.Fatalf("only %d examples were found", len(inputs))
	}
	for _, name := range inputs {
		for _, rel := range release.All() {
			if forReleases(name, rel) {
				t.Run(name+" as "+rel.Version, func(t *testing.T) {
					t.Parallel()
					checkExample(t, rel, name, env)
				})
			}
		}
	}
}

// exampleInputs returns each file with a SeldonDeployment.
func exampleInputs(t *testing.T) []string {
	t.Helper()
	var inputs []string
	err := fs.WalkDir(os.DirFS(examples), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(examples, filepath.FromSlash(name)))
		if bytes.Contains(text, []byte("\nkind: SeldonDeployment\n")) {
			inputs = append(inputs, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

const examples = "../../examples"

// exampleEnv has the variables that declared credentials of examples come from.
func exampleEnv(t *testing.T) cli.Environment {
	t.Helper()
	const key = `{"type": "service_account", "project_id": "p", "private_key_id": "k", "private_key": "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
		"client_email": "models@p.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token"}`
	file := filepath.Join(t.TempDir(), "key.json")
	if err := os.WriteFile(file, []byte(key), 0o600); err != nil {
		t.Fatal(err)
	}
	variables := map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "hunter2", "AWS_REGION": "eu-west-1",
		"AZ_TENANT_ID": "t", "AZ_CLIENT_ID": "c", "AZ_CLIENT_SECRET": "hunter2", "AZ_SUBSCRIPTION_ID": "s",
		"MINIO_ACCESS_KEY": "models", "MINIO_SECRET_KEY": "hunter2", "GOOGLE_APPLICATION_CREDENTIALS": file,
	}
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

// exampleArgs are the flags for an example: values and what else stands beside it.
func exampleArgs(rel *release.Release, name string) []string {
	file := filepath.Join(examples, filepath.FromSlash(name))
	args := []string{"--seldon-version", rel.Version, "-f", file}
	for _, dir := range []string{filepath.Dir(file), filepath.Dir(filepath.Dir(file))} {
		if values := filepath.Join(dir, "values.yaml"); exists(values) {
			args = append(args, "--values", values)
		}
	}
	if beside := filepath.Join(filepath.Dir(file), "credentials.yaml"); exists(beside) {
		args = append(args, "-f", beside)
	}
	return args
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func checkExample(t *testing.T, rel *release.Release, name string, env cli.Environment) {
	t.Helper()
	args := exampleArgs(rel, name)
	out, talk, code := seldonctlIn(env, append([]string{"render", "--strict", "-o", "name"}, args...)...)
	if code != 0 || talk != "" {
		t.Fatalf("exit code %d: %s", code, talk)
	}
	if !strings.Contains(out, "deployment.apps/") || !strings.Contains(out, "service/") {
		t.Errorf("a model needs a Deployment and a Service, not just: %s", out)
	}
	out, talk, code = seldonctlIn(env, append([]string{"validate", "--strict"}, args...)...)
	if code != 0 || talk != "" || !strings.HasSuffix(out, "1 SeldonDeployment, no faults\n") {
		t.Errorf("exit code %d: %s%s", code, out, talk)
	}
}

// seldonctl runs a command line in this process, without variables.
func seldonctl(args ...string) (out, talk string, code int) {
	return seldonctlIn(func(string) (string, bool) { return "", false }, args...)
}

func seldonctlIn(env cli.Environment, args ...string) (out, talk string, code int) {
	var stdout, stderr bytes.Buffer
	code = cli.Main(context.Background(), args, env, cli.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	return stdout.String(), stderr.String(), code
}
