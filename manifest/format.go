package manifest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
)

// Format turns objects into output. It holds no state of a run and is safe for
// concurrent use, so that objects can be encoded in parallel. Put together, the
// pieces are in the order of [Rank], with its Frame around them.
type Format interface {
	// Append appends an object that was rendered, without what says nothing.
	Append(dst []byte, o Object) ([]byte, error)
	// AppendPassed appends a document of the input, unchanged.
	AppendPassed(dst []byte, d Document) ([]byte, error)
	// Frame is what stands around and between the objects of an output.
	Frame() Frame
}

// Document is an object that stood in the input and goes to the output as it is.
type Document struct {
	// Object tells what the document holds. Its Value is used by formats other than
	// YAML only, and may be a json.Marshaler that decodes Raw when it is asked to.
	Object
	// Raw is the document as it was read, comments included, without separators.
	Raw []byte
}

// Frame is what stands before, between and after the objects of an output. Tail
// closes an output with objects, Empty is all of one without.
type Frame struct {
	Head, Between, Tail string
	Empty               string
}

// formats are the output formats by the name that -o takes.
var formats = [...]struct {
	name string
	make func() Format
}{
	{"yaml", YAML},
	{"json", func() Format { return &jsonFormat{} }},
	{"name", func() Format { return nameFormat{} }},
}

// YAML returns the format yaml of [NewFormat].
func YAML() Format { return &yamlFormat{} }

// FormatNames returns the names that [NewFormat] takes, the default first.
func FormatNames() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// NewFormat returns the format with a name: yaml (documents with separators),
// json (one List) or name (kind/name lines, as kubectl -o name prints).
func NewFormat(name string) (Format, error) {
	for _, f := range formats {
		if f.name == name {
			return f.make(), nil
		}
	}
	names := FormatNames()
	last := len(names) - 1
	return nil, fmt.Errorf("unknown output format %q; use %s or %s", name, strings.Join(names[:last], ", "), names[last])
}

// marshaler keeps the buffers that objects become JSON in.
type marshaler struct{ pool sync.Pool }

type marshalBuffer struct {
	bytes.Buffer
	*json.Encoder
}

// withJSON calls use with the JSON of a value, which is gone when use returns.
func (m *marshaler) withJSON(value any, use func(json []byte) error) error {
	// Larger buffers than this are left to the garbage collector.
	const maxKept = 1 << 20
	b, ok := m.pool.Get().(*marshalBuffer)
	if !ok {
		b = &marshalBuffer{}
		b.Encoder = json.NewEncoder(&b.Buffer)
		b.SetEscapeHTML(false)
	}
	b.Reset()
	if err := b.Encode(value); err != nil {
		return err
	}
	err := use(b.Bytes())
	if b.Cap() <= maxKept {
		m.pool.Put(b)
	}
	return err
}

// fault says which object could not be encoded.
func (o Object) fault(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("cannot encode %s %q: %w", o.Kind, o.Name, err)
}
