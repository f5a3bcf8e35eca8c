// Package externalsecrets holds what seldonctl writes for the External Secrets
// Operator against the operator's own definition.
package externalsecrets

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"
)

// The operator's module, of which the definition alone is read, and the digest
// that go.sum would have of it.
const (
	module  = "github.com/external-secrets/external-secrets"
	version = "v1.3.2"
	digest  = "h1:u2J8RjlHIeF0oZCqtl92adI/uZWUwOesJIDkfql6LqQ="
)

// TestExternalSecretsFollowTheirDefinition validates the expected ExternalSecrets
// of every provider and kind of access, as a server does that refuses unknown
// fields.
func TestExternalSecretsFollowTheirDefinition(t *testing.T) {
	schema := definition(t, "v1")
	text, err := os.ReadFile("../../secrets/testdata/external.yaml")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, document := range bytes.Split(text, []byte("\n---\n")) {
		var object map[string]any
		if err := yaml.Unmarshal(document, &object); err != nil {
			t.Fatal(err)
		}
		if object["apiVersion"] != "external-secrets.io/v1" || object["kind"] != "ExternalSecret" {
			continue
		}
		n++
		if err := schema.Validate(object); err != nil {
			t.Errorf("%v\n%s", err, document)
		}
	}
	if n < 15 {
		t.Errorf("only %d ExternalSecrets were found", n)
	}
	wrong := map[string]any{"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "spec": map[string]any{"dta": []any{}}}
	if schema.Validate(wrong) == nil {
		t.Error("the schema takes an unknown field")
	}
}

// definition returns the schema of a version of ExternalSecrets, in which fields
// that it does not name are errors.
func definition(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "mod", "download", "-json", module+"@"+version).Output()
	if err != nil {
		t.Fatal(err)
	}
	var found struct{ Dir, Sum string }
	if err := json.Unmarshal(out, &found); err != nil {
		t.Fatal(err)
	}
	if found.Sum != digest {
		t.Fatalf("the module has the digest %s, want %s", found.Sum, digest)
	}
	text, err := os.ReadFile(filepath.Join(found.Dir, "config", "crds", "bases", "external-secrets.io_externalsecrets.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var crd struct {
		Spec struct {
			Versions []struct {
				Name   string
				Schema struct{ OpenAPIV3Schema map[string]any }
			}
		}
	}
	if err := yaml.Unmarshal(text, &crd); err != nil {
		t.Fatal(err)
	}
	for _, v := range crd.Spec.Versions {
		if v.Name != name {
			continue
		}
		closeObjects(v.Schema.OpenAPIV3Schema)
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource("crd.json", v.Schema.OpenAPIV3Schema); err != nil {
			t.Fatal(err)
		}
		schema, err := compiler.Compile("crd.json")
		if err != nil {
			t.Fatal(err)
		}
		return schema
	}
	t.Fatalf("there is no version %s", name)
	return nil
}

// closeObjects lets the objects of a schema have no more than the properties that
// it names. The metadata has its own rules.
func closeObjects(schema any) {
	switch s := schema.(type) {
	case []any:
		for _, item := range s {
			closeObjects(item)
		}
	case map[string]any:
		properties, named := s["properties"].(map[string]any)
		if _, open := s["additionalProperties"]; named && !open && s["type"] == "object" {
			s["additionalProperties"] = false
		}
		for name, member := range s {
			if name != "properties" {
				closeObjects(member)
			}
		}
		for _, property := range properties {
			closeObjects(property)
		}
	}
}
