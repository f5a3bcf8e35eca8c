package krm_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/internal/krm"
)

// FuzzFunction runs the function on any bytes. Whatever comes in, one ResourceList
// comes out; results are on standard error too; an error leaves the items alone;
// a second run changes nothing.
func FuzzFunction(f *testing.F) {
	f.Add([]byte(listOf([]string{other, modelIn("iris")})))
	f.Add([]byte(listOf([]string{modelIn("iris", place("a.yaml", "1", internalStyle)...), brokenModel()}, configOf("strict: true"))))
	f.Add([]byte(listOf(nil, configOf("deployments:\n"+asItem(withCanary(modelIn("iris")))))))
	f.Add([]byte(listOf(nil, "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  data: {seldonVersion: 1.18.2, files: a.yaml}\n")))
	f.Add([]byte("{\"apiVersion\": \"config.kubernetes.io/v1beta1\", \"kind\": \"ResourceList\", \"items\": [{\"a\": 1}]}"))
	f.Add([]byte("apiVersion: config.kubernetes.io/v1alpha1\nkind: ResourceList\nitems:\n- &a {b: 1}\n- {<<: *a, c: *a}\n"))
	f.Fuzz(func(t *testing.T, input []byte) {
		run := func(input []byte) (string, string, int) {
			var out, errOut bytes.Buffer
			function := krm.Function{ReadFile: func(string) ([]byte, error) { return nil, errors.New("files cannot be read") }}
			code := function.Run(bytes.NewReader(input), &out, &errOut)
			return out.String(), errOut.String(), code
		}
		out, errOut, code := run(input)
		var first, before yaml.Node
		if err := yaml.Unmarshal([]byte(out), &first); err != nil {
			t.Fatalf("not YAML: %v\n%s", err, out)
		}
		results := child(&first, "results")
		if n := strings.Count(errOut, "\n"); results != nil && n != len(results.Content) || results == nil && n != 0 {
			t.Fatalf("%d lines on standard error for these results:\n%s\n%s", n, out, errOut)
		}
		if strings.Contains(errOut, "SDC821") {
			t.Fatalf("crashed: %s", errOut)
		}
		if code != 0 {
			if yaml.Unmarshal(input, &before) == nil && !strings.Contains(errOut, "SDC801") && !sameItems(&before, &first) {
				t.Fatalf("items changed:\n%s\n%s", input, out)
			}
			return
		}
		second, errOut, code := run([]byte(out))
		var after yaml.Node
		if err := yaml.Unmarshal([]byte(second), &after); err != nil || code != 0 || !sameItems(&first, &after) {
			t.Fatalf("exit code %d, %v: the second run changed items:\n%s\n%s\n%s", code, err, out, second, errOut)
		}
	})
}

func sameItems(a, b *yaml.Node) bool {
	var x, y any
	p, q := child(a, "items"), child(b, "items")
	if p == nil || q == nil {
		return (p == nil || len(p.Content) == 0) && (q == nil || len(q.Content) == 0)
	}
	// What the library does not decode, such as a key given twice, cannot be compared.
	if p.Decode(&x) != nil || q.Decode(&y) != nil {
		return true
	}
	dropEmptyMetadata(x)
	dropEmptyMetadata(y)
	return reflect.DeepEqual(x, y) || x == nil && len(q.Content) == 0
}

// dropEmptyMetadata removes metadata that holds nothing: the library does so where
// it removes its own annotations, and to a cluster it is the same.
func dropEmptyMetadata(items any) {
	list, _ := items.([]any)
	for _, item := range list {
		object, _ := item.(map[string]any)
		if metadata, ok := object["metadata"].(map[string]any); ok && len(metadata) == 0 || object["metadata"] == nil {
			delete(object, "metadata")
		}
	}
}

func child(doc *yaml.Node, key string) *yaml.Node {
	if len(doc.Content) == 0 {
		return nil
	}
	top := doc.Content[0]
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value == key {
			return top.Content[i+1]
		}
	}
	return nil
}
