package templates_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/templates"
)

func TestValuesLayChangesOverOneAnother(t *testing.T) {
	t.Parallel()
	got := map[string]any{}
	for _, v := range templates.Values("1.13.0", []string{"1.5.0", "1.6.0", "1.8.0", "1.10.0", "1.11.0", "1.12.0", "1.13.0"}) {
		if _, twice := got[v.Key]; twice {
			t.Errorf("%s is there twice", v.Key)
		}
		got[v.Key] = v.Default
	}
	for key, want := range map[string]any{
		"executor.enabled":         nil,
		"executor.image.tag":       "1.13.0",
		"storageInitializer.image": "seldonio/rclone-storage-initializer:1.13.0",
		"engine.image.repository":  nil,
		"engine":                   nil,
		"webhook.port":             4443.0,
		"crd.annotations":          map[string]any{},
		"predictor_servers.TRITON_SERVER.protocols.kfserving.image": nil,
		"predictor_servers.TRITON_SERVER.protocols.v2.image":        "nvcr.io/nvidia/tritonserver",
	} {
		if diff := cmp.Diff(want, got[key]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
}

// TestValuesAreThoseOfTheCharts compares with the charts themselves, where they
// are. Keys about the manager's own objects need not be here.
func TestValuesAreThoseOfTheCharts(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("SELDONCTL_CONFORMANCE")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "conformance")
	}
	for _, r := range release.All() {
		text, err := os.ReadFile(filepath.Join(dir, "charts", r.Version, "values.yaml"))
		if err != nil {
			t.Skip(err)
		}
		var chart map[string]any
		if err := yaml.Unmarshal(text, &chart); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, v := range r.Values {
			got[v.Key] = toJSON(v.Default)
		}
		want := leaves(chart, "")
		for key := range want {
			if _, ok := got[key]; !ok && ofTheManager(key) {
				delete(want, key)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.Version, diff)
		}
	}
}

// ofTheManager reports whether a key is one of those that the docs of package
// templates leave out.
func ofTheManager(key string) bool {
	for _, prefix := range []string{"image.", "manager.", "rbac.", "serviceAccount."} {
		if len(key) > len(prefix) && key[:len(prefix)] == prefix {
			return true
		}
	}
	return false
}

func leaves(m map[string]any, prefix string) map[string]string {
	out := map[string]string{}
	for key, value := range m {
		inside, isMap := value.(map[string]any)
		switch {
		case value == nil:
		case isMap && len(inside) > 0:
			maps.Copy(out, leaves(inside, prefix+key+"."))
		default:
			out[prefix+key] = toJSON(value)
		}
	}
	return out
}

func toJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
