package cli

import (
	"bytes"
	"encoding/json"
	"maps"
	"strconv"

	"github.com/seldonctl/seldonctl/manifest"
)

// annotationSyncWave orders what Argo CD applies: it begins with the lowest wave
// and waits until its objects are healthy.
const annotationSyncWave = "argocd.argoproj.io/sync-wave"

// syncWave returns the wave of rendered objects of a kind: what pods refer to,
// the Services, the pods, and what needs these to be there.
func syncWave(kind string) int {
	switch kind {
	case "ServiceAccount", "Secret":
		return -2
	case "Service":
		return -1
	case "Deployment":
		return 0
	}
	return 1
}

// waveFormat is a format that annotates rendered objects with their sync wave.
// Documents that are passed through stay as they are.
type waveFormat struct{ manifest.Format }

var _ manifest.Format = waveFormat{}

// Append implements [manifest.Format].
func (f waveFormat) Append(dst []byte, o manifest.Object) ([]byte, error) {
	value, err := toJSON(o.Value)
	if err != nil {
		return dst, err
	}
	o.Value, err = annotate(value, annotationSyncWave, strconv.Itoa(syncWave(o.Kind)))
	if err != nil {
		return dst, err
	}
	return f.Format.Append(dst, o)
}

// annotate adds an annotation to the metadata of an object, never of its pods,
// unless it has that annotation already. The order of the keys stays.
func annotate(object json.RawMessage, key, value string) (json.RawMessage, error) {
	return editMember(object, "metadata", func(metadata json.RawMessage) (json.RawMessage, error) {
		return editMember(metadata, "annotations", func(old json.RawMessage) (json.RawMessage, error) {
			annotations := map[string]string{key: value}
			given := map[string]string{}
			if old != nil {
				if err := json.Unmarshal(old, &given); err != nil {
					return nil, err
				}
			}
			maps.Copy(annotations, given)
			return toJSON(annotations)
		})
	})
}

// editMember returns an object with one of its members edited. A member that is
// not there is nil to edit, and comes last.
func editMember(object json.RawMessage, name string, edit func(json.RawMessage) (json.RawMessage, error)) (json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		return nil, err
	}
	var out []byte
	add := func(key string, value json.RawMessage) {
		// The names of Kubernetes fields need no escapes.
		out = append(append(append(out, `,"`...), key...), `":`...)
		out = append(out, value...)
	}
	found := false
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		key, _ := token.(string)
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
		if key == name {
			found = true
			if value, err = edit(value); err != nil {
				return nil, err
			}
		}
		add(key, value)
	}
	if !found {
		value, err := edit(nil)
		if err != nil {
			return nil, err
		}
		add(name, value)
	}
	out[0] = '{'
	return append(out, '}'), nil
}

// toJSON returns a value as JSON, without the escapes that are for web pages.
func toJSON(value any) (json.RawMessage, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
