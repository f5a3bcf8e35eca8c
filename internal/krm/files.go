package krm

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// resolve returns a name that the functionConfig gives, relative to the folder
// that hosts run the function in: names are relative to the functionConfig.
func (r *function) resolve(name string) string {
	if c := r.configItem; c != nil && c.origin.path != "" {
		return path.Join(c.origin.dir(), name)
	}
	return path.Clean(name)
}

// readNamed reads a file that an option names. Files outside of the host's folder
// are refused: in a container they do not exist, and a functionConfig from
// elsewhere should not be able to name any file of a computer.
func (r *function) readNamed(name, option string) ([]byte, bool) {
	at := r.optionPath(option)
	resolved := r.resolve(name)
	if !isInside(name, resolved) {
		r.report(finding.List{finding.New(finding.UnreadableInput, at, "%s is outside of the folder that the function runs in", quoted(name)).
			WithHint("move the file below it, and name it with slashes relative to the functionConfig")}, r.configSubject())
		return nil, false
	}
	text, err := r.readFile(resolved)
	if err != nil {
		r.report(finding.List{finding.New(finding.UnreadableInput, at, "%s cannot be read: %s", quoted(name), fileError(err)).
			WithHint("names are relative to the folder of the functionConfig or the kustomization")}, r.configSubject())
		return nil, false
	}
	return text, true
}

// isInside reports whether a name, and what it resolves to, is below the folder
// that the function runs in.
func isInside(name, resolved string) bool {
	return !path.IsAbs(name) && fs.ValidPath(resolved) && !strings.ContainsAny(name, `\`)
}

// optionPath is where an option stands, or its name where no functionConfig could
// have it.
func (r *function) optionPath(name string) *field.Path {
	switch c := r.configItem; {
	case c == nil:
		return field.NewPath(name)
	case c.kind == "ConfigMap":
		return field.NewPath("data", name)
	}
	return field.NewPath("spec", name)
}

// fileError returns the reason alone.
func fileError(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
