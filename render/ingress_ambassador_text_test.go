package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func usualMapping() *ambassadorMapping {
	return &ambassadorMapping{
		APIVersion: ambassadorVersion, Kind: "Mapping", Name: "seldon_models_iris_main_grpc_mapping",
		GRPC: true, Prefix: grpcPrefix, PrefixRegex: true, Service: "iris-main.models:5001",
		TimeoutMS: 3000, IdleTimeoutMS: 60000, Headers: map[string]string{"seldon": "iris", "namespace": "models"},
	}
}

func TestUsualMappingsAreWrittenWithoutTheLibrary(t *testing.T) {
	t.Parallel()
	rest := usualMapping()
	rest.GRPC, rest.PrefixRegex, rest.Headers = false, false, nil
	rest.Prefix, rest.Rewrite, rest.Service = "/seldon/models/iris/", "/", "iris-main.models:8000"
	canary := usualMapping()
	canary.Weight, canary.Shadow, canary.TLS, canary.AmbassadorID = 20, true, "seldon_models_iris_main_tls_config", "edge"
	for name, m := range map[string]*ambassadorMapping{"gRPC": usualMapping(), "REST": rest, "canary": canary} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := m.appendPlain(nil)
			if !ok {
				t.Fatal("the library writes it")
			}
			if diff := cmp.Diff(toYAML(m), string(got)); diff != "" {
				t.Errorf("differs from what the library writes (-library +ours):\n%s", diff)
			}
		})
	}
}

// TestTheShortCutIsTaken tells it from the library by what is allocated.
func TestTheShortCutIsTaken(t *testing.T) {
	m := usualMapping()
	library := testing.AllocsPerRun(1, func() { toYAML(m) })
	if ours := testing.AllocsPerRun(1, func() { m.appendTo(nil) }); ours > library/4 {
		t.Errorf("%v allocations, and %v of the library: was it asked for a usual Mapping?", ours, library)
	}
}

func TestUnusualMappingsAreWrittenByTheLibrary(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*ambassadorMapping){
		"regular expressions for headers": func(m *ambassadorMapping) { m.RegexHeaders = map[string]string{"a": "b"} },
		"retries":                         func(m *ambassadorMapping) { m.RetryPolicy = &ambassadorRetries{"gateway-error", 2} },
		"circuit breakers":                func(m *ambassadorMapping) { m.CircuitBreakers = []ambassadorBreakers{{1, 2, 3, 4}} },
		"a header of the user's":          func(m *ambassadorMapping) { m.Headers["location"] = "Leeds" },
		"a word of YAML's":                func(m *ambassadorMapping) { m.Headers["seldon"] = "yes" },
		"a number":                        func(m *ambassadorMapping) { m.AmbassadorID = "12" },
		"a space":                         func(m *ambassadorMapping) { m.Service = "a b" },
		"a colon at the end":              func(m *ambassadorMapping) { m.Service = "a:" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := usualMapping()
			change(m)
			if out, ok := m.appendPlain(nil); ok {
				t.Errorf("written without the library:\n%s", out)
			}
			if diff := cmp.Diff(toYAML(m), string(m.appendTo(nil))); diff != "" {
				t.Errorf("differs from what the library writes (-library +ours):\n%s", diff)
			}
		})
	}
}

// FuzzAmbassadorMapping compares the short cut with the library.
func FuzzAmbassadorMapping(f *testing.F) {
	f.Add("iris", "/seldon/models/iris/", "iris-main.models:8000", "models", "")
	f.Add("Off", "/(a|b)*", "a::b", "~", "0x1")
	f.Fuzz(func(t *testing.T, name, prefix, service, namespace, id string) {
		m := &ambassadorMapping{
			APIVersion: ambassadorVersion, Kind: "Mapping", Name: name, Prefix: prefix, Service: service,
			Headers: map[string]string{"seldon": name, "namespace": namespace}, AmbassadorID: id, Rewrite: id, TLS: name,
		}
		if got, want := string(m.appendTo(nil)), toYAML(m); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}
