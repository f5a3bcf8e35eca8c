package manifest

import "sync"

// yamlFormat writes documents with separators between them.
type yamlFormat struct {
	writers sync.Pool
	json    marshaler
}

var _ Format = (*yamlFormat)(nil)

// Append implements [Format].
func (f *yamlFormat) Append(dst []byte, o Object) ([]byte, error) {
	w, ok := f.writers.Get().(*yamlWriter)
	if !ok {
		w = &yamlWriter{marshal: &f.json}
	}
	w.dst, w.open, w.err = dst, w.open[:0], nil
	defer func() {
		w.dst = nil
		f.writers.Put(w)
	}()
	if v, ok := o.Value.(Encodable); ok {
		v.EncodeTo(w)
	} else {
		w.Value(o.Value)
	}
	if w.err != nil {
		return dst, o.fault(w.err)
	}
	return append(w.dst, '\n'), nil
}

// AppendPassed implements [Format].
func (f *yamlFormat) AppendPassed(dst []byte, d Document) ([]byte, error) {
	dst = append(dst, d.Raw...)
	if n := len(d.Raw); n > 0 && d.Raw[n-1] != '\n' {
		dst = append(dst, '\n')
	}
	return dst, nil
}

// Frame implements [Format].
func (f *yamlFormat) Frame() Frame { return Frame{Between: "---\n"} }
