package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/e2e/storage/initializer"
)

// trial is a model with what it is fetched with, on the way from `seldonctl
// secret` to an init container.
type trial struct {
	env     *environment
	form    *form
	release string
	// dir has the trial's files.
	dir string

	// What the model says.
	URI, EnvSecret, Account string
	// Default is the Secret that the values name for all models.
	Default string
	// Label says that the pods have the label that Azure's webhook looks for.
	Label bool
	// Explainer says that the model has one that fetches the same.
	Explainer bool
	// secrets and accounts are in the input, and so in the cluster.
	secrets  []*corev1.Secret
	accounts []*corev1.ServiceAccount
	identity bool
	// want are the files that the model has.
	want map[string]string
}

const (
	namespace  = "models"
	secretName = "models"
)

// newTrial makes the Secret of a form, and refers to it as the note says that
// `seldonctl secret` writes, or with a default in the values.
func (env *environment) newTrial(ctx context.Context, f *form, release, dir string) (*trial, error) {
	t := &trial{env: env, form: f, release: release, dir: dir, URI: f.uri + "/iris/v1", identity: f.identity, want: env.model}
	if f.row == "" {
		return t, nil
	}
	for name, text := range f.files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	here := func(text string) string { return strings.ReplaceAll(text, "DIR/", dir+"/") }
	args := append(append([]string{"secret"}, strings.Fields(f.row)[0], secretName, "-n", namespace, "--string-data", "-v"), strings.Fields(f.row)[1:]...)
	for _, flag := range f.flags {
		args = append(args, here(flag))
	}
	variables := map[string]string{}
	for name, value := range f.variables {
		variables[name] = here(value)
	}
	if variables["AWS_SHARED_CREDENTIALS_FILE"] == "" && len(variables) > 0 {
		args = append(args, "--from-env")
	}
	stdout, stderr, code, err := t.seldonctl(ctx, variables, args...)
	if err != nil {
		return nil, err
	}
	if code != 0 {
		return nil, fmt.Errorf("seldonctl %s: exit code %d: %s", strings.Join(args, " "), code, stderr)
	}
	if err := t.take(stdout); err != nil {
		return nil, err
	}
	// The note, which -v shows, says what the model has to refer to.
	if match := regexp.MustCompile(`envSecretRefName: (\S+)`).FindSubmatch(stderr); match != nil {
		t.EnvSecret = string(match[1])
	}
	if match := regexp.MustCompile(`serviceAccountName: ([^\s,]+)`).FindSubmatch(stderr); match != nil {
		t.Account = string(match[1])
	}
	if t.EnvSecret == "" && t.Account == "" {
		return nil, fmt.Errorf("seldonctl %s: no note says how to use the Secret: %s", strings.Join(args, " "), stderr)
	}
	t.Label = bytes.Contains(stderr, []byte("azure.workload.identity/use"))
	return t, nil
}

// take reads what `seldonctl secret` wrote.
func (t *trial) take(text []byte) error {
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var head struct{ Kind string }
		if err := yaml.Unmarshal(document, &head); err != nil {
			return err
		}
		if head.Kind == "ServiceAccount" {
			account := &corev1.ServiceAccount{}
			if err := yaml.Unmarshal(document, account); err != nil {
				return err
			}
			t.accounts = append(t.accounts, account)
			continue
		}
		secret := &corev1.Secret{}
		if err := yaml.Unmarshal(document, secret); err != nil {
			return err
		}
		t.secrets = append(t.secrets, secret)
	}
	return nil
}

// seldonctl runs the program with some variables and without those of whoever
// runs the test.
func (t *trial) seldonctl(ctx context.Context, variables map[string]string, args ...string) (stdout, stderr []byte, code int, err error) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, t.env.seldonctl, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = t.dir, &out, &said
	cmd.Env = []string{"HOME=" + t.dir}
	for name, value := range variables {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	err = cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, nil, 0, err
	}
	return out.Bytes(), said.Bytes(), cmd.ProcessState.ExitCode(), nil
}

var manifest = template.Must(template.New("").Parse(`apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris, namespace: models}
spec:
  predictors:
  - name: main
{{- if .Label}}
    labels: {azure.workload.identity/use: "true"}
{{- end}}
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: {{.URI}}
{{- with .EnvSecret}}
      envSecretRefName: {{.}}
{{- end}}
{{- with .Account}}
      serviceAccountName: {{.}}
{{- end}}
{{- if .Explainer}}
    explainer:
      type: AnchorTabular
      modelUri: {{.URI}}
{{- with .EnvSecret}}
      envSecretRefName: {{.}}
{{- end}}
{{- with .Account}}
      serviceAccountName: {{.}}
{{- end}}
{{- end}}
`))

// write writes the input and returns the flags that name it.
func (t *trial) write() ([]string, error) {
	var text bytes.Buffer
	if err := manifest.Execute(&text, t); err != nil {
		return nil, err
	}
	for _, s := range t.secrets {
		s.APIVersion, s.Kind = "v1", "Secret"
		if err := add(&text, s); err != nil {
			return nil, err
		}
	}
	for _, a := range t.accounts {
		a.APIVersion, a.Kind = "v1", "ServiceAccount"
		if err := add(&text, a); err != nil {
			return nil, err
		}
	}
	input, values := filepath.Join(t.dir, "input.yaml"), filepath.Join(t.dir, "values.yaml")
	settings := ""
	if t.Default != "" {
		settings = "predictiveUnit: {defaultEnvSecretRefName: " + t.Default + "}\n"
	}
	return []string{"-f", input, "--values", values, "--seldon-version", t.release},
		errors.Join(os.WriteFile(input, text.Bytes(), 0o600), os.WriteFile(values, []byte(settings), 0o600))
}

func add(to *bytes.Buffer, object any) error {
	text, err := yaml.Marshal(object)
	to.WriteString("---\n")
	to.Write(text)
	return err
}

// outcome is what became of a trial.
type outcome struct {
	// fetched says that all init containers fetched the model; else why says why
	// not, and log what the program said.
	fetched  bool
	why, log string
	// codes are the findings about credentials that are errors or warnings.
	codes []string
	// runs is how many programs ran, and took how long.
	runs int
	took time.Duration
}

// credentials matches the codes of findings about what a model is fetched with.
var credentials = regexp.MustCompile(`^SDC6[0-3]`)

// run renders the model and lets its init containers fetch it.
func (t *trial) run(ctx context.Context) (*outcome, error) {
	flags, err := t.write()
	if err != nil {
		return nil, err
	}
	o := &outcome{}
	if o.codes, err = t.findings(ctx, flags); err != nil {
		return nil, err
	}
	stdout, stderr, code, err := t.seldonctl(ctx, nil, append([]string{"render"}, flags...)...)
	if err != nil {
		return nil, err
	}
	if code > 1 {
		return nil, fmt.Errorf("seldonctl render: exit code %d: %s", code, stderr)
	}
	if code == 1 {
		o.why = "is not rendered"
		return o, nil
	}
	found, err := initializer.Find(string(stdout), map[string]string{"claim": t.env.dir})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errors.New("no init container fetches the model")
	}
	for i := range found {
		if err := t.fetch(ctx, &found[i], filepath.Join(t.dir, fmt.Sprint("container-", i)), o); err != nil || o.why != "" {
			return o, err
		}
	}
	o.fetched = true
	return o, nil
}

// fetch runs one init container.
func (t *trial) fetch(ctx context.Context, c *initializer.Container, dir string, o *outcome) error {
	image, err := t.env.image(c.Image)
	if err != nil {
		return err
	}
	r, err := c.Run(ctx, image, t.env.machine(t.identity), dir)
	if err != nil {
		return err
	}
	o.runs++
	o.log = r.Log
	o.took += r.Took
	switch {
	case r.Reason != "":
		o.runs--
		o.why = "does not start: " + r.Reason
	case r.Code != 0:
		o.why = "fails"
	case len(r.Files) == 0:
		o.why = "succeeds and has nothing"
	case !maps.Equal(r.Files, t.want):
		o.why = "succeeds and has something else"
	}
	return nil
}

// findings returns the codes of errors and warnings about credentials.
func (t *trial) findings(ctx context.Context, flags []string) ([]string, error) {
	stdout, stderr, code, err := t.seldonctl(ctx, nil, append([]string{"validate", "-o", "json"}, flags...)...)
	if err != nil {
		return nil, err
	}
	var report struct {
		Findings []struct{ Code, Severity string }
	}
	if err := json.Unmarshal(stdout, &report); err != nil {
		return nil, fmt.Errorf("seldonctl validate: exit code %d: %s: %w", code, stderr, err)
	}
	var codes []string
	for _, f := range report.Findings {
		if f.Severity != "note" && credentials.MatchString(f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return codes, nil
}
