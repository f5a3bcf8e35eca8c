package krm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/krm"
	"github.com/seldonctl/seldonctl/internal/run"
)

func TestFaultsOfTheFunctionConfigAreReportedAllAtOnce(t *testing.T) {
	t.Parallel()
	got := call(t, listOf(nil, `functionConfig:
  apiVersion: seldonctl.io/v1alpha1
  kind: SeldonRender
  metadata:
    name: render
  values: {}
  spec:
    seldonVersion: 1.30
    kubeVersion: [1]
    serverSideApply: "yes"
    valuesFile: values.yaml
    valuesFiles: values.yaml
    files: [a.yaml, 3]
    values: text
    deployments: [text]
    validate: true
`))
	var have []string
	for _, r := range got.list.Results {
		path := ""
		if r.Field != nil {
			path = r.Field.Path
		}
		message, _, _ := strings.Cut(r.Message, ";")
		have = append(have, r.Tags["code"]+" "+path+": "+message)
	}
	want := []string{
		`SDC110 values: unknown field "values"`,
		`SDC113 spec.seldonVersion: expected text, found a number`,
		`SDC113 spec.kubeVersion: expected text, found a list`,
		`SDC113 spec.serverSideApply: expected true or false, found text`,
		`SDC110 spec.valuesFile: unknown field "valuesFile"`,
		`SDC113 spec.valuesFiles: expected a list, found text`,
		`SDC113 spec.files[1]: expected text, found a number`,
		`SDC113 spec.values: expected a mapping, found text`,
		`SDC113 spec.deployments[0]: expected a mapping, found text`,
		`SDC113 spec.validate: expected text, found a boolean`,
	}
	if diff := cmp.Diff(want, have); diff != "" || got.code != 1 {
		t.Errorf("exit code %d (-want +got):\n%s", got.code, diff)
	}
}

func TestAnOptionMayNotBeGivenTwice(t *testing.T) {
	t.Parallel()
	var out, errOut strings.Builder
	code := krm.Function{}.Run(strings.NewReader(listOf(nil, configOf("strict: true\nstrict: true"))), &out, &errOut)
	if code != 1 || !strings.Contains(errOut.String(), `spec.strict: the key strict is given twice`) {
		t.Errorf("exit code %d, %s", code, errOut.String())
	}
}

func TestAConfigMapTakesTheSameOptionsAsText(t *testing.T) {
	t.Parallel()
	config := `functionConfig:
  apiVersion: v1
  kind: ConfigMap
  metadata:
    name: function-input
  data:
    seldonVersion: v1.18.2
    kubeVersion: "1.24"
    namespace: staging
    valuesFiles: one.yaml, two.yaml
    files: |
      iris.yaml
    values: |
      ambassador: {enabled: false}
    serverSideApply: "true"
    validate: warn
    strict: "false"
`
	model := strings.Replace(strings.Replace(modelIn("iris"), "  namespace: models\n", "", 1), "spec:", "wrong: 1\nspec:", 1)
	got := call(t, listOf(nil, config), "iris.yaml", model,
		"one.yaml", "executor: {image: {tag: one}}\nistio: {enabled: true}\n", "two.yaml", "executor: {image: {tag: two}}\n")
	if got.code != 0 {
		t.Fatalf("exit code %d: %s", got.code, got.stderr)
	}
	if o := got.list.named(t, "VirtualService", "iris"); o.Metadata.Namespace != "staging" {
		t.Errorf("namespace %s", o.Metadata.Namespace)
	}
	for _, want := range []string{"seldon-core-executor:two", "iris-default"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("there is no %s in\n%s", want, got.stdout)
		}
	}
	if !strings.Contains(got.stderr, "warning: iris.yaml: SeldonDeployment iris: wrong: unknown field") {
		t.Errorf("validate: warn has no effect: %s", got.stderr)
	}
}

func TestOptionsOfTheConfigurationWin(t *testing.T) {
	t.Parallel()
	files := []string{"file.yaml", "executor: {image: {tag: file}}\n", "flag.yaml", "executor: {image: {tag: flag}}\n"}
	for name, c := range map[string]struct {
		defaults krm.Config
		spec     string
		want     string
	}{
		"a flag alone":                  {krm.Config{Settings: run.Settings{ValuesFiles: []string{"flag.yaml"}}}, "{}", "seldon-core-executor:flag"},
		"a file over that of a flag":    {krm.Config{Settings: run.Settings{ValuesFiles: []string{"flag.yaml"}}}, "valuesFiles: [file.yaml]", "seldon-core-executor:file"},
		"values over files":             {krm.Config{}, "values: {executor: {image: {tag: inline}}}\nvaluesFiles: [file.yaml]", "seldon-core-executor:inline"},
		"a release over that of a flag": {krm.Config{Settings: run.Settings{SeldonVersion: "1.7.0"}}, "seldonVersion: 1.18.2", "seldon-core-executor:1.18.2"},
		"a release of a flag":           {krm.Config{Settings: run.Settings{SeldonVersion: "1.18.2"}}, "{}", "seldon-core-executor:1.18.2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := krm.Function{Defaults: c.defaults, ReadFile: func(name string) ([]byte, error) {
				for i := range files {
					if files[i] == name {
						return []byte(files[i+1]), nil
					}
				}
				panic(name)
			}}
			got := callWith(t, f, listOf([]string{modelIn("iris")}, configOf(c.spec)))
			if got.code != 0 || !strings.Contains(got.stdout, c.want+"\n") {
				t.Errorf("exit code %d, %s, no %s in\n%s", got.code, got.stderr, c.want, got.stdout)
			}
		})
	}
}

func TestFaultsOfValuesNameTheirPlace(t *testing.T) {
	t.Parallel()
	got := call(t, listOf([]string{modelIn("iris")}, configOf("values:\n  executer: {}\nvaluesFiles: [v/values.yaml]")), "v/values.yaml", "istio:\n  enabld: true\n")
	var have []string
	for line := range strings.SplitSeq(strings.TrimSpace(got.stderr), "\n") {
		head, _, _ := strings.Cut(line, ";")
		have = append(have, head)
	}
	want := []string{
		`warning: SeldonRender render: spec.values.executer: `,
		`warning: v/values.yaml: SeldonRender render: istio.enabld: `,
	}
	for i := range want {
		if len(have) != len(want) || !strings.HasPrefix(have[i], want[i]) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
		}
	}
}

// A number where text is needed is an error of models that need it, and a warning
// where none does.
func TestAFaultOfValuesIsToldOnce(t *testing.T) {
	t.Parallel()
	server := "implementation: SKLEARN_SERVER\n      modelUri: gs://seldon-models/iris\n"
	own := "type: MODEL\n    componentSpecs: [{spec: {containers: [{name: classifier, image: \"example.org/c:1\"}]}}]\n"
	for graph, code := range map[string]string{server: "SDC309", own: "SDC319"} {
		model := strings.Replace(modelIn("iris"), server, graph, 1)
		got := call(t, listOf([]string{model}, configOf("valuesFiles: [v/values.yaml]")), "v/values.yaml", "storageInitializer:\n  cpuLimit: 1\n")
		if strings.Count(got.stderr, "storageInitializer.cpuLimit") != 1 || !strings.Contains(got.stderr, code) {
			t.Errorf("got\n%s\nwant %s once", got.stderr, code)
		}
	}
}

func TestOtherKindsOfFunctionConfigAreRefused(t *testing.T) {
	t.Parallel()
	for config, want := range map[string]string{
		"{apiVersion: seldonctl.io/v1, kind: SeldonRender, metadata: {name: x}}": `unknown version of SeldonRender: "seldonctl.io/v1"`,
		"{apiVersion: v1, kind: Secret, metadata: {name: x}}":                    `unknown kind of functionConfig: "Secret"`,
		"text": `unknown kind of functionConfig: ""`,
		"{apiVersion: seldonctl.io/v1alpha1, kind: SeldonRender, spec: [a]}":                                              `spec: expected a mapping, found a list`,
		"{apiVersion: v1, kind: ConfigMap, data: {deployments: x}}":                                                       `data.deployments: must be given in a SeldonRender`,
		"{apiVersion: seldonctl.io/v1alpha1, kind: SeldonRender, spec: {disable: [SDC999]}}":                              `spec.disable: unknown finding code "SDC999"`,
		"{apiVersion: seldonctl.io/v1alpha1, kind: SeldonRender, spec: {kubeVersion: x}}":                                 `spec.kubeVersion: invalid Kubernetes version "x"`,
		"{apiVersion: seldonctl.io/v1alpha1, kind: SeldonRender, spec: {seldonVersion: 0.1.0}}":                           `spec.seldonVersion: unknown Seldon Core release "0.1.0": the nearest is 1.5.0`,
		"{apiVersion: machinelearning.seldon.io/v9, kind: SeldonDeployment, metadata: {name: x}, spec: {predictors: []}}": `unknown version machinelearning.seldon.io/v9 of SeldonDeployment`,
	} {
		got := call(t, listOf(nil, "functionConfig: "+config+"\n"))
		if got.code != 1 || !strings.Contains(got.stderr, want) {
			t.Errorf("%s: exit code %d\ngot  %s\nwant %s", config, got.code, got.stderr, want)
		}
	}
}

func TestDefaultsAreChecked(t *testing.T) {
	t.Parallel()
	if faults := (&krm.Config{Settings: run.Settings{SeldonVersion: "v1.7.0", Validate: "warn"}}).Check(); len(faults) > 0 {
		t.Error(faults)
	}
	faults := (&krm.Config{Settings: run.Settings{Validate: "perhaps", Namespace: "My NS"}}).Check()
	if len(faults) != 2 || faults[1].Option.Flag != "validate" || faults[1].Err.Error() != `must be strict, warn or ignore, not "perhaps"` {
		t.Errorf("%v", faults)
	}
}
