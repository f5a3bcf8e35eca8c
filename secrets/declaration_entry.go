package secrets

import (
	"maps"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// entryReader takes the keys of a map one by one, so that it knows at the end
// which were not asked for, and collects faults. It quotes no values: any of
// them may be a secret at a wrong place.
type entryReader struct {
	path   *field.Path
	places finding.Locator
	fields map[string]any
	asked  map[string]bool
	faults finding.List
}

func newEntryReader(path *field.Path, places finding.Locator, entry any) *entryReader {
	r := &entryReader{path: path, places: places, asked: map[string]bool{}}
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
		r.fault(key, "must be a string; quote it")
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
			r.fault(key, "must be a list of strings")
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
// from it are its own; a value that is not a map is reported at once.
func (r *entryReader) child(key string) *entryReader {
	inner := newEntryReader(r.path.Child(key), r.places, r.get(key))
	r.faults = append(r.faults, inner.faults...)
	inner.faults = nil
	return inner
}

// unknown reports the keys that nobody asked for.
func (r *entryReader) unknown() {
	known := slices.Sorted(maps.Keys(r.asked))
	for _, key := range slices.Sorted(maps.Keys(r.fields)) {
		if !r.asked[key] {
			r.unknownKey("key", key, known)
		}
	}
}

// unknownKey reports a key at its place. The path shows the key only if it is
// nearly a known one: any other may be a secret at a wrong place.
func (r *entryReader) unknownKey(what, key string, known []string) {
	const typing = 2
	for _, word := range known {
		if spelling.Near(key, word, typing) {
			r.fault(key, "unknown %s; did you mean %s?", what, word)
			return
		}
	}
	f := declarationFault(r.path.Child(key), "unknown %s; expected %s", what, spelling.Alternatives(known)).LocatedBy(r.places)
	f.Path = r.path
	r.faults = append(r.faults, f)
}

// sources reads where single fields of a provider come from, and warns about
// secrets among the values.
func (r *entryReader) sources(d *Declaration) {
	var known []string
	for _, f := range d.Provider.Fields {
		known = append(known, f.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(r.fields)) {
		f, ok := d.Provider.Field(name)
		if !ok {
			r.unknownKey("field of "+d.Provider.Name, name, known)
			continue
		}
		if _, twice := d.Fields[name]; twice {
			r.fault(name, "also set under from")
		}
		source, faults := r.source(r.path.Key(name), r.fields[name])
		if f.Sensitive && source.Inline != "" {
			faults = append(faults, finding.New(finding.CredentialInline, r.path.Key(name), "the secret is written in the values").
				WithHint("write {env: NAME} or {file: PATH} instead of the value"))
		}
		d.Fields[name] = source
		r.faults = append(r.faults, faults...)
	}
}

func (r *entryReader) source(path *field.Path, value any) (FieldSource, finding.List) {
	switch value := value.(type) {
	case string:
		return FieldSource{Inline: Sensitive(value)}, nil
	case map[string]any:
		from := newEntryReader(path, r.places, value)
		s := FieldSource{Env: from.text("env"), File: from.text("file")}
		from.unknown()
		if (s.Env == "") == (s.File == "") && from.faults == nil {
			from.faults = finding.List{declarationFault(path, "expected either env or file")}
		}
		return s, from.faults
	}
	return FieldSource{}, finding.List{declarationFault(path, "must be a string, {env: NAME} or {file: PATH}; quote numbers")}
}
