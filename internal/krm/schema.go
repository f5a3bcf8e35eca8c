package krm

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/seldonctl/seldonctl/seldon"
)

// Schema returns the JSON schema of a SeldonRender, for editors.
func Schema() []byte {
	schema := configSchema()
	schema["$schema"] = "http://json-schema.org/draft-07/schema#"
	schema["$id"] = home + "/docs/seldonrender.schema.json"
	schema["title"] = ConfigKind
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
	for _, o := range Options() {
		options[o.Name] = o.schema()
	}
	return map[string]any{
		"type":        "object",
		"description": "Says how the KRM function of seldonctl renders SeldonDeployments.",
		"required":    []string{"apiVersion", "kind"},
		"properties": map[string]any{
			"apiVersion": map[string]any{"type": "string", "enum": []string{ConfigAPIVersion}},
			"kind":       map[string]any{"type": "string", "enum": []string{ConfigKind}},
			"metadata":   map[string]any{"type": "object"},
			"spec":       map[string]any{"type": "object", "properties": options, "additionalProperties": false},
		},
		"additionalProperties": false,
	}
}

// schema describes the value of an option.
func (o Option) schema() map[string]any {
	s := map[string]any{"description": o.sentence()}
	switch o.Into(new(Config)).(type) {
	case *string:
		s["type"] = "string"
		if o.Default != "" {
			s["default"] = o.Default
		}
		if o.Choices != nil {
			s["enum"] = o.Choices
		}
	case *bool:
		s["type"], s["default"] = "boolean", o.Default == "true"
	case *[]string:
		s["type"], s["items"] = "array", map[string]any{"type": "string", "minLength": 1}
	case *Values:
		s["type"] = "object"
	case *Deployments:
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
func (o Option) sentence() string {
	return strings.ToUpper(o.Usage[:1]) + o.Usage[1:] + "."
}

// typeName is the type of the option's value in words.
func (o Option) typeName() string {
	switch o.Into(new(Config)).(type) {
	case *bool:
		return "boolean"
	case *[]string:
		return "list of texts"
	case *Values:
		return "map"
	case *Deployments:
		return "list of objects"
	}
	return "text"
}
