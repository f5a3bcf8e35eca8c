package values_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// said returns findings as lines: place, severity, key, message, hint.
func said(list finding.List) []string {
	var out []string
	for _, f := range list {
		f = f.Named(finding.Option.Name)
		line := f.Pos.String() + ": " + f.Severity.String() + " " + string(f.Code)
		if f.Path != nil {
			line += " " + f.Path.String()
		}
		line += ": " + f.Message
		if f.Hint != "" {
			line += "; " + f.Hint
		}
		out = append(out, line)
	}
	return out
}

func rel(t testing.TB, version string) *release.Release {
	t.Helper()
	r, err := release.Lookup(version)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// defaultsFile is a values file with all defaults of a release.
func defaultsFile(t testing.TB, r *release.Release) []byte {
	t.Helper()
	v, _ := values.Load(r)
	var file bytes.Buffer
	if err := v.WriteYAML(&file, values.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// setting is a variable as the operator sees it.
type setting struct {
	Text string
	Set  bool
}

func settings(v *values.Values, r *release.Release) map[string]setting {
	out := map[string]setting{}
	for _, row := range r.Variables {
		text, set := v.Variable(row.Name)
		out[row.Name] = setting{text, set}
	}
	return out
}

func configs(v *values.Values) map[string]any {
	out := map[string]any{}
	for _, key := range release.ConfigKeys() {
		if c, ok := v.Config(key); ok {
			out[key] = c
		}
	}
	return out
}

func TestVariable(t *testing.T) {
	t.Parallel()
	file := func(text string) []values.Overlay { return []values.Overlay{values.File("values.yaml", []byte(text))} }
	for _, tt := range []struct {
		name     string
		overlays []values.Overlay
		variable string
		want     setting
	}{
		{"a default is printed", nil, "EXECUTOR_SERVER_PORT", setting{"8000", true}},
		{"a boolean is printed as true or false", file("istio: {enabled: true}"), "ISTIO_ENABLED", setting{"true", true}},
		{"a word of YAML 1.1 is a boolean", file("istio: {enabled: yes}"), "ISTIO_ENABLED", setting{"true", true}},
		{"a quoted word stays text", file("istio: {enabled: 'yes'}"), "ISTIO_ENABLED", setting{"yes", true}},
		{"empty text is set but empty", file("defaultUserID: ''"), "DEFAULT_USER_ID", setting{"", true}},
		{"null is set but empty", file("defaultUserID: null"), "DEFAULT_USER_ID", setting{"", true}},
		{"a large number of a file has an exponent", file("defaultUserID: 1000690000"), "DEFAULT_USER_ID", setting{"1.00069e+09", true}},
		{"a million of a file has an exponent", file("defaultUserID: 1000000"), "DEFAULT_USER_ID", setting{"1e+06", true}},
		{"a number below a million has none", file("defaultUserID: 999999"), "DEFAULT_USER_ID", setting{"999999", true}},
		{"a large quoted number has no exponent", file("defaultUserID: '1000690000'"), "DEFAULT_USER_ID", setting{"1000690000", true}},
		{"a large number of --set has no exponent", []values.Overlay{values.Set("--set", "defaultUserID=1000690000")}, "DEFAULT_USER_ID", setting{"1000690000", true}},
		{"a number with leading zero is octal in a file", file("defaultUserID: 0644"), "DEFAULT_USER_ID", setting{"420", true}},
		{"a fraction is printed as it is", file("executor: {resources: {cpuRequest: 0.25}}"), "EXECUTOR_DEFAULT_CPU_REQUEST", setting{"0.25", true}},
		{"an image is joined", nil, "EXECUTOR_CONTAINER_IMAGE_AND_VERSION", setting{"docker.io/seldonio/seldon-core-executor:1.7.0", true}},
		{"an image is joined even without registry", file("executor: {image: {registry: ''}}"), "EXECUTOR_CONTAINER_IMAGE_AND_VERSION", setting{"/seldonio/seldon-core-executor:1.7.0", true}},
		{"an image is joined even with a null tag", file("executor: {image: {tag: }}"), "EXECUTOR_CONTAINER_IMAGE_AND_VERSION", setting{"docker.io/seldonio/seldon-core-executor:", true}},
		{"a variable that the chart fixes is set", nil, "USE_EXECUTOR", setting{"true", true}},
		{"a variable that the chart sets to nothing is set", nil, "RELATED_IMAGE_EXECUTOR", setting{"", true}},
		{"a variable that the chart lacks is not set", nil, "EXECUTOR_SERVER_GRPC_PORT", setting{"", false}},
		{"our own section sets a variable without key", file("seldonctl: {operator: {EXECUTOR_SERVER_GRPC_PORT: 5005}}"), "EXECUTOR_SERVER_GRPC_PORT", setting{"5005", true}},
		{"our own section wins over the chart", file("{seldonctl: {operator: {ISTIO_ENABLED: true}}, istio: {enabled: false}}"), "ISTIO_ENABLED", setting{"true", true}},
		{"null in our own section takes a variable away", file("seldonctl: {operator: {EXECUTOR_PROMETHEUS_PATH: null}}"), "EXECUTOR_PROMETHEUS_PATH", setting{"", false}},
		{"a flag reaches our own section", []values.Overlay{values.Set("--set", "seldonctl.operator.USE_EXECUTOR=false")}, "USE_EXECUTOR", setting{"false", true}},
		{
			"a later file wins",
			[]values.Overlay{values.File("a.yaml", []byte("executor: {port: 1}")), values.File("b.yaml", []byte("executor: {port: 2}"))},
			"EXECUTOR_SERVER_PORT", setting{"2", true},
		},
		{
			"a flag wins over a file that comes later",
			[]values.Overlay{values.Set("--set", "executor.port=1"), values.File("b.yaml", []byte("executor: {port: 2}"))},
			"EXECUTOR_SERVER_PORT", setting{"1", true},
		},
		{
			"--set-string wins over --set",
			[]values.Overlay{values.SetString("--set-string", "executor.port=1"), values.Set("--set", "executor.port=2")},
			"EXECUTOR_SERVER_PORT", setting{"1", true},
		},
		{
			"a map over null of an earlier file starts from the defaults",
			[]values.Overlay{values.File("a.yaml", []byte("executor: null")), values.File("b.yaml", []byte("executor: {user: 1}"))},
			"EXECUTOR_SERVER_PORT", setting{"8000", true},
		},
		{"null of a flag is set but empty", []values.Overlay{values.Set("--set", "executor.port=null")}, "EXECUTOR_SERVER_PORT", setting{"", true}},
		{"an alias brings its value", file("x: &user 77\ndefaultUserID: *user"), "DEFAULT_USER_ID", setting{"77", true}},
		{"a YAML merge brings its values", file("x: &x {port: 77}\nexecutor: {<<: *x}"), "EXECUTOR_SERVER_PORT", setting{"77", true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, list := values.Load(rel(t, "1.7.0"), tt.overlays...)
			if list.HasErrors() {
				t.Fatal(said(list))
			}
			text, set := v.Variable(tt.variable)
			if got := (setting{text, set}); got != tt.want {
				t.Errorf("%s = %+v, want %+v", tt.variable, got, tt.want)
			}
		})
	}
}

func TestConfig(t *testing.T) {
	t.Parallel()
	text := `
credentials: null
explainer: {image: null}
storageInitializer: {cpuLimit: "2"}
predictor_servers:
  MLFLOW_SERVER: null
  SKLEARN_SERVER: null
  TENSORFLOW_SERVER: null
  TRITON_SERVER: {protocols: {kfserving: null, seldon: {image: mine/triton}}}
  XGBOOST_SERVER: {protocols: {seldon: {image: mine/xgb}, kfserving: {defaultImageVersion: null}}}
  OWN_SERVER: {protocols: {seldon: {image: mine/own, defaultImageVersion: "1.10"}}}
`
	v, list := values.Load(rel(t, "1.7.0"), values.File("values.yaml", []byte(text)))
	if len(list) != 0 {
		t.Fatal(said(list))
	}
	want := map[string]any{
		"explainer": map[string]any{},
		"storageInitializer": map[string]any{
			"image": "gcr.io/kfserving/storage-initializer:v0.4.0", "cpuLimit": "2", "cpuRequest": "100m", "memoryLimit": "1Gi", "memoryRequest": "100Mi",
		},
		"predictor_servers": map[string]any{
			"TRITON_SERVER": map[string]any{"protocols": map[string]any{"seldon": map[string]any{"image": "mine/triton"}}},
			"XGBOOST_SERVER": map[string]any{"protocols": map[string]any{
				"seldon":    map[string]any{"image": "mine/xgb", "defaultImageVersion": "1.7.0"},
				"kfserving": map[string]any{"image": "seldonio/mlserver"},
			}},
			"OWN_SERVER": map[string]any{"protocols": map[string]any{"seldon": map[string]any{"image": "mine/own", "defaultImageVersion": "1.10"}}},
		},
	}
	if diff := cmp.Diff(want, configs(v)); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}

func TestManagerMakesConfigFromItsOwnDefaults(t *testing.T) {
	t.Parallel()
	plain, _ := values.Load(rel(t, "1.7.0"))
	v, list := values.Load(rel(t, "1.7.0"), values.File("values.yaml", []byte("managerCreateResources: true\nexplainer: {image: mine}\n")))
	if diff := cmp.Diff(configs(plain), configs(v)); diff != "" {
		t.Errorf("config differs from the defaults (-want +got):\n%s", diff)
	}
	want := []string{"values.yaml:1:1: warning SDC312 managerCreateResources: the manager makes seldon-config from defaults of its own; ignored are explainer; " +
		"set managerCreateResources to false to use values of your own for credentials, explainer, predictor_servers, storageInitializer"}
	if diff := cmp.Diff(want, said(list)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	v, list := values.Load(rel(t, "1.7.0"),
		values.File("a.yaml", []byte("executor:\n  port: 1\n  user: 2\nseldonctl:\n  credentials:\n  - name: one\n  - name: two\n    a.b/c: 3\n")),
		values.Set("--set", "executor.user=3,istio.enabled=true"))
	if len(list) != 0 {
		t.Fatal(said(list))
	}
	got := map[string]string{}
	for _, key := range []string{
		"executor.port", "executor.user", "executor.image.tag", "istio.enabled", "istio.gateway", "seldonctl.credentials[1].name",
		"seldonctl.credentials[1].a.b/c", "seldonctl.credentials[1].missing", "seldonctl.credentials[7]", "seldonctl.credentials",
	} {
		got[key] = v.Origin(key).String()
	}
	want := map[string]string{
		"executor.port": "a.yaml:2:3", "executor.user": "--set executor.user", "executor.image.tag": "default", "istio.enabled": "--set istio.enabled",
		"istio.gateway": "default", "seldonctl.credentials[1].name": "a.yaml:7:5", "seldonctl.credentials[1].a.b/c": "a.yaml:8:5",
		"seldonctl.credentials[1].missing": "a.yaml:7:5", "seldonctl.credentials[7]": "a.yaml:5:3", "seldonctl.credentials": "a.yaml:5:3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
	section, ok := v.Section("seldonctl.credentials")
	wantSection := []any{map[string]any{"name": "one"}, map[string]any{"name": "two", "a.b/c": 3.0}}
	if diff := cmp.Diff(wantSection, section); diff != "" || !ok {
		t.Errorf("section (-want +got):\n%s", diff)
	}
	if o := v.VariableOrigin("EXECUTOR_CONTAINER_USER").String(); o != "--set executor.user" {
		t.Errorf("origin of the variable is %q", o)
	}
}

// The recorded variants are what users pass; nothing is said of them but where
// they touch what the release does not read.
func TestVariantsLoadQuietly(t *testing.T) {
	t.Parallel()
	want := map[string][]string{
		"no-default-user/1.18.2": {"5:1: SDC306 engine"},
		"engine-and-unit-ports/1.7.0": {
			"3:3: SDC307 predictiveUnit.port",
		},
	}
	files, err := filepath.Glob("testdata/variants/*/values-*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no variants", err)
	}
	for _, file := range files {
		version := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "values-"), ".yaml")
		name := filepath.Base(filepath.Dir(file)) + "/" + version
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			v, list := values.Load(rel(t, version), values.File("", data))
			var got []string
			for _, f := range list {
				got = append(got, strings.TrimPrefix(f.Pos.String(), ":")+": "+string(f.Code)+" "+f.Path.String())
			}
			if diff := cmp.Diff(want[name], got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			roundTrip(t, v, rel(t, version))
		})
	}
}
