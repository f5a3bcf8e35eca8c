package manifest

import "strings"

// nameFormat writes a line kind.group/name for each object, as kubectl -o name.
type nameFormat struct{}

var _ Format = nameFormat{}

// Append implements [Format].
func (nameFormat) Append(dst []byte, o Object) ([]byte, error) {
	id := o.ID()
	dst = append(dst, strings.ToLower(id.Kind)...)
	if id.Group != "" {
		dst = append(append(dst, '.'), id.Group...)
	}
	dst = append(append(dst, '/'), id.Name...)
	return append(dst, '\n'), nil
}

// AppendPassed implements [Format].
func (f nameFormat) AppendPassed(dst []byte, d Document) ([]byte, error) {
	return f.Append(dst, d.Object)
}

// Frame implements [Format].
func (nameFormat) Frame() Frame { return Frame{} }
