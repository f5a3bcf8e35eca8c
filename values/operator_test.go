package values_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

func saved(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/operator-1.18.2.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestOperatorGivesTheVeryEnvironmentOfTheDeployment(t *testing.T) {
	t.Parallel()
	r := rel(t, "1.18.2")
	v, list := values.Load(r, values.Operator("seldon.yaml", saved(t)))
	want := map[string]setting{}
	for _, row := range r.Variables {
		want[row.Name] = setting{}
	}
	for name, text := range map[string]string{
		"RELATED_IMAGE_EXECUTOR": "mirror/executor@sha256:00ff", "RELATED_IMAGE_SKLEARNSERVER": "", "CONTROLLER_ID": "",
		"AMBASSADOR_ENABLED": "true", "AMBASSADOR_VERSION": "v1", "EXECUTOR_SERVER_PORT": "8123", "EXECUTOR_CONTAINER_USER": "1000690000",
		"EXECUTOR_CONTAINER_IMAGE_AND_VERSION": "registry.example.org:5000/seldonio/seldon-core-executor:1.18.2", "DEFAULT_USER_ID": "0123",
		"ISTIO_ENABLED": "false", "EXECUTOR_SERVER_GRPC_PORT": "5555",
	} {
		want[name] = setting{text, true}
	}
	if diff := cmp.Diff(want, settings(v, r)); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
	wantConfig := map[string]any{
		"credentials": map[string]any{"gcs": map[string]any{"gcsCredentialFileName": "key.json"}},
		"predictor_servers": map[string]any{"SKLEARN_SERVER": map[string]any{"protocols": map[string]any{
			"seldon": map[string]any{"image": "mirror/sklearnserver", "defaultImageVersion": "1.18.2"},
		}}},
		"storageInitializer": map[string]any{"image": "mirror/rclone:1", "cpuLimit": "1", "cpuRequest": "100m", "memoryLimit": "1Gi", "memoryRequest": "100Mi"},
	}
	if diff := cmp.Diff(wantConfig, configs(v)); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
	wantSaid := []string{"seldon.yaml:52:15: warning SDC318 env[11].valueFrom: ISTIO_ENABLED has no text in the file; the chart's default is used; set seldonctl.operator.ISTIO_ENABLED in a values file"}
	if diff := cmp.Diff(wantSaid, said(list)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if got := v.Origin("executor.port").String(); got != "seldon.yaml:45:20" {
		t.Errorf("executor.port is from %s", got)
	}
	roundTrip(t, v, r)
	var out bytes.Buffer
	if err := v.WriteYAML(&out, values.WriteOptions{Origins: true}); err != nil {
		t.Fatal(err)
	}
	golden(t, "written-operator.yaml", out.Bytes())
}

func TestValuesOverrideTheOperator(t *testing.T) {
	t.Parallel()
	r := rel(t, "1.18.2")
	file := "executor: {prometheus: {path: /mine}, image: {tag: mine}}\nexplainer: {image: mine}\nseldonctl: {operator: {RELATED_IMAGE_EXECUTOR: ''}}\n"
	v, list := values.Load(r, values.File("v.yaml", []byte(file)), values.Set("--set", "executor.port=1"), values.Operator("seldon.yaml", saved(t)))
	if list.HasErrors() {
		t.Fatal(said(list))
	}
	got := settings(v, r)
	want := map[string]setting{
		"EXECUTOR_PROMETHEUS_PATH":             {"/mine", true},
		"EXECUTOR_CONTAINER_IMAGE_AND_VERSION": {"registry.example.org:5000/seldonio/seldon-core-executor:mine", true},
		"EXECUTOR_SERVER_PORT":                 {"1", true},
		"RELATED_IMAGE_EXECUTOR":               {"", true},
		"EXECUTOR_CONTAINER_USER":              {"1000690000", true},
		"EXECUTOR_SERVER_METRICS_PORT_NAME":    {"", false},
	}
	for name, w := range want {
		if got[name] != w {
			t.Errorf("%s = %+v, want %+v", name, got[name], w)
		}
	}
	if c, _ := v.Config("explainer"); !cmp.Equal(c, any(map[string]any{"image": "mine"})) {
		t.Errorf("explainer = %v", c)
	}
	roundTrip(t, v, r)
}

func TestOperatorOfConfigMapAloneKeepsTheChartsVariables(t *testing.T) {
	t.Parallel()
	r := rel(t, "1.7.0")
	plain, _ := values.Load(r)
	text := `{"kind":"ConfigMap","metadata":{"name":"seldon-config"},"data":{"explainer":"{\"image\":\"e:1\"}"}}`
	v, list := values.Load(r, values.Operator("cm.json", []byte(text)), values.Set("--set", "managerCreateResources=true"))
	if len(list) != 0 {
		t.Fatal(said(list))
	}
	if diff := cmp.Diff(settings(plain, r), settings(v, r)); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]any{"explainer": map[string]any{"image": "e:1"}}, configs(v)); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
	roundTrip(t, v, r)
}

func TestOperatorImages(t *testing.T) {
	t.Parallel()
	for _, image := range []string{"a/b:c", "a/b/c:d", "a:1/b:c", "a:1/b", "a/b", "a", "a:b", "", "a/b@sha256:c", "a/b:c@sha256:d", "/b:c", "a/:c", "a/b:"} {
		t.Run(image, func(t *testing.T) {
			t.Parallel()
			r := rel(t, "1.7.0")
			text := `{"kind":"Deployment","metadata":{"name":"seldon-controller-manager"},"spec":{"template":{"spec":{"containers":[{"name":"manager",
				"env":[{"name":"EXECUTOR_CONTAINER_IMAGE_AND_VERSION","value":"` + image + `"}]}]}}}}`
			v, list := values.Load(r, values.Operator("d.json", []byte(text)))
			if list.HasErrors() {
				t.Fatal(said(list))
			}
			if got, set := v.Variable("EXECUTOR_CONTAINER_IMAGE_AND_VERSION"); got != image || !set {
				t.Errorf("got %q, %v", got, set)
			}
			roundTrip(t, v, r)
		})
	}
}

func TestOperatorFindings(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, file string
		want       []string
	}{
		{
			"no YAML", "a: [",
			[]string{"o.yaml:2:1: error SDC316: not YAML: a value is missing or misplaced here; save it again with kubectl get ... -o yaml"},
		},
		{
			"other objects only", "kind: ConfigMap\nmetadata: {name: x}\n---\nkind: Deployment\nmetadata: {name: y}\n---\n- a\n",
			[]string{"o.yaml: error SDC317: neither the ConfigMap seldon-config nor the Deployment seldon-controller-manager is in the file; save them: kubectl -n seldon-system get configmap/seldon-config deployment/seldon-controller-manager -o yaml"},
		},
		{
			"a key that holds no JSON", "kind: ConfigMap\nmetadata: {name: seldon-config}\ndata:\n  explainer: 'password'\n",
			[]string{"o.yaml:4:14: error SDC316 data.explainer: holds no JSON: there is a fault at line 1, column 1 of its text; the operator cannot read it either; fix the ConfigMap and save it again"},
		},
		{
			"a fault in the JSON further down", "kind: ConfigMap\nmetadata: {name: seldon-config}\ndata:\n  explainer: |\n    {\n      \"image\": secret\n    }\n",
			[]string{"o.yaml:4:14: error SDC316 data.explainer: holds no JSON: there is a fault at line 2, column 12 of its text; the operator cannot read it either; fix the ConfigMap and save it again"},
		},
		{
			"no data", "kind: ConfigMap\nmetadata: {name: seldon-config}\n",
			[]string{"o.yaml: error SDC317 data: the ConfigMap has none of credentials, explainer, predictor_servers, storageInitializer; save it whole: kubectl -n seldon-system get configmap/seldon-config -o yaml"},
		},
		{
			"a number in the JSON", "kind: ConfigMap\nmetadata: {name: seldon-config}\ndata:\n  explainer: '{\"image\": 1}'\n",
			[]string{`o.yaml:4:14: warning SDC319 explainer.image: must be text, not a number: the operator crashes where it needs explainer; quote it: "1"`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, list := values.Load(rel(t, "1.7.0"), values.Operator("o.yaml", []byte(tt.file)))
			if diff := cmp.Diff(tt.want, said(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDetectRelease(t *testing.T) {
	t.Parallel()
	deployment := func(image string) []byte {
		return []byte("kind: Deployment\nmetadata: {name: seldon-controller-manager}\nspec: {template: {spec: {containers: [{name: manager, image: '" + image + "'}]}}}\n")
	}
	for _, tt := range []struct {
		name    string
		data    [][]byte
		version string
		ok      bool
	}{
		{"a List", [][]byte{saved(t)}, "1.18.2", true},
		{"the second of two files", [][]byte{[]byte("kind: ConfigMap\n"), deployment("mirror/seldon-core-operator:1.7.0")}, "1.7.0", true},
		{"a tag with v", [][]byte{deployment("mirror/own-name:v1.7.0")}, "1.7.0", true},
		{"a tag and a digest", [][]byte{deployment("mirror/seldon-core-operator:1.18.2@sha256:0123")}, "1.18.2", true},
		{"a digest alone", [][]byte{deployment("mirror/seldon-core-operator@sha256:0123")}, "", false},
		{"a release that is not known", [][]byte{deployment("seldonio/seldon-core-operator:1.19.1")}, "1.19.1", false},
		{"no tag", [][]byte{deployment("host:5000/seldon-core-operator")}, "", false},
		{"no manager", [][]byte{[]byte("kind: ConfigMap\n")}, "", false},
		{"no YAML", [][]byte{[]byte("a: [")}, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if version, ok := values.DetectRelease(tt.data...); version != tt.version || ok != tt.ok {
				t.Errorf("got %q, %v, want %q, %v", version, ok, tt.version, tt.ok)
			}
		})
	}
}

// TestDetectReleaseOfEveryTag has the manager's image of each release in the forms
// that clusters have it in: from another registry, with a v, and with a digest.
func TestDetectReleaseOfEveryTag(t *testing.T) {
	t.Parallel()
	const digest = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	versions := release.Versions()
	if len(versions) < 25 {
		t.Fatalf("%d releases", len(versions))
	}
	for _, version := range versions {
		for _, image := range []string{
			"docker.io/seldonio/seldon-core-operator:" + version,
			"seldonio/seldon-core-operator:v" + version,
			"registry.example:5000/mirror/seldon-core-operator:" + version,
			"registry.redhat.io/seldonio/seldon-core-operator:" + version + digest,
		} {
			saved := "kind: Deployment\nspec: {template: {spec: {containers: [{name: proxy, image: 'x/y:1.2.3'}, {name: manager, image: '" + image + "'}]}}}\n"
			if got, ok := values.DetectRelease([]byte(saved)); got != version || !ok {
				t.Errorf("%s: got %q, %t", image, got, ok)
			}
		}
	}
	for _, image := range []string{"registry.example:5000/seldon-core-operator", "seldonio/seldon-core-operator" + digest, "seldonio/seldon-core-operator:latest"} {
		saved := "kind: Deployment\nspec: {template: {spec: {containers: [{name: manager, image: '" + image + "'}]}}}\n"
		if got, ok := values.DetectRelease([]byte(saved)); ok {
			t.Errorf("%s: got %q", image, got)
		}
	}
}
