package secrets

import (
	"maps"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// entryReader takes the keys of a map one by one, so that it knows at the end
// which were not asked for, and collects faults. It quotes no values: any of
// them may be a secret at a wrong place.
type entryReader struct {
	path   *field.Path
	fields map[string]any
	asked  map[string]bool
	faults finding.List
}

func newEntryReader(path *field.Path, entry any) *entryReader {
	r := &entryReader{path: path, asked: map[string]bool{}}
	fields, ok := entry.(map[string]any)
	if !ok && entry != nil {
		r.faults = append(r.faults, declarationFault(path, "must be a map"))
	}
	r.fields = fields
	return r
}

func (r *entryReader) fault(key, format string, args ...any) {
	r.faults = append(r.faults, declarationFault(r.path.Child(key), format, args...))
}

func (r *entryReader) get(key string) any {
	r.asked[key] = true
	return r.fields[key]
}

// text returns a text, or nothing if it is absent.
func (r *entryReader) text(key string) string {
	value := r.get(key)
	text, ok := value.(string)
	if !ok && value != nil {
		r.fault(key, "must be text; quote it")
	}
	return text
}

func (r *entryReader) boolean(key string) bool {
	value := r.get(key)
	on, ok := value.(bool)
	if !ok && value != nil {
		r.fault(key, "must be true or false")
	}
	return on
}

// list returns a list of texts.
func (r *entryReader) list(key string) []string {
	value := r.get(key)
	items, ok := value.([]any)
	if !ok && value != nil {
		r.fault(key, "must be a list")
	}
	var out []string
	for _, item := range items {
		text, ok := item.(string)
		if !ok {
			r.fault(key, "must be a list of texts")
			return nil
		}
		out = append(out, text)
	}
	return out
}

// texts returns a map of texts.
func (r *entryReader) texts(key string) map[string]string {
	inner := r.child(key)
	if inner.fields == nil {
		return nil
	}
	out := make(map[string]string, len(inner.fields))
	for _, name := range slices.Sorted(maps.Keys(inner.fields)) {
		out[name] = inner.text(name)
	}
	r.faults = append(r.faults, inner.faults...)
	return out
}

// child reads a map of the entry, or one without keys. Faults of what is read
// from it are its own; that it is no map is told at once.
func (r *entryReader) child(key string) *entryReader {
	inner := newEntryReader(r.path.Child(key), r.get(key))
	r.faults = append(r.faults, inner.faults...)
	inner.faults = nil
	return inner
}

// unknown reports the keys that nobody asked for.
func (r *entryReader) unknown() {
	for _, key := range slices.Sorted(maps.Keys(r.fields)) {
		if !r.asked[key] {
			r.fault(key, "is no key here; there are %s", alternatives(slices.Sorted(maps.Keys(r.asked))))
		}
	}
}

// sources reads where single fields come from.
func (r *entryReader) sources() map[string]FieldSource {
	fields := r.child("fields")
	out := make(map[string]FieldSource, len(fields.fields))
	for _, name := range slices.Sorted(maps.Keys(fields.fields)) {
		path := fields.path.Key(name)
		switch value := fields.fields[name].(type) {
		case string:
			out[name] = FieldSource{Inline: Sensitive(value)}
		case map[string]any:
			from := newEntryReader(path, value)
			s := FieldSource{Env: from.text("env"), File: from.text("file")}
			from.unknown()
			if (s.Env == "") == (s.File == "") && from.faults == nil {
				from.faults = finding.List{declarationFault(path, "must have env or file")}
			}
			r.faults = append(r.faults, from.faults...)
			out[name] = s
		default:
			r.faults = append(r.faults, declarationFault(path, "must be text, {env: NAME} or {file: PATH}; quote numbers"))
		}
	}
	return out
}
