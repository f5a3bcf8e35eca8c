package krm_test

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/seldonctl/seldonctl/internal/krm"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/seldon"
)

// schemaFile returns the JSON schema of a SeldonRender, for editors.
func schemaFile() []byte {
	schema := configSchema()
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["$id"] = home + "/docs/seldonrender.schema.json"
	schema["title"] = krm.ConfigKind
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(schema); err != nil {
		panic("krm: " + err.Error())
	}
	return buf.Bytes()
}

// configSchema is the part that JSON schema and OpenAPI have in common.
func configSchema() map[string]any {
	options := map[string]any{}
	for _, o := range new(krm.Config).Options() {
		options[o.Name.Name()] = optionSchema(o)
	}
	return map[string]any{
		"type":        "object",
		"description": "Says how the KRM function of seldonctl renders SeldonDeployments.",
		"required":    []string{"apiVersion", "kind"},
		"properties": map[string]any{
			"apiVersion": map[string]any{"type": "string", "enum": []string{krm.ConfigAPIVersion}},
			"kind":       map[string]any{"type": "string", "enum": []string{krm.ConfigKind}},
			"metadata":   map[string]any{"type": "object"},
			"spec":       map[string]any{"type": "object", "properties": options, "additionalProperties": false},
		},
		"additionalProperties": false,
	}
}

// schema describes the value of an option.
func optionSchema(o run.Option) map[string]any {
	s := map[string]any{"description": sentence(o)}
	switch o.To.(type) {
	case *string:
		s["type"] = "string"
		if o.Default != "" {
			s["default"] = o.Default
		}
		if o.Choices != nil {
			s["enum"] = o.Choices()
		}
	case *bool:
		s["type"], s["default"] = "boolean", o.Default == "true"
	case *[]string:
		s["type"], s["items"] = "array", map[string]any{"type": "string", "minLength": 1}
	case *krm.Values:
		s["type"] = "object"
	case *[]krm.Deployment:
		s["type"] = "array"
		s["items"] = map[string]any{
			"type":     "object",
			"required": []string{"apiVersion", "kind", "metadata", "spec"},
			"properties": map[string]any{
				"apiVersion": map[string]any{"type": "string", "enum": seldon.APIVersions()},
				"kind":       map[string]any{"type": "string", "enum": []string{seldon.Kind}},
			},
		}
	}
	return s
}

// sentence is the usage with capital and full stop.
func sentence(o run.Option) string {
	return strings.ToUpper(o.Usage[:1]) + o.Usage[1:] + "."
}

// typeName is the type of the option's value in words.
func typeName(o run.Option) string {
	switch o.To.(type) {
	case *bool:
		return "boolean"
	case *[]string:
		return "list of texts"
	case *krm.Values:
		return "map"
	case *[]krm.Deployment:
		return "list of objects"
	}
	return "text"
}
