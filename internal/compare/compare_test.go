package compare_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/manifest"
)

// object reads an object from JSON that has single quotes.
func object(t testing.TB, text string) compare.Object {
	t.Helper()
	text = strings.ReplaceAll(text, "'", `"`)
	var head struct {
		APIVersion, Kind string
		Metadata         struct{ Name, Namespace string }
	}
	if err := json.Unmarshal([]byte(text), &head); err != nil {
		t.Fatal(err)
	}
	id := manifest.Object{APIVersion: head.APIVersion, Kind: head.Kind, Namespace: head.Metadata.Namespace, Name: head.Metadata.Name}.ID()
	return compare.Object{ID: id, Rank: manifest.RankOf(head.Kind), JSON: []byte(text)}
}

func objects(t testing.TB, texts ...string) []compare.Object {
	t.Helper()
	var out []compare.Object
	for _, text := range texts {
		out = append(out, object(t, text))
	}
	return out
}

func differences(t testing.TB, from, to []compare.Object, o compare.Options) []compare.Difference {
	t.Helper()
	var out []compare.Difference
	for d, err := range compare.Differences(from, to, o) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Differs() {
			out = append(out, d)
		}
	}
	return out
}

// configMap returns a ConfigMap with one value.
func configMap(namespace, name, value string) string {
	return fmt.Sprintf(`{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'%s','namespace':'%s'},'data':{'k':'%s'}}`, name, namespace, value)
}

func TestDifferencesMatchObjects(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		from, to []string
		options  compare.Options
		want     []string
	}{
		{
			name: "equal objects do not differ, wherever they stand",
			from: []string{configMap("n", "a", "1"), configMap("n", "b", "1")},
			to:   []string{configMap("n", "b", "1"), configMap("n", "a", "1")},
		},
		{
			name: "objects are changed, added and removed, in the order of their names",
			from: []string{configMap("n", "c", "1"), configMap("n", "b", "1")},
			to:   []string{configMap("n", "c", "2"), configMap("n", "a", "1")},
			want: []string{"would be created n/a", "would be removed n/b", "changes in place n/c"},
		},
		{
			name: "another namespace is another object",
			from: []string{configMap("n", "a", "1")},
			to:   []string{configMap("m", "a", "1")},
			want: []string{"would be created m/a", "would be removed n/a"},
		},
		{
			name:    "namespaces can be ignored, and differ then",
			from:    []string{configMap("n", "a", "1")},
			to:      []string{configMap("m", "a", "1")},
			options: compare.Options{IgnoreNamespaces: true},
			want:    []string{"changes in place n/a -> m/a"},
		},
		{
			name:    "an object of the same namespace is nearer than one of another",
			from:    []string{configMap("n", "a", "1"), configMap("o", "a", "1")},
			to:      []string{configMap("m", "a", "1"), configMap("n", "a", "1")},
			options: compare.Options{IgnoreNamespaces: true},
			want:    []string{"changes in place o/a -> m/a"},
		},
		{
			name: "an object that is made twice is paired in its order",
			from: []string{configMap("n", "a", "1"), configMap("n", "a", "2")},
			to:   []string{configMap("n", "a", "1"), configMap("n", "a", "3"), configMap("n", "a", "4")},
			want: []string{"changes in place n/a", "would be created n/a"},
		},
		{
			name: "another version of a group is the same object",
			from: []string{`{'apiVersion':'autoscaling/v2beta1','kind':'HorizontalPodAutoscaler','metadata':{'name':'a'}}`},
			to:   []string{`{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'a'}}`},
			want: []string{"changes in place /a"},
		},
		{
			name: "another group is another object",
			from: []string{`{'apiVersion':'extensions/v1beta1','kind':'Deployment','metadata':{'name':'a'}}`},
			to:   []string{`{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'}}`},
			want: []string{"would be created /a", "would be removed /a"},
		},
		{
			name: "what no output would contain does not differ",
			from: []string{`{'apiVersion':'v1','kind':'Service','metadata':{'name':'a','creationTimestamp':null},'status':{'loadBalancer':{}}}`},
			to:   []string{`{'apiVersion':'v1','kind':'Service','metadata':{'name':'a'}}`},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, d := range differences(t, objects(t, tt.from...), objects(t, tt.to...), tt.options) {
				line := d.Verdict.String() + " " + d.From.Namespace + "/" + d.From.Name
				if d.From != d.To {
					line += " -> " + d.To.Namespace + "/" + d.To.Name
				}
				got = append(got, line)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestDifferencesAreShown(t *testing.T) {
	t.Parallel()
	predictor := func(text string) string {
		encoded := base64.StdEncoding.EncodeToString([]byte(text))
		return `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'a'},'env':[{'name':'ENGINE_PREDICTOR','value':'` + encoded + `'}]}`
	}
	secret := func(members string) string {
		return `{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a'},` + members + `}`
	}
	for _, tt := range []struct {
		name     string
		from, to []string
		want     string
	}{
		{
			name: "an added object as a whole",
			to:   []string{`{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'a'}}`},
			want: "--- /dev/null\n+++ to/Namespace/a\n@@ -0,0 +1,4 @@\n+apiVersion: v1\n+kind: Namespace\n+metadata:\n+  name: a\n",
		},
		{
			name: "a removed object as a whole",
			from: []string{`{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a','namespace':'ns'}}`},
			want: "--- from/ns/ConfigMap/a\n+++ /dev/null\n@@ -1,5 +0,0 @@\n-apiVersion: v1\n-kind: ConfigMap\n-metadata:\n-  name: a\n-  namespace: ns\n",
		},
		{
			name: "the predictor of an orchestrator decoded, in its own order",
			from: []string{predictor(`{"name":"p","graph":{"name":"g"}}`)},
			to:   []string{predictor(`{"name":"p","graph":{"name":"h"}}`)},
			want: "--- from/Deployment/a\n+++ to/Deployment/a\n@@ -7,4 +7,4 @@\n   value (decoded):\n     name: p\n     graph:\n-      name: g\n+      name: h\n",
		},
		{
			name: "a predictor that cannot be decoded as it is",
			from: []string{predictor(`{`)},
			to:   []string{predictor(`[`)},
			want: "--- from/Deployment/a\n+++ to/Deployment/a\n@@ -4,4 +4,4 @@\n   name: a\n env:\n - name: ENGINE_PREDICTOR\n-  value: ew==\n+  value: Ww==\n",
		},
		{
			name: "predictors as they are when only their spelling differs",
			from: []string{predictor(`{"name":"p"}`)},
			to:   []string{predictor(`{"name": "p"}`)},
			want: "--- from/Deployment/a\n+++ to/Deployment/a\n@@ -4,4 +4,4 @@\n   name: a\n env:\n - name: ENGINE_PREDICTOR\n-  value: eyJuYW1lIjoicCJ9\n+  value: eyJuYW1lIjogInAifQ==\n",
		},
		{
			name: "a Secret by its keys only",
			from: []string{secret(`'data':{'same':'c2VjcmV0','changed':'c2VjcmV0','removed':'c2VjcmV0'}`)},
			to:   []string{secret(`'data':{'same':'c2VjcmV0','changed':'U0VDUkVU','added':'c2VjcmV0'}`)},
			want: "--- from/Secret/a\n+++ to/Secret/a\n@@ -3,6 +3,6 @@\n metadata:\n   name: a\n data:\n-  changed: '*** (before)'\n-  removed: '***'\n+  added: '***'\n+  changed: '*** (after)'\n   same: '***'\n",
		},
		{
			name: "a Secret whose data is not a map not at all",
			from: []string{secret(`'stringData':'secret'`)},
			to:   []string{secret(`'stringData':['secret']`)},
			want: "--- from/Secret/a\n+++ to/Secret/a\n@@ -2,4 +2,4 @@\n kind: Secret\n metadata:\n   name: a\n-stringData: '*** (before)'\n+stringData: '*** (after)'\n",
		},
		{
			name: "a Secret with a misspelt member and values in its metadata",
			from: []string{secret(`'stringdata':{'k':'secret'}`)},
			to:   []string{`{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a','stringData':{'k':'secret'}}}`},
			want: "--- from/Secret/a\n+++ to/Secret/a\n@@ -2,5 +2,5 @@\n kind: Secret\n metadata:\n   name: a\n-stringdata:\n-  k: '***'\n+  stringData:\n+    k: '***'\n",
		},
		{
			name: "a list of Secrets that has a name",
			from: []string{`{'apiVersion':'v1','kind':'SecretList','metadata':{'name':'a'},'items':[{'data':{'k':'c2VjcmV0'}}]}`},
			to:   []string{`{'apiVersion':'v1','kind':'SecretList','metadata':{'name':'a'},'items':[{'data':{'k':'U0VDUkVU'}}]}`},
			want: "--- from/SecretList/a\n+++ to/SecretList/a\n@@ -2,4 +2,4 @@\n kind: SecretList\n metadata:\n   name: a\n-items: '*** (before)'\n+items: '*** (after)'\n",
		},
		{
			name: "a Secret of another group",
			to:   []string{`{'apiVersion':'example.org/v1','kind':'Secret','metadata':{'name':'a'},'spec':{'value':'secret'}}`},
			want: "--- /dev/null\n+++ to/Secret/a\n@@ -0,0 +1,6 @@\n+apiVersion: example.org/v1\n+kind: Secret\n+metadata:\n+  name: a\n+spec:\n+  value: '***'\n",
		},
		{
			name: "a new Secret without its values and without what kubectl remembers of them",
			to: []string{`{'apiVersion':'v1','kind':'Secret','metadata':{'name':'a','annotations':{` +
				`'kubectl.kubernetes.io/last-applied-configuration':'secret'}},'data':{'k':'c2VjcmV0'}}`},
			want: "--- /dev/null\n+++ to/Secret/a\n@@ -0,0 +1,8 @@\n+apiVersion: v1\n+kind: Secret\n+metadata:\n+  annotations:\n" +
				"+    kubectl.kubernetes.io/last-applied-configuration: '***'\n+  name: a\n+data:\n+  k: '***'\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := differences(t, objects(t, tt.from...), objects(t, tt.to...), compare.Options{})
			if len(got) != 1 {
				t.Fatalf("%d differences, want 1", len(got))
			}
			if d := cmp.Diff(tt.want, string(got[0].Diff)); d != "" {
				t.Error(d)
			}
			if strings.Contains(string(got[0].Diff), "c2VjcmV0") || strings.Contains(string(got[0].Diff), "secret") {
				t.Error("a secret is shown")
			}
		})
	}
}

func TestDifferencesNameTheObject(t *testing.T) {
	t.Parallel()
	broken := compare.Object{ID: manifest.ID{Kind: "ConfigMap", Name: "a"}, JSON: []byte(`[1`)}
	for _, err := range compare.Differences([]compare.Object{broken}, objects(t, configMap("", "a", "1")), compare.Options{}) {
		if err == nil || !strings.HasPrefix(err.Error(), `cannot compare ConfigMap "a": `) {
			t.Errorf("got %v", err)
		}
	}
}

func TestNormalize(t *testing.T) {
	t.Parallel()
	got, err := compare.Normalize([]byte(`{"spec":{"b":1e3,"a":"<"},"kind":"K","data":null,"metadata":{"name":"n"},"apiVersion":"v1"}`))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(`{"apiVersion":"v1","kind":"K","metadata":{"name":"n"},"data":null,"spec":{"a":"<","b":1e3}}`, string(got)); d != "" {
		t.Error(d)
	}
	if _, err := compare.Normalize([]byte(`[]`)); err == nil {
		t.Error("a list is taken for an object")
	}
}

// BenchmarkDifferences compares a thousand Deployments, one in ten of them changed.
func BenchmarkDifferences(b *testing.B) {
	var from, to []compare.Object
	for i := range 1000 {
		deployment := `{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'` + fmt.Sprint(i) + `'},'spec':{'items':[` +
			strings.Repeat(`{'name':'PREDICTIVE_UNIT_ID','value':'classifier'},`, 100) + `{'name':'image','value':'%s'}]}}`
		from = append(from, object(b, fmt.Sprintf(deployment, "old")))
		value := "old"
		if i%10 == 0 {
			value = "new"
		}
		to = append(to, object(b, fmt.Sprintf(deployment, value)))
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(differences(b, from, to, compare.Options{})); n != 100 {
			b.Fatal(n)
		}
	}
}
