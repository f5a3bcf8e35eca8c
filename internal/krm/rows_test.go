package krm_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/krm"
)

// The tests of this file are named after the rows of the tables of docs/krm.md, 3:
// what the specification of KRM functions demands, and what hosts really do.

func fromJSON(t *testing.T, from, to any) {
	t.Helper()
	text, err := json.Marshal(from)
	if err == nil {
		err = json.Unmarshal(text, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}

const localConfig = "config.kubernetes.io/local-config"

// place returns the annotations for an item of a file, in the styles named.
func place(path, index string, styles ...string) []string {
	var out []string
	for _, style := range styles {
		out = append(out, style+"/path: '"+path+"'", style+"/index: '"+index+"'")
	}
	return out
}

const (
	internalStyle = "internal.config.kubernetes.io"
	legacyStyle   = "config.kubernetes.io"
)

func TestRow1_1StdoutHoldsAResourceListAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, input := range map[string]string{
		"for a good list":          listOf([]string{modelIn("iris")}),
		"for a broken model":       listOf([]string{brokenModel()}),
		"for no list at all":       modelIn("iris"),
		"for an empty input":       "",
		"for text that is no YAML": "a: [",
		"for several documents":    listOf(nil) + "---\n" + listOf(nil),
		"for a bad config":         listOf(nil, "functionConfig: {kind: Other}\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call(t, input) // decodes standard output, and fails for anything else
		})
	}
}

func TestRow1_2EveryVersionIsAnsweredInKind(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"v1", "v1beta1", "v1alpha1"} {
		t.Run(version, func(t *testing.T) {
			t.Parallel()
			input := strings.Replace(listOf([]string{modelIn("iris")}), "config.kubernetes.io/v1", "config.kubernetes.io/"+version, 1)
			got := call(t, input)
			if got.code != 0 || got.list.APIVersion != "config.kubernetes.io/"+version || len(got.list.Items) != 4 {
				t.Errorf("exit code %d, %s, %v", got.code, got.list.APIVersion, got.list.ids())
			}
		})
	}
	t.Run("unknown versions are refused", func(t *testing.T) {
		t.Parallel()
		got := call(t, strings.Replace(listOf(nil), "config.kubernetes.io/v1", "config.kubernetes.io/v9", 1))
		if got.code != 1 || !strings.Contains(got.stderr, `unknown version "config.kubernetes.io/v9" of ResourceList`) {
			t.Errorf("exit code %d, %s", got.code, got.stderr)
		}
	})
	t.Run("JSON is read as well as YAML", func(t *testing.T) {
		t.Parallel()
		asYAML := call(t, listOf([]string{modelIn("iris")}))
		var model any
		fromJSON(t, parseYAML(t, modelIn("iris")), &model)
		text, err := json.Marshal(map[string]any{"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": []any{model}})
		if err != nil {
			t.Fatal(err)
		}
		got := call(t, string(text))
		if diff := cmp.Diff(asYAML.list, got.list); diff != "" || got.code != 0 {
			t.Errorf("exit code %d, from YAML and from JSON (-,+):\n%s", got.code, diff)
		}
	})
	t.Run("items may be missing", func(t *testing.T) {
		t.Parallel()
		got := call(t, "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"+configOf("deployments:\n"+asItem(modelIn("iris"))))
		if got.code != 0 || len(got.list.Items) != 3 {
			t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
		}
	})
}

func TestRow1_3FaultsAreOnStderrAndInTheExitCode(t *testing.T) {
	t.Parallel()
	if got := call(t, listOf([]string{modelIn("iris")})); got.code != 0 || got.stderr != "" {
		t.Errorf("for a good list: exit code %d, %q", got.code, got.stderr)
	}
	if got := call(t, listOf([]string{brokenModel()})); got.code != 1 || got.stderr == "" {
		t.Errorf("for a broken model: exit code %d, %q", got.code, got.stderr)
	}
}

func TestRow1_4ResultsHaveTheFieldsOfTheSpecification(t *testing.T) {
	t.Parallel()
	model := brokenModel(place("models/a.yaml", "2", internalStyle)...)
	got := call(t, listOf([]string{other, model}))
	if len(got.list.Results) == 0 {
		t.Fatal("there is no result")
	}
	var want result
	fromJSON(t, map[string]any{
		"message":     `unknown field "modelURI"; did you mean modelUri? capitals count`,
		"severity":    "error",
		"resourceRef": map[string]any{"apiVersion": "machinelearning.seldon.io/v1", "kind": "SeldonDeployment", "namespace": "models", "name": "broken"},
		"field":       map[string]any{"path": "spec.predictors[0].graph.modelURI"},
		"file":        map[string]any{"path": "models/a.yaml", "index": 2},
		"tags":        map[string]any{"code": "SDC110"},
	}, &want)
	if diff := cmp.Diff(want, got.list.Results[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	t.Run("a field comes only with a resource", func(t *testing.T) {
		t.Parallel()
		got := call(t, listOf(nil, "functionConfig:\n  apiVersion: seldonctl.io/v1alpha1\n  kind: SeldonRender\n  spec: {wrong: 1}\n"))
		for _, r := range got.list.Results {
			if r.ResourceRef != nil || r.Field != nil || !strings.HasPrefix(r.Message, "spec.wrong: ") {
				t.Errorf("%+v", r)
			}
		}
	})
}

func TestRow1_5ReservedAnnotationsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	reserved := []string{
		"internal.config.kubernetes.io/path: 'a.yaml'", "internal.config.kubernetes.io/index: '3'",
		"internal.config.kubernetes.io/seqindent: 'compact'", "internal.config.kubernetes.io/anything: 'x'",
	}
	got := call(t, listOf([]string{modelIn("iris", reserved...)}))
	want := map[string]string{
		"internal.config.kubernetes.io/path": "a.yaml", "internal.config.kubernetes.io/index": "3",
		"internal.config.kubernetes.io/seqindent": "compact", "internal.config.kubernetes.io/anything": "x",
		localConfig: "true",
	}
	if diff := cmp.Diff(want, got.list.Items[0].Metadata.Annotations); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRow1_7CommentsAndOrderSurvive(t *testing.T) {
	t.Parallel()
	model := "# the model\n" + strings.Replace(modelIn("iris"), "replicas: 1", "replicas: 1 # one is enough", 1)
	got := call(t, listOf([]string{other, model, strings.Replace(other, "mine", "second", 1)}))
	for _, want := range []string{asItem(other), "- # the model\n", "replicas: 1 # one is enough", strings.Replace(asItem(other), "mine", "second", 1)} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("lost:\n%s\nfrom\n%s", want, got.stdout)
		}
	}
	want := []string{
		"ConfigMap/mine", "SeldonDeployment/iris", "Service/iris-default-classifier", "Service/iris-default",
		"Deployment/iris-default-0-classifier", "ConfigMap/second",
	}
	if diff := cmp.Diff(want, got.list.ids()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRow2aAnErrorResultMeansExitCode1(t *testing.T) {
	t.Parallel()
	got := call(t, listOf([]string{brokenModel()}))
	if got.list.Results[0].Severity != "error" || got.code != 1 {
		t.Errorf("severity %s, exit code %d", got.list.Results[0].Severity, got.code)
	}
	got = call(t, listOf([]string{other}))
	if got.list.Results[0].Severity != "warning" || got.code != 0 {
		t.Errorf("a warning: severity %s, exit code %d", got.list.Results[0].Severity, got.code)
	}
	got = call(t, listOf([]string{other}, configOf("strict: true")))
	if got.list.Results[0].Severity != "error" || got.code != 1 {
		t.Errorf("a warning made an error: severity %s, exit code %d", got.list.Results[0].Severity, got.code)
	}
}

func TestRow2bEveryResultIsALineOnStderr(t *testing.T) {
	t.Parallel()
	got := call(t, listOf([]string{
		brokenModel(place("a.yaml", "0", internalStyle)...),
		strings.Replace(modelIn("worse"), "SKLEARN_SERVER", "NO_SERVER", 1),
	}))
	lines := strings.Split(strings.TrimSuffix(got.stderr, "\n"), "\n")
	if len(lines) != len(got.list.Results) || len(lines) < 2 {
		t.Fatalf("%d lines for %d results:\n%s", len(lines), len(got.list.Results), got.stderr)
	}
	want := `error: a.yaml: SeldonDeployment models/broken: spec.predictors[0].graph.modelURI: unknown field "modelURI"; did you mean modelUri? capitals count [SDC110]`
	if lines[0] != want {
		t.Errorf("got  %s\nwant %s", lines[0], want)
	}
	t.Run("line breaks of the input do not make lines", func(t *testing.T) {
		t.Parallel()
		got := call(t, listOf([]string{strings.Replace(modelIn("x"), "modelUri:", `"a\nerror: forged\u2028\x1b[2J":`, 1)}))
		if n := strings.Count(got.stderr, "\n"); n != len(got.list.Results) || strings.ContainsAny(got.stderr, "\x1b\u2028") {
			t.Errorf("%d lines for %d results: %q", n, len(got.list.Results), got.stderr)
		}
	})
}

func TestRow2cACrashLeavesAResourceList(t *testing.T) {
	t.Parallel()
	input := listOf([]string{other, modelIn("iris")}, configOf("valuesFiles: [values.yaml]"))
	f := krm.Function{ReadFile: func(string) ([]byte, error) { panic("the password is hunter2") }}
	got := callWith(t, f, input)
	if got.code != 1 || len(got.list.Results) != 1 || got.list.Results[0].Tags["code"] != "SDC821" {
		t.Fatalf("exit code %d, %+v", got.code, got.list.Results)
	}
	if before, _, _ := strings.Cut(got.stdout, "results:"); before != input {
		t.Errorf("items changed (-in +out):\n%s", cmp.Diff(input, before))
	}
	if strings.Contains(got.stdout+got.stderr, "hunter2") {
		t.Error("what the panic said was repeated; it could hold a secret")
	}
}

func TestRow2dOnFailureTheItemsComeBackUnchanged(t *testing.T) {
	t.Parallel()
	good := modelIn("iris", place("a.yaml", "0", internalStyle, legacyStyle)...)
	for name, input := range map[string]string{
		"one model of two is broken":          listOf([]string{other, good, brokenModel()}),
		"the functionConfig is wrong":         listOf([]string{other, good}, configOf("wrong: 1")),
		"a values file is missing":            listOf([]string{other, good}, configOf("valuesFiles: [none.yaml]")),
		"an object of somebody is in the way": listOf([]string{good, "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: iris-default-0-classifier\n  namespace: models\n"}),
		"the same model is there twice":       listOf([]string{good, good}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, input)
			before, _, _ := strings.Cut(got.stdout, "results:")
			if diff := cmp.Diff(input, before); got.code != 1 || diff != "" {
				t.Errorf("exit code %d, (-in +out):\n%s", got.code, diff)
			}
		})
	}
}

func TestRow2eOtherItemsPassThroughWhateverTheyAre(t *testing.T) {
	t.Parallel()
	items := []string{
		"apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: pkg\n  annotations:\n    config.kubernetes.io/path: Kptfile\n",
		"a: no kind\nb: [1, 2]\n",
		"kind: Unversioned\n",
		"apiVersion: v1\nkind: List\nitems: []\n",
		"{}\n",
	}
	got := call(t, listOf(append(items, modelIn("iris"))))
	if got.code != 0 {
		t.Fatalf("exit code %d: %s", got.code, got.stderr)
	}
	if want := listOf(items); !strings.HasPrefix(got.stdout, want) {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got.stdout[:min(len(want), len(got.stdout))]))
	}
}

func TestRow2eWhatNoHostCanHandIsRefused(t *testing.T) {
	t.Parallel()
	for _, item := range []string{"apiVersion: v1\nkind: Odd\nmetadata: [1]\n", "apiVersion: v1\nkind: Odder\nmetadata:\n  annotations: text\n"} {
		if got := call(t, listOf([]string{other, item})); got.code != 1 || !strings.Contains(got.stderr, "items[1] is not an object") {
			t.Errorf("exit code %d, %s", got.code, got.stderr)
		}
	}
}

func TestRow2fNoItemIsLost(t *testing.T) {
	t.Parallel()
	got := call(t, listOf([]string{modelIn("iris"), other}))
	got.list.named(t, "SeldonDeployment", "iris")
	got.list.named(t, "ConfigMap", "mine")
}

func TestRow2gAnchorsAreNeverWritten(t *testing.T) {
	t.Parallel()
	model := strings.Replace(modelIn("iris"), "spec:\n", "spec:\n  annotations: &both\n    a: \"1\"\n", 1) + "    annotations:\n      <<: *both\n      b: \"2\"\n    labels: *both\n"
	second := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: second\n  labels: *both\n"
	got := call(t, listOf([]string{model, second}, configOf("values: {ambassador: {enabled: false}}")))
	if got.code != 0 || strings.ContainsAny(got.stdout, "&*") || strings.Contains(got.stdout, "<<") {
		t.Errorf("exit code %d, %s\n%s", got.code, got.stderr, got.stdout)
	}
	if !strings.Contains(got.stdout, "  name: second\n    labels:\n      a: \"1\"\n") {
		t.Errorf("an alias was not written out:\n%s", got.stdout)
	}
	for name, bomb := range map[string]string{
		"aliases of aliases":  "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n",
		"an alias of itself":  "a: &a [*a]\n",
		"deep nesting":        "a: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + "\n",
		"merging with itself": "a: &a\n  <<: *a\n",
	} {
		t.Run(name+" are refused", func(t *testing.T) {
			t.Parallel()
			if got := call(t, listOf([]string{bomb})); got.code != 1 {
				t.Errorf("exit code %d", got.code)
			}
		})
	}
}

func TestRow2hAnnotationsOfHostsAreNotCopiedToNewObjects(t *testing.T) {
	t.Parallel()
	model := modelIn("iris",
		"config.kubernetes.io/path: a.yaml", "config.kubernetes.io/index: '0'", "config.kubernetes.io/local-config: 'true'",
		"config.kubernetes.io/function: 'exec: {path: seldonctl}'", "config.k8s.io/id: '1'", "config.k8s.io/function: x",
		"internal.config.kubernetes.io/id: '1'", "internal.config.kubernetes.io/previousNames: iris", "kustomize.config.k8s.io/id: '4'",
		"kustomize.config.k8s.io/needs-hash: 'true'", "internal.kpt.dev/upstream-identifier: x", "seldonctl.io/other: x")
	// Predictors' annotations reach objects, so that one could come in this way.
	model += "    annotations:\n      config.kubernetes.io/local-config: 'true'\n"
	got := call(t, listOf([]string{model}))
	for _, o := range got.list.Items[1:] {
		keys := slices.Sorted(maps.Keys(o.Metadata.Annotations))
		keys = slices.DeleteFunc(keys, func(k string) bool { return strings.HasPrefix(k, "getambassador.io/") })
		want := []string{"config.kubernetes.io/index", "config.kubernetes.io/path", krm.MarkerAnnotation}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", o.Kind, o.Metadata.Name, diff)
		}
	}
	deployment := got.list.named(t, "Deployment", "iris-default-0-classifier")
	text, err := json.Marshal(deployment.Spec)
	if err != nil || strings.Contains(string(text), krm.MarkerAnnotation) {
		t.Errorf("the marker is on the pod template: %s %v", text, err)
	}
}

func TestRow2iASecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	for name, styles := range map[string][]string{
		"without files": nil, "internal annotations": {internalStyle}, "legacy annotations": {legacyStyle}, "both": {internalStyle, legacyStyle},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := call(t, listOf([]string{other, modelIn("iris", place("a.yaml", "0", styles...)...), modelIn("wine", place("a.yaml", "1", styles...)...)}, configOf("seldonVersion: 1.18.2")))
			second := call(t, first.stdout)
			if diff := cmp.Diff(first.stdout, second.stdout); diff != "" || second.code != 0 {
				t.Errorf("exit code %d, (-first +second):\n%s", second.code, diff)
			}
		})
	}
}

func TestRow2jNewObjectsGetAFileNextToTheirSource(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ source, want string }{
		"in a folder":        {"models/iris.yaml", "models/iris-rendered.yaml"},
		"at the top":         {"iris.yml", "iris-rendered.yaml"},
		"of JSON":            {"a/b/iris.json", "a/b/iris-rendered.yaml"},
		"without extension":  {"Iris", "Iris-rendered.yaml"},
		"with dots":          {"./x/../iris.v1.yaml", "iris.v1-rendered.yaml"},
		"outside of package": {"../iris.yaml", "iris-rendered.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			taken := strings.Replace(other, "metadata: # here\n", "metadata:\n  annotations:\n    "+strings.Join(place(c.want, "4", internalStyle, legacyStyle), "\n    ")+"\n", 1)
			got := call(t, listOf([]string{modelIn("iris", place(c.source, "0", internalStyle, legacyStyle)...), taken}))
			var places []string
			for _, o := range got.list.Items[1:4] {
				a := o.Metadata.Annotations
				if a[internalStyle+"/path"] != a[legacyStyle+"/path"] || a[internalStyle+"/index"] != a[legacyStyle+"/index"] {
					t.Errorf("the two styles disagree: %v", a)
				}
				places = append(places, a[internalStyle+"/path"]+" "+a[internalStyle+"/index"])
			}
			if diff := cmp.Diff([]string{c.want + " 5", c.want + " 6", c.want + " 7"}, places); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRow2kNewObjectsHaveTheAnnotationsThatTheInputHas(t *testing.T) {
	t.Parallel()
	for name, styles := range map[string][]string{
		"none": nil, "internal only": {internalStyle}, "legacy only": {legacyStyle}, "both": {internalStyle, legacyStyle},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, listOf([]string{modelIn("iris", place("a.yaml", "0", styles...)...)}))
			for _, o := range got.list.Items[1:] {
				for _, style := range []string{internalStyle, legacyStyle} {
					_, path := o.Metadata.Annotations[style+"/path"]
					_, index := o.Metadata.Annotations[style+"/index"]
					if want := slices.Contains(styles, style); path != want || index != want {
						t.Errorf("%s of %s: path %v, index %v", style, o.Kind, path, index)
					}
				}
			}
		})
	}
}

func TestRow2mEveryFunctionConfigIsUnderstood(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"none":               "",
		"null":               "functionConfig: null\n",
		"empty":              "functionConfig: {}\n",
		"our kind":           configOf("seldonVersion: \"1.7.0\""),
		"without a spec":     "functionConfig:\n  apiVersion: seldonctl.io/v1alpha1\n  kind: SeldonRender\n",
		"a ConfigMap":        "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: function-input\n  data:\n    seldonVersion: 1.7.0\n",
		"a SeldonDeployment": "functionConfig:\n" + indent(modelIn("iris"), "  "),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, listOf([]string{modelIn("iris")}, config))
			if got.code != 0 || len(got.list.Items) != 4 {
				t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
			}
		})
	}
}

func TestRow3GeneratorTakesItsOwnConfiguration(t *testing.T) {
	t.Parallel()
	t.Run("a SeldonDeployment, which kustomize passes as item as well", func(t *testing.T) {
		t.Parallel()
		got := call(t, listOf([]string{modelIn("iris", localConfig+": \"true\"")}, "functionConfig:\n"+indent(modelIn("iris"), "  ")))
		if got.code != 0 || len(got.list.Items) != 4 {
			t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
		}
	})
	t.Run("a SeldonDeployment that is not an item", func(t *testing.T) {
		t.Parallel()
		got := call(t, listOf(nil, "functionConfig:\n"+indent(modelIn("iris"), "  ")))
		if got.code != 0 || len(got.list.Items) != 3 {
			t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
		}
	})
	t.Run("SeldonDeployments in it, and files that it names", func(t *testing.T) {
		t.Parallel()
		got := call(t, listOf(nil, configOf("deployments:\n"+asItem(modelIn("iris"))+"files: [models/wine.yaml]")), "models/wine.yaml", other+"---\n"+modelIn("wine"))
		want := []string{
			"Service/iris-default-classifier", "Service/iris-default", "Deployment/iris-default-0-classifier",
			"Service/wine-default-classifier", "Service/wine-default", "Deployment/wine-default-0-classifier",
		}
		if diff := cmp.Diff(want, got.list.ids()); diff != "" || got.code != 0 {
			t.Errorf("exit code %d, %s (-want +got):\n%s", got.code, got.stderr, diff)
		}
	})
	t.Run("its own copy among the items stays as it is", func(t *testing.T) {
		t.Parallel()
		self := "apiVersion: seldonctl.io/v1alpha1\nkind: SeldonRender\nmetadata:\n  name: render\n  annotations:\n    config.kubernetes.io/local-config: \"true\"\n"
		input := listOf([]string{self}, configOf("files: [wine.yaml]"))
		got := call(t, input, "wine.yaml", modelIn("wine"))
		if !strings.Contains(got.stdout, asItem(self)) || got.list.Items[0].Kind != "SeldonRender" {
			t.Errorf("the copy changed:\n%s", got.stdout)
		}
	})
}

func TestRow3TransformerSetsNamespacesAndMarksItsSources(t *testing.T) {
	t.Parallel()
	model := strings.Replace(modelIn("iris"), "  namespace: models\n", "", 1)
	got := call(t, listOf([]string{model}, configOf("namespace: staging")))
	if a := got.list.Items[0].Metadata; a.Annotations[localConfig] != "true" || a.Namespace != "" {
		t.Errorf("the SeldonDeployment: %+v", a)
	}
	for _, o := range got.list.Items[1:] {
		if o.Metadata.Namespace != "staging" {
			t.Errorf("%s %s is in namespace %q", o.Kind, o.Metadata.Name, o.Metadata.Namespace)
		}
	}
	for _, o := range call(t, listOf([]string{model})).list.Items[1:] {
		if o.Metadata.Namespace != "default" {
			t.Errorf("%s %s is in namespace %q", o.Kind, o.Metadata.Name, o.Metadata.Namespace)
		}
	}
}

func TestRow3ValidatorLeavesTheItems(t *testing.T) {
	t.Parallel()
	input := listOf([]string{other, modelIn("iris")}, configOf("validateOnly: true"))
	if got := call(t, input); got.code != 0 || got.stdout != input {
		t.Errorf("exit code %d (-in +out):\n%s", got.code, cmp.Diff(input, got.stdout))
	}
	input = listOf([]string{other, brokenModel()}, configOf("validateOnly: true"))
	got := call(t, input)
	if before, _, _ := strings.Cut(got.stdout, "results:"); got.code != 1 || before != input {
		t.Errorf("exit code %d (-in +out):\n%s", got.code, cmp.Diff(input, before))
	}
}

func TestRow3FilesAreReadBelowTheFolderOnly(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"/etc/passwd", "../secret.yaml", "a/../../secret.yaml", `..\secret.yaml`} {
		got := call(t, listOf(nil, configOf("files: ['"+name+"']")))
		if got.code != 1 || !strings.Contains(got.stderr, "is outside the folder") {
			t.Errorf("%s: exit code %d, %s", name, got.code, got.stderr)
		}
	}
	t.Run("names are relative to the functionConfig", func(t *testing.T) {
		t.Parallel()
		config := strings.Replace(configOf("files: [wine.yaml]\nvaluesFiles: [../values.yaml]"), "    name: render\n",
			"    name: render\n    annotations:\n      internal.config.kubernetes.io/path: models/render.yaml\n", 1)
		got := call(t, listOf(nil, config), "models/wine.yaml", modelIn("wine"), "values.yaml", "ambassador: {enabled: false}\n")
		if got.code != 0 || len(got.list.Items) != 3 {
			t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
		}
	})
	t.Run("a missing file is named", func(t *testing.T) {
		t.Parallel()
		f := krm.Function{ReadFile: func(name string) ([]byte, error) {
			return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("no such file")}
		}}
		got := callWith(t, f, listOf(nil, configOf("files: [none.yaml]")))
		want := `error: SeldonRender render: spec.files: "none.yaml" cannot be read: no such file; names are relative to the folder of the functionConfig or the kustomization [SDC101]`
		if strings.Split(got.stderr, "\n")[0] != want {
			t.Errorf("got  %s\nwant %s", got.stderr, want)
		}
	})
}
