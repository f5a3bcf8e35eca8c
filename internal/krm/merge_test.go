package krm_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/krm"
)

// withCanary adds a second predictor to a model.
func withCanary(model string) string {
	return strings.Replace(model, "    replicas: 1\n", "    replicas: 1\n    traffic: 90\n", 1) + `  - name: canary
    traffic: 10
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: gs://seldon-models/canary
`
}

// canaryOf returns the second predictor as it stands in a list.
func canaryOf(model string) string {
	const begin = "    - name: canary\n"
	_, rest, _ := strings.Cut(asItem(model), begin)
	return begin + rest
}

// rerun runs the function on its own output, with the text of the sources changed.
func rerun(t *testing.T, first outcome, change ...string) outcome {
	t.Helper()
	input := strings.NewReplacer(change...).Replace(first.stdout)
	if input == first.stdout {
		t.Fatal("nothing was changed")
	}
	return call(t, input)
}

func TestObjectsAreReplacedWhereTheyStand(t *testing.T) {
	t.Parallel()
	at := place("models/a.yaml", "0", internalStyle, legacyStyle)
	first := call(t, listOf([]string{modelIn("iris", at...), other}))
	// Somebody moves the Deployment to another file.
	moved := strings.Replace(first.stdout, "- apiVersion: apps/v1", "- # served by\n  apiVersion: apps/v1", 1)
	moved = strings.ReplaceAll(moved, "path: 'models/a-rendered.yaml'\n      internal.config.kubernetes.io/index: '2'", "path: 'deployments.yaml'\n      internal.config.kubernetes.io/index: '7'")
	moved = strings.ReplaceAll(moved, "config.kubernetes.io/path: 'models/a-rendered.yaml'\n      config.kubernetes.io/index: '2'", "config.kubernetes.io/path: 'deployments.yaml'\n      config.kubernetes.io/index: '7'")
	if got := call(t, moved); got.stdout != moved || got.code != 0 {
		t.Fatalf("nothing but places and comments changed, exit code %d (-in +out):\n%s", got.code, cmp.Diff(moved, got.stdout))
	}
	got := call(t, strings.Replace(moved, "replicas: 1\n", "replicas: 5\n", 1))
	if diff := cmp.Diff(first.list.ids(), got.list.ids()); diff != "" {
		t.Errorf("the order changed (-first +second):\n%s", diff)
	}
	deployment := got.list.named(t, "Deployment", "iris-default-0-classifier")
	want := map[string]string{
		krm.MarkerAnnotation:     "SeldonDeployment/models/iris",
		internalStyle + "/path":  "deployments.yaml",
		internalStyle + "/index": "7",
		legacyStyle + "/path":    "deployments.yaml",
		legacyStyle + "/index":   "7",
	}
	if diff := cmp.Diff(want, deployment.Metadata.Annotations); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
	if deployment.Spec["replicas"] != 5.0 {
		t.Errorf("replicas %v", deployment.Spec["replicas"])
	}
}

func TestWhatSomebodyChangedInARenderedObjectIsMended(t *testing.T) {
	t.Parallel()
	first := call(t, listOf([]string{modelIn("iris")}))
	second := rerun(t, first, "type: ClusterIP", "type: NodePort")
	if diff := cmp.Diff(first.list, second.list); diff != "" {
		t.Errorf("(-first +second):\n%s", diff)
	}
}

func TestObjectsThatASourceDoesNotYieldAnyMoreAreRemoved(t *testing.T) {
	t.Parallel()
	with := withCanary(modelIn("iris"))
	first := call(t, listOf([]string{with, other}))
	if len(first.list.Items) != 8 {
		t.Fatalf("%v", first.list.ids())
	}
	got := rerun(t, first, canaryOf(with), "", "      traffic: 90\n", "")
	want := []string{
		"SeldonDeployment/iris", "Service/iris-default-classifier", "Service/iris-default",
		"Deployment/iris-default-0-classifier", "ConfigMap/mine",
	}
	if diff := cmp.Diff(want, got.list.ids()); diff != "" || got.code != 0 {
		t.Errorf("exit code %d, %s (-want +got):\n%s", got.code, got.stderr, diff)
	}
	if len(got.list.Results) != 3 || got.list.Results[0].Severity != "info" || got.list.Results[0].Tags["code"] != "SDC812" {
		t.Errorf("results: %+v", got.list.Results)
	}
}

func TestNothingUnmarkedIsEverRemovedOrReplaced(t *testing.T) {
	t.Parallel()
	with := withCanary(modelIn("iris"))
	first := call(t, listOf([]string{with}))
	unmarked := strings.ReplaceAll(first.stdout, "      "+krm.MarkerAnnotation+": 'SeldonDeployment/models/iris'\n", "")
	t.Run("an unmarked object that is not rendered stays", func(t *testing.T) {
		t.Parallel()
		// Only what the canary renders to loses its mark.
		var keep []string
		for part := range strings.SplitSeq(first.stdout, "\n- ") {
			if strings.Contains(part, "name: iris-canary") {
				part = strings.ReplaceAll(part, "      "+krm.MarkerAnnotation+": 'SeldonDeployment/models/iris'\n", "")
			}
			keep = append(keep, part)
		}
		input := strings.Replace(strings.Join(keep, "\n- "), canaryOf(with), "", 1)
		got := call(t, strings.Replace(input, "      traffic: 90\n", "", 1))
		if diff := cmp.Diff(first.list.ids(), got.list.ids()); diff != "" || got.code != 0 {
			t.Errorf("exit code %d, %s (-first +second):\n%s", got.code, got.stderr, diff)
		}
	})
	t.Run("an unmarked object that is rendered is a fault", func(t *testing.T) {
		t.Parallel()
		got := call(t, unmarked)
		if got.code != 1 || !strings.Contains(got.stderr, "is already among the items, and not from this function") {
			t.Errorf("exit code %d, %s", got.code, got.stderr)
		}
	})
	t.Run("so is one without a namespace, where that means the same", func(t *testing.T) {
		t.Parallel()
		model := strings.Replace(modelIn("iris"), "namespace: models", "namespace: default", 1)
		got := call(t, listOf([]string{model, "apiVersion: v1\nkind: Service\nmetadata:\n  name: iris-default\n"}))
		if got.code != 1 || got.list.Results[0].Tags["code"] != "SDC811" {
			t.Errorf("exit code %d, %s", got.code, got.stderr)
		}
	})
}

func TestWhatIsLeftOfAModelThatIsGone(t *testing.T) {
	t.Parallel()
	without := func(first outcome) string {
		_, rest, _ := strings.Cut(first.stdout, "\n- apiVersion: v1\n  kind: Service")
		return "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- apiVersion: v1\n  kind: Service" + rest
	}
	t.Run("is removed by a host that writes files", func(t *testing.T) {
		t.Parallel()
		got := call(t, without(call(t, listOf([]string{modelIn("iris", place("a.yaml", "0", internalStyle)...), other}))))
		if diff := cmp.Diff([]string{"ConfigMap/mine"}, got.list.ids()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("stays where another layer of kustomize may have made it", func(t *testing.T) {
		t.Parallel()
		got := call(t, without(call(t, listOf([]string{modelIn("iris"), other}))))
		if len(got.list.Items) != 4 {
			t.Errorf("%v", got.list.ids())
		}
	})
	t.Run("is removed when the functionConfig that named it does not any more", func(t *testing.T) {
		t.Parallel()
		first := call(t, listOf(nil, configOf("files: [iris.yaml, wine.yaml]")), "iris.yaml", modelIn("iris"), "wine.yaml", modelIn("wine"))
		second := call(t, strings.Replace(first.stdout, "iris.yaml, ", "", 1), "wine.yaml", modelIn("wine"))
		if len(first.list.Items) != 6 || len(second.list.Items) != 3 {
			t.Errorf("first %v, second %v", first.list.ids(), second.list.ids())
		}
	})
	t.Run("stays when another functionConfig named it", func(t *testing.T) {
		t.Parallel()
		first := call(t, listOf(nil, configOf("files: [iris.yaml]")), "iris.yaml", modelIn("iris"))
		items, _, _ := strings.Cut(first.stdout, "functionConfig:")
		got := call(t, items+strings.Replace(configOf("files: [wine.yaml]"), "name: render", "name: second", 1), "wine.yaml", modelIn("wine"))
		if len(got.list.Items) != 6 {
			t.Errorf("%v", got.list.ids())
		}
	})
}

func TestAnObjectCanBeTakenOverByAnotherSource(t *testing.T) {
	t.Parallel()
	first := call(t, listOf(nil, configOf("files: [iris.yaml]")), "iris.yaml", modelIn("iris"))
	items, _, _ := strings.Cut(first.stdout, "functionConfig:")
	got := call(t, items+strings.TrimPrefix(listOf([]string{modelIn("iris")}), "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n"))
	if got.code != 0 || got.list.Items[0].Metadata.Annotations[krm.MarkerAnnotation] != "SeldonDeployment/models/iris" || len(got.list.Items) != 4 {
		t.Errorf("exit code %d, %v, %s", got.code, got.list.ids(), got.stderr)
	}
}

func TestTwoModelsMayNotMakeTheSameObject(t *testing.T) {
	t.Parallel()
	second := strings.Replace(modelIn("wine"), "    replicas: 1\n", "    replicas: 1\n    annotations: {seldon.io/svc-name: iris-default}\n", 1)
	got := call(t, listOf([]string{modelIn("iris"), second}))
	if got.code != 1 || !strings.Contains(got.stderr, "Service models/iris-default is also defined by SeldonDeployment/iris") {
		t.Errorf("exit code %d, %s", got.code, got.stderr)
	}
}

func TestAModelAmongTheItemsWinsOverTheFileItCameFrom(t *testing.T) {
	t.Parallel()
	changed := strings.Replace(modelIn("iris"), "replicas: 1", "replicas: 4", 1)
	got := call(t, listOf([]string{changed}, configOf("files: [iris.yaml]")), "iris.yaml", modelIn("iris"))
	if d := got.list.named(t, "Deployment", "iris-default-0-classifier"); got.code != 0 || d.Spec["replicas"] != 4.0 {
		t.Errorf("exit code %d, replicas %v, %s", got.code, d.Spec["replicas"], got.stderr)
	}
}

func TestServiceAccountsAndSecretsAmongTheItemsGiveCredentials(t *testing.T) {
	t.Parallel()
	model := modelIn("iris") + "      serviceAccountName: bucket\n"
	account := "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: bucket\n  namespace: models\nsecrets:\n- name: keys\n"
	const password = "c2VjcmV0LW9mLXRoZS1idWNrZXQ="
	secret := "apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\n  namespace: models\ndata:\n  awsAccessKeyID: " + password + "\n  awsSecretAccessKey: " + password + "\n"
	got := call(t, listOf([]string{model, account, secret}))
	if got.code != 0 || !strings.Contains(got.stdout, "name: AWS_SECRET_ACCESS_KEY\n") {
		t.Fatalf("exit code %d: the init container has no credentials\n%s", got.code, got.stdout)
	}
	if strings.Count(got.stdout, password) != 2 {
		t.Error("a value of the Secret was copied")
	}
	if !strings.Contains(got.stdout, asItem(secret)) || !strings.Contains(got.stdout, asItem(account)) {
		t.Error("the Secret or the ServiceAccount changed")
	}
}

func TestNoValueOfASecretIsInAnyResult(t *testing.T) {
	t.Parallel()
	const password = "hunter2"
	for name, input := range map[string]string{
		"of the wrong type":   listOf([]string{modelIn("iris"), "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: [" + password + "]\n"}),
		"of text that is bad": "kind: ResourceList\npassword: \"" + password + "\n",
		"of an unknown alias": "kind: *" + password + "\n",
		"of a ConfigMap":      listOf(nil, "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  data:\n    values: '"+password+"'\n    serverSideApply: "+password+"\n"),
		"of values":           listOf([]string{modelIn("iris")}, configOf("values:\n  credentials: "+password+"\n  executor: ["+password+"]")),
		"of a values file":    listOf([]string{modelIn("iris")}, configOf("valuesFiles: [values.yaml]")),
		"of an option":        listOf(nil, configOf("serverSideApply: "+password+"\nvalues: "+password)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := call(t, input, "values.yaml", "a: {b: "+password+"\n")
			_, results, _ := strings.Cut(got.stdout, "results:")
			if strings.Contains(results+got.stderr, password) {
				t.Errorf("%s\n%s", results, got.stderr)
			}
		})
	}
}
