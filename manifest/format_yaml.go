package manifest

// yamlFormat writes documents with separators between them.
type yamlFormat struct{ json marshaler }

var _ Format = (*yamlFormat)(nil)

// Append implements [Format].
func (f *yamlFormat) Append(dst []byte, o Object) ([]byte, error) {
	err := f.json.withJSON(o.Value, func(json []byte) (err error) {
		dst, err = AppendYAML(dst, json)
		return err
	})
	return dst, o.fault(err)
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
