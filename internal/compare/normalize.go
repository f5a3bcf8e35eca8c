package compare

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// Normalize returns the JSON of an object with its keys in the usual order: the
// apiVersion, kind and metadata, and then the alphabet, as everywhere below. It
// is for objects whose order of keys is a user's, and means nothing.
func Normalize(object []byte) ([]byte, error) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	decoder.UseNumber()
	var members map[string]any
	if err := decoder.Decode(&members); err != nil {
		return nil, err
	}
	return encode(members)
}

// encode returns an object in the order of [Normalize].
func encode(object map[string]any) ([]byte, error) {
	first := []string{"apiVersion", "kind", "metadata"}
	rest := slices.DeleteFunc(slices.Sorted(maps.Keys(object)), func(key string) bool { return slices.Contains(first, key) })
	first = slices.DeleteFunc(first, func(key string) bool { return object[key] == nil })
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	out.WriteByte('{')
	for i, key := range append(first, rest...) {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := encoder.Encode(key); err != nil {
			return nil, err
		}
		out.WriteByte(':')
		if err := encoder.Encode(object[key]); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	// The encoder ends each value with a line.
	var compact bytes.Buffer
	err := json.Compact(&compact, out.Bytes())
	return compact.Bytes(), err
}
