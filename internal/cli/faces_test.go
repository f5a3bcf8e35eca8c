package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// These tests give the same input to the two faces of a render, the command line
// and the KRM function: they must find and make the same.

// face is what one of them answers.
type face struct {
	failed bool
	// findings are code: field: message, without places.
	findings []string
	// objects are those rendered, as JSON.
	objects []string
}

type faceCase struct {
	// input is a stream of documents, which are the items of the function.
	input string
	// args are flags that both have.
	args []string
	// codes are those that both must find, objects how many both must render.
	codes   []string
	objects int
	// usage says that the command line refuses to begin, with this message.
	usage string
}

const faceModel = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
spec:
  predictors:
  - name: main
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: gs://models/iris
`

// TestBothFacesAnswerAlike is not parallel: files are named in the folder that
// the process is in.
func TestBothFacesAnswerAlike(t *testing.T) {
	replace := func(from, to string) string {
		if !strings.Contains(faceModel, from) {
			t.Fatalf("the model lacks %q", from)
		}
		return strings.Replace(faceModel, from, to, 1)
	}
	folder := t.TempDir()
	for name, text := range map[string]string{
		"a,b.yaml": "istio: {enabled: true}\n", "wrong.yaml": "istio: [1]\n",
		"operator.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: seldon-controller-manager}\n" +
			"spec: {template: {spec: {containers: [{name: manager, image: 'seldonio/seldon-core-operator:1.18.2'," +
			" env: [{name: EXECUTOR_CONTAINER_IMAGE_AND_VERSION, value: 'seldonio/seldon-core-executor:own'}]}]}}}\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	account := "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bucket, namespace: default}\nsecrets: [{name: keys}]\n"
	for name, c := range map[string]faceCase{
		"a model":                           {input: faceModel, objects: 3},
		"a model that refers to an account": {input: faceModel + "      serviceAccountName: bucket\n---\n" + account, objects: 3},
		"a list where a text belongs":       {input: replace("SKLEARN_SERVER", "[SKLEARN_SERVER]"), codes: []string{"SDC113"}},
		"a misspelt field":                  {input: replace("modelUri", "modelUrl"), codes: []string{"SDC110"}},
		"faults of several kinds":           {input: replace("  predictors:", "  protocol: v9\n  predictors:") + "      type: [MODEL]\n", codes: []string{"SDC201", "SDC113"}},
		"a code in small letters":           {input: faceModel, args: []string{"--disable", "sdc447"}, objects: 3},
		"a code that is unknown":            {input: faceModel, args: []string{"--disable", "SDC999"}, usage: `unknown finding code "SDC999"`},
		"a namespace that cannot be":        {input: faceModel, args: []string{"--namespace", "My NS"}, usage: `invalid namespace "My NS"`},
		"a namespace":                       {input: faceModel, args: []string{"--namespace", "models"}, objects: 3},
		"a cluster that cannot be":          {input: faceModel, args: []string{"--kube-version", "new"}, usage: `"new"`},
		"a mode that is unknown":            {input: faceModel, args: []string{"--validate=perhaps"}, usage: `"perhaps"`},
		"a values file with a comma":        {input: faceModel, args: []string{"--values", "a,b.yaml"}, objects: 6},
		"a running operator":                {input: faceModel, args: []string{"--operator", "operator.yaml"}, objects: 3},
		"an operator of another release":    {input: faceModel, args: []string{"--operator", "operator.yaml", "--seldon-version", "1.18.1"}, codes: []string{"SDC724"}, objects: 3},
		"values and a model that are wrong": {input: replace("modelUri", "modelUrl"), args: []string{"--values", "wrong.yaml"}, codes: []string{"SDC308", "SDC110"}},
		"one model twice":                   {input: faceModel + "---\n" + faceModel, codes: []string{"SDC722"}},
		"one object of two models":          {input: faceModel + "---\n" + strings.Replace(replace("name: iris", "name: wine"), "  - name: main\n", "  - name: main\n    annotations: {seldon.io/svc-name: iris-main}\n", 1), codes: []string{"SDC722"}},
		"a model without a kind":            {input: replace("kind: SeldonDeployment\n", ""), codes: []string{"SDC106"}},
		"a kind that is unknown":            {input: replace("kind: SeldonDeployment\n", "kind: SeldonModel\n"), codes: []string{"SDC107"}},
		"a list whose items leave out their kind": {
			input:   "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeploymentList\nitems:\n" + indentItem(strings.Join(strings.SplitAfter(faceModel, "\n")[2:], "")),
			objects: 3,
		},
		"strict": {input: faceModel + "      serviceAccountName: bucket\n", args: []string{"--strict"}, codes: []string{"SDC632"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(folder)
			if c.usage != "" {
				c.refused(t)
				return
			}
			render, function := c.render(t), c.function(t)
			if diff := cmp.Diff(render, function, cmp.AllowUnexported(face{})); diff != "" {
				t.Errorf("seldonctl render and seldonctl fn differ (-render +fn):\n%s", diff)
			}
			if len(function.objects) != c.objects {
				t.Errorf("%d objects, want %d", len(function.objects), c.objects)
			}
			for _, code := range c.codes {
				if !slices.ContainsFunc(function.findings, func(f string) bool { return strings.HasPrefix(f, code) }) {
					t.Errorf("no %s in %q", code, function.findings)
				}
			}
		})
	}
}

func indentItem(text string) string {
	return "- " + strings.TrimSuffix(strings.ReplaceAll(text, "\n", "\n  "), "  ")
}

// refused checks that both refuse an option with the same words.
func (c faceCase) refused(t *testing.T) {
	t.Helper()
	code, _, stderr := run(c.input, append([]string{"render"}, c.args...)...)
	if code != 2 || !strings.Contains(stderr, c.usage) {
		t.Errorf("render: exit code %d: %s", code, stderr)
	}
	code, _, stderr = run(c.list(t), append([]string{"fn"}, c.args...)...)
	if code == 0 || !strings.Contains(stderr, c.usage) {
		t.Errorf("fn: exit code %d: %s", code, stderr)
	}
}

func (c faceCase) render(t *testing.T) face {
	t.Helper()
	code, stdout, _ := run(c.input, append([]string{"validate", "-o", "json"}, c.args...)...)
	f := face{failed: code != 0}
	var report struct {
		Findings []struct{ Code, Path, Message, Hint, Severity string }
	}
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	for _, r := range report.Findings {
		if r.Severity != "note" {
			f.find(r.Code, r.Path, r.Message+"; "+r.Hint)
		}
	}
	args := append([]string{"render", "-o", "json", "--only-rendered", "--keep-going"}, c.args...)
	if f.failed {
		return f
	}
	_, stdout, _ = run(c.input, args...)
	var list struct{ Items []map[string]any }
	if err := json.Unmarshal([]byte(stdout), &list); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	f.make(t, list.Items)
	return f
}

func (c faceCase) function(t *testing.T) face {
	t.Helper()
	code, stdout, _ := run(c.list(t), append([]string{"fn"}, c.args...)...)
	f := face{failed: code != 0}
	var list struct {
		Items   []map[string]any
		Results []struct {
			Message string
			Field   struct{ Path string }
			Tags    struct{ Code string }
		}
	}
	if err := yaml.Unmarshal([]byte(stdout), &list); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	for _, r := range list.Results {
		f.find(r.Tags.Code, r.Field.Path, r.Message)
	}
	var rendered []map[string]any
	for _, item := range list.Items {
		metadata, _ := item["metadata"].(map[string]any)
		annotations, _ := metadata["annotations"].(map[string]any)
		if _, ok := annotations["seldonctl.io/generated-by"]; !ok {
			continue
		}
		if delete(annotations, "seldonctl.io/generated-by"); len(annotations) == 0 {
			delete(metadata, "annotations")
		}
		rendered = append(rendered, item)
	}
	f.make(t, rendered)
	return f
}

// list returns the input as a ResourceList.
func (c faceCase) list(t *testing.T) string {
	t.Helper()
	var list strings.Builder
	list.WriteString("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n")
	for doc := range strings.SplitSeq(c.input, "---\n") {
		list.WriteString(indentItem(doc))
	}
	return list.String()
}

// place matches places and names of options, which the faces say in their ways.
var place = regexp.MustCompile(` by (the document at )?[^\s;]+| \(line \d+\)| \((--)?[a-zA-Z-]+\)$`)

func (f *face) find(code, path, message string) {
	message = strings.TrimSuffix(message, "; ")
	message = strings.TrimSpace(place.ReplaceAllString(message, ""))
	if path != "" {
		message = path + ": " + message
	}
	f.findings = append(f.findings, code+": "+message)
	slices.Sort(f.findings)
}

func (f *face) make(t *testing.T, objects []map[string]any) {
	t.Helper()
	for _, o := range objects {
		text, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		f.objects = append(f.objects, string(text))
	}
	slices.Sort(f.objects)
}
