package recorded_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/recorded"
)

// pod returns a manifest with the given lines as its spec.
func pod(lines ...string) string {
	return "kind: Pod\nmetadata:\n  name: p\n  namespace: ns\nspec:\n  x: 1\n  " + strings.Join(lines, "\n  ") + "\n"
}

// service returns a Service with a port.
func service(name string, port int) string {
	return fmt.Sprintf("kind: Service\nmetadata: {name: %s}\nspec: {port: %d}\n", name, port)
}

func documents(docs ...string) string { return strings.Join(docs, "---\n") }

func payload(json string) string {
	return pod("env: [{name: ENGINE_PREDICTOR, value: " + base64.StdEncoding.EncodeToString([]byte(json)) + "}]")
}

func decode(t *testing.T, text string) []recorded.Object {
	t.Helper()
	objects, err := recorded.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

func TestCompareFindsEqual(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ a, b string }{
		"the same":                          {pod("a: b"), pod("a: b")},
		"nothing and empty documents":       {"", "---\n---\n# nothing\n"},
		"objects in another order":          {documents(service("a", 1), service("b", 2)), documents(service("b", 2), service("a", 1))},
		"repeated objects in another order": {documents(service("a", 1), service("a", 2)), documents(service("a", 2), service("a", 1))},
		"keys in another order":             {pod("a: 1", "b: 2"), pod("b: 2", "a: 1")},
		"absent and null":                   {pod(), pod("a: null")},
		"absent and an empty text":          {pod(), pod(`a: ""`)},
		"absent and an empty map":           {pod(), pod("a: {}")},
		"absent and an empty list":          {pod(), pod("a: []")},
		"an empty map and an empty list":    {pod("a: {}"), pod("a: []")},
		"absent and a map of empty fields":  {pod(), pod("a: {b: {c: null}}")},
		"empty fields in list entries":      {pod("a: [{b: 1}]"), pod(`a: [{b: 1, c: ""}]`)},
		"absent and empty labels":           {pod(), pod("labels: {}")},
		"empty values of a label":           {pod(`labels: {a: ""}`), pod("labels: {a: null}")},
		"emptyDir without settings":         {pod("emptyDir: {}"), pod(`emptyDir: {medium: ""}`)},
		"any status":                        {pod() + "status: {a: 1}\n", pod() + "status: {b: 2}\n"},
		"an integer in two notations":       {pod("a: 1"), pod("a: 1.0")},
		"JSON and YAML":                     {`{"kind": "A", "metadata": {"name": "m"}, "b": 9007199254740993}`, "kind: A\nmetadata: {name: m}\nb: 9007199254740993\n"},
		"the same snapshot":                 {payload(`{"a":1}`), payload(`{"a":1}`)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := decode(t, test.a), decode(t, test.b)
			if diff := recorded.Compare(a, b); diff != nil {
				t.Errorf("got %q, want no difference", diff)
			}
			if diff := recorded.Compare(b, a); diff != nil {
				t.Errorf("the other way round: got %q, want no difference", diff)
			}
		})
	}
}

func TestCompareTellsDifferences(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		got, want string
		diffs     []string
	}{
		"another value":     {pod("a: b"), pod("a: c"), []string{`Pod ns/p: spec.a: got "b", want "c"`}},
		"a missing field":   {pod(), pod("a: {b: 1}"), []string{`Pod ns/p: spec.a: missing, want {"b":1}`}},
		"an unwanted field": {pod("a: <1>"), pod(), []string{`Pod ns/p: spec.a: got "<1>", want nothing`}},
		"a number and a text": {
			pod("a: 1"), pod(`a: "1"`), []string{`Pod ns/p: spec.a: got 1, want "1"`},
		},
		"a boolean and a text": {
			pod("a: true"), pod(`a: "true"`), []string{`Pod ns/p: spec.a: got true, want "true"`},
		},
		"zero and absent":  {pod("a: 0"), pod(), []string{"Pod ns/p: spec.a: got 0, want nothing"}},
		"false and absent": {pod(), pod("a: false"), []string{"Pod ns/p: spec.a: missing, want false"}},
		"quantities in two notations": {
			pod("cpu: 1000m"), pod(`cpu: "1"`), []string{`Pod ns/p: spec.cpu: got "1000m", want "1"`},
		},
		"a list in another order": {
			pod("a: [1, 2]"), pod("a: [2, 1]"),
			[]string{"Pod ns/p: spec.a[0]: got 1, want 2", "Pod ns/p: spec.a[1]: got 2, want 1"},
		},
		"a shorter list": {
			pod("a: [1]"), pod("a: [1, {b: 2}]"),
			[]string{"Pod ns/p: spec.a: got 1 entries, want 2", `Pod ns/p: spec.a[1]: missing, want {"b":2}`},
		},
		"an empty entry of a list is an entry": {
			pod(`a: [""]`), pod("a: []"), []string{`Pod ns/p: spec.a: got [""], want nothing`},
		},
		"an empty text is not an empty entry": {
			pod(`a: [""]`), pod("a: [null]"), []string{`Pod ns/p: spec.a[0]: got "", want null`},
		},
		"one named entry too many": {
			pod("e: [{name: a, v: 1}, {name: b, v: 2}, {name: c, v: 3}]"), pod("e: [{name: a, v: 1}, {name: c, v: 4}]"),
			[]string{"Pod ns/p: spec.e: got entries [a b c], want [a c]", "Pod ns/p: spec.e[2].v: got 3, want 4"},
		},
		"named entries in another order": {
			pod("e: [{name: a}, {name: b}]"), pod("e: [{name: b}, {name: a}]"),
			[]string{"Pod ns/p: spec.e: got entries [a b], want [b a]"},
		},
		"repeated names are compared by place": {
			pod("e: [{name: a, v: 1}, {name: a, v: 2}]"), pod("e: [{name: a, v: 1}]"),
			[]string{"Pod ns/p: spec.e: got 2 entries, want 1", `Pod ns/p: spec.e[1]: got {"name":"a","v":2}, want nothing`},
		},
		"an empty label":              {pod(), pod(`labels: {a: ""}`), []string{`Pod ns/p: spec.labels: missing, want {"a":""}`}},
		"an empty annotation of many": {pod("annotations: {b: c}"), pod(`annotations: {a.b/c: "", b: c}`), []string{`Pod ns/p: spec.annotations["a.b/c"]: missing, want ""`}},
		"an empty matchLabel":         {pod(`matchLabels: {a: ""}`), pod(), []string{`Pod ns/p: spec.matchLabels: got {"a":""}, want nothing`}},
		"an empty nodeSelector":       {pod(`nodeSelector: {a: ""}`), pod(), []string{`Pod ns/p: spec.nodeSelector: got {"a":""}, want nothing`}},
		"no emptyDir":                 {pod("v: [{name: a}]"), pod("v: [{name: a, emptyDir: {}}]"), []string{"Pod ns/p: spec.v[0].emptyDir: missing, want {}"}},
		"a status below the top counts": {
			pod("status: a"), pod("status: b"), []string{`Pod ns/p: spec.status: got "a", want "b"`},
		},
		"another apiVersion": {
			"apiVersion: v1\n" + pod(), "apiVersion: v2\n" + pod(), []string{`Pod ns/p: apiVersion: got "v1", want "v2"`},
		},
		"a map and a list": {pod("a: {b: 1}"), pod("a: [1]"), []string{`Pod ns/p: spec.a: got {"b":1}, want [1]`}},
		"other objects": {
			documents(service("a", 1), service("b", 1)), documents(service("b", 1), service("c", 1)),
			[]string{"Service a: not expected", "Service c: missing"},
		},
		"an object in another namespace": {
			pod(), strings.Replace(pod(), "namespace: ns", "namespace: other", 1),
			[]string{"Pod ns/p: not expected", "Pod other/p: missing"},
		},
		"a repeated object too few": {
			service("a", 2), documents(service("a", 1), service("a", 2)),
			[]string{"Service a: got 1 of them, want 2"},
		},
		"a repeated object too many": {
			documents(service("a", 1), service("a", 1)), service("a", 1),
			[]string{"Service a: got 2 of them, want 1"},
		},
		"one of two repeated objects differs": {
			documents(service("a", 1), service("a", 3)), documents(service("a", 2), service("a", 1)),
			[]string{"Service a: spec.port: got 3, want 2"},
		},
		"repeated objects, none expected": {
			documents(service("a", 1), service("a", 1)), "", []string{"Service a: not expected, 2 times"},
		},
		"another field in the snapshot": {
			payload(`{"graph":{"name":"a"},"replicas":0}`), payload(`{"graph":{"name":"b"},"replicas":0}`),
			[]string{`Pod ns/p: spec.env[0].value (decoded).graph.name: got "a", want "b"`},
		},
		"an empty field in the snapshot is not an absent one": {
			payload(`{"a":{}}`), payload(`{}`),
			[]string{`Pod ns/p: spec.env[0].value (decoded).a: got {}, want nothing`},
		},
		"another order of keys in the snapshot": {
			payload(`{"a":1,"b":2}`), payload(`{"b":2,"a":1}`),
			[]string{`Pod ns/p: spec.env[0].value (decoded): differs at byte 2: got "{\"a\":1,\"b\":2}", want "{\"b\":2,\"a\":1}"`},
		},
		"another notation of a number in the snapshot": {
			payload(`{"a":1}`), payload(`{"a":1.0}`),
			[]string{`Pod ns/p: spec.env[0].value (decoded).a: got 1, want 1.0`},
		},
		"a snapshot that is not JSON": {
			payload(`abc`), payload(`abd`),
			[]string{`Pod ns/p: spec.env[0].value (decoded): differs at byte 2: got "abc", want "abd"`},
		},
		"a snapshot that is not base64": {
			pod("env: [{name: ENGINE_PREDICTOR, value: '*'}]"), pod("env: [{name: ENGINE_PREDICTOR, value: e30=}]"),
			[]string{`Pod ns/p: spec.env[0].value: got "*", want "e30="`},
		},
		"no snapshot": {
			pod("env: [{name: ENGINE_PREDICTOR}]"), pod("env: [{name: ENGINE_PREDICTOR, value: e30=}]"),
			[]string{`Pod ns/p: spec.env[0].value: missing, want "e30="`},
		},
		"base64 elsewhere is text": {
			pod("env: [{name: OTHER, value: e30=}]"), pod("env: [{name: OTHER, value: e31=}]"),
			[]string{`Pod ns/p: spec.env[0].value: got "e30=", want "e31="`},
		},
		"a long value is cut": {
			pod("a: " + strings.Repeat("x", 500)), pod("a: b"),
			[]string{`Pod ns/p: spec.a: got "` + strings.Repeat("x", 159) + `... (502 bytes), want "b"`},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := recorded.Compare(decode(t, test.got), decode(t, test.want))
			if diff := cmp.Diff(test.diffs, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFromValuesEqualsDecodedText(t *testing.T) {
	t.Parallel()
	type metadata struct {
		Name      string  `json:"name"`
		Namespace string  `json:"namespace"`
		Created   *string `json:"creationTimestamp"`
	}
	type spec struct {
		X     int               `json:"x"`
		Share float64           `json:"share"`
		Large int64             `json:"large"`
		List  []any             `json:"list"`
		Tags  map[string]string `json:"labels"`
	}
	value := struct {
		Kind     string   `json:"kind"`
		Metadata metadata `json:"metadata"`
		Spec     spec     `json:"spec"`
	}{
		Kind:     "Pod",
		Metadata: metadata{Name: "p", Namespace: "ns"},
		Spec:     spec{X: 1, Share: 0.5, Large: 9007199254740993, List: []any{"a", 1, nil}, Tags: map[string]string{"k": ""}},
	}
	got, err := recorded.FromValues(value)
	if err != nil {
		t.Fatal(err)
	}
	want := decode(t, pod("share: 0.5", "large: 9007199254740993", "list: [a, 1, null]", `labels: {k: ""}`))
	if diff := recorded.Compare(got, want); diff != nil {
		t.Errorf("got %q, want no difference", diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, err string }{
		"what is no YAML":          {"a: [", "did not find expected node content"},
		"a list":                   {"- a\n", "document 1: no object"},
		"an object without name":   {service("a", 1) + "---\nkind: A\n", "document 2: no Kubernetes object: kind or metadata.name is missing"},
		"a field that is repeated": {"kind: A\nkind: B\n", `line 2: duplicate key "kind"`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := recorded.Decode([]byte(test.text))
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %v, want %s", err, test.err)
			}
		})
	}
}
