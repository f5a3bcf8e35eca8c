package render_test

import (
	"fmt"
	"slices"
	"testing"

	"sigs.k8s.io/kustomize/kyaml/openapi"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// checkSchema holds an object against the schema of Kubernetes, where there is one
// for the kind.
func checkSchema(t *testing.T, object map[string]any) {
	schema := openapi.SchemaForResourceType(kyaml.TypeMeta{
		APIVersion: fmt.Sprint(object["apiVersion"]), Kind: fmt.Sprint(object["kind"]),
	})
	if schema == nil {
		return
	}
	for _, fault := range schemaFaults(object, schema, "") {
		t.Errorf("%s\n%v", fault, object)
	}
}

// schemaFaults compares types and looks for required fields. Fields that the
// schema does not have are left alone: it is older than some of them.
func schemaFaults(value any, schema *openapi.ResourceSchema, path string) []string {
	kind := slices.Concat(schema.Schema.Type, []string{""})[0]
	wrong := []string{fmt.Sprintf("%s: %T where the schema has %s", path, value, kind)}
	var faults []string
	switch v := value.(type) {
	case map[string]any:
		if kind != "object" && kind != "" {
			return wrong
		}
		for _, name := range schema.Schema.Required {
			if v[name] == nil && name != "name" {
				faults = append(faults, path+" lacks "+name)
			}
		}
		for key, member := range v {
			if field := schema.Field(key); field != nil && member != nil {
				faults = append(faults, schemaFaults(member, field, path+"."+key)...)
			}
		}
	case []any:
		if kind != "array" {
			return wrong
		}
		if elements := schema.Elements(); elements != nil {
			for i, member := range v {
				faults = append(faults, schemaFaults(member, elements, fmt.Sprintf("%s[%d]", path, i))...)
			}
		}
	case string:
		if kind != "string" && kind != "" {
			return wrong
		}
	case bool:
		if kind != "boolean" && kind != "" {
			return wrong
		}
	case float64:
		if whole := v == float64(int64(v)); kind != "number" && (kind != "integer" || !whole) && schema.Schema.Format != "int-or-string" {
			return wrong
		}
	}
	return faults
}
