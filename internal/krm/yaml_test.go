package krm_test

import (
	"testing"

	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func parseYAML(t *testing.T, text string) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
