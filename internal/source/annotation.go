package source

import "encoding/json"

// Annotation returns an annotation of a document; empty where it has none, or
// cannot be read.
func (d *Document) Annotation(key string) string {
	var head struct {
		Metadata struct{ Annotations map[string]any }
	}
	text, faults := d.JSON()
	if faults.HasErrors() || json.Unmarshal(text, &head) != nil {
		return ""
	}
	value, _ := head.Metadata.Annotations[key].(string)
	return value
}
