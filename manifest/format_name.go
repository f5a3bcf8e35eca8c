package manifest

import (
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// nameFormat writes a line kind.group/name for each object, as kubectl -o name.
type nameFormat struct{}

var _ Format = nameFormat{}

// Append implements [Format].
func (nameFormat) Append(dst []byte, o Object) ([]byte, error) {
	id := o.ID()
	name := strings.ToLower(id.Kind)
	if id.Group != "" {
		name += "." + id.Group
	}
	// No cluster has a name with anything to escape.
	dst = append(dst, printable.Line(name+"/"+id.Name)...)
	return append(dst, '\n'), nil
}

// AppendPassed implements [Format].
func (f nameFormat) AppendPassed(dst []byte, d Document) ([]byte, error) {
	return f.Append(dst, d.Object)
}

// Frame implements [Format].
func (nameFormat) Frame() Frame { return Frame{} }
