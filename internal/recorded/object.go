package recorded

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// Object is a Kubernetes object in the form that Compare works on: fields that
// mean the same when empty or absent are gone.
type Object struct {
	id   identity
	tree map[string]any
}

type identity struct{ kind, namespace, name string }

func (i identity) String() string {
	if i.namespace == "" {
		return i.kind + " " + i.name
	}
	return i.kind + " " + i.namespace + "/" + i.name
}

// Decode reads the documents of a YAML or JSON text. Empty documents are left
// out; a document that is no Kubernetes object is an error.
func Decode(text []byte) ([]Object, error) {
	loader, err := yaml.NewLoader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	var out []Object
	for {
		var node yaml.Node
		err := loader.Load(&node)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		doc, err := fromNode(&node)
		if err != nil {
			return nil, fmt.Errorf("document %d: %w", len(out)+1, err)
		}
		if doc == nil {
			continue
		}
		object, err := newObject(doc)
		if err != nil {
			return nil, fmt.Errorf("document %d: %w", len(out)+1, err)
		}
		out = append(out, object)
	}
}

// FromValues makes objects of any values that encoding/json writes as such.
func FromValues(values ...any) ([]Object, error) {
	out := make([]Object, 0, len(values))
	for i, value := range values {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		var doc any
		if err := decoder.Decode(&doc); err != nil {
			return nil, err
		}
		object, err := newObject(doc)
		if err != nil {
			return nil, fmt.Errorf("value %d: %w", i+1, err)
		}
		out = append(out, object)
	}
	return out, nil
}

func newObject(doc any) (Object, error) {
	tree, ok := plain(doc).(map[string]any)
	if !ok {
		return Object{}, errors.New("no object")
	}
	metadata, _ := tree["metadata"].(map[string]any)
	id := identity{kind: text(tree["kind"]), namespace: text(metadata["namespace"]), name: text(metadata["name"])}
	if id.kind == "" || id.name == "" {
		return Object{}, errors.New("no Kubernetes object: kind or metadata.name is missing")
	}
	delete(tree, "status")
	return Object{id: id, tree: pruned(tree)}, nil
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// plain returns a decoded value with numbers that are equal however they are
// written.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[key] = plain(value)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, value := range v {
			out[i] = plain(value)
		}
		return out
	case json.Number:
		if i, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return i
		}
		f, err := v.Float64()
		switch {
		case err != nil:
			return v.String()
		case f == math.Trunc(f) && math.Abs(f) < 1<<53:
			// Beyond 2^53 a float no longer tells neighbouring integers apart.
			return int64(f)
		}
		return f
	}
	return v
}

// pruned returns a map without fields that are null, "", {} or [], which count
// as absent. Entries of lists are not fields: they stay.
func pruned(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for key, value := range m {
		switch value := value.(type) {
		case map[string]any:
			kept := pruned(value)
			if countsEntries(key) {
				kept = entries(value)
			}
			if len(kept) > 0 || key == "emptyDir" {
				out[key] = kept
			}
		case []any:
			if len(value) > 0 {
				out[key] = prunedList(value)
			}
		case string:
			if value != "" {
				out[key] = value
			}
		case nil:
		default:
			out[key] = value
		}
	}
	return out
}

func prunedList(list []any) []any {
	out := make([]any, len(list))
	for i, value := range list {
		switch value := value.(type) {
		case map[string]any:
			out[i] = pruned(value)
		case []any:
			out[i] = prunedList(value)
		default:
			out[i] = value
		}
	}
	return out
}

// countsEntries tells the maps in which every key counts, empty or not.
func countsEntries(key string) bool {
	switch key {
	case "labels", "annotations", "matchLabels", "nodeSelector":
		return true
	}
	return false
}

// entries returns a map of texts in which all empty values are one.
func entries(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for key, value := range m {
		if value == nil {
			value = ""
		}
		out[key] = value
	}
	return out
}
