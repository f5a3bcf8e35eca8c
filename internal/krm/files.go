package krm

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// resolve returns a name that the functionConfig gives, relative to the folder
// that hosts run the function in: names are relative to the functionConfig.
func (r *function) resolve(name string) string {
	return path.Join(r.configItem.origin.dir(), name)
}

// readNamed is the [run.Reader] of the function.
func (r *function) readNamed(option finding.Option, name string) (called string, text []byte, ok bool) {
	called = r.resolve(name)
	text, err := r.readInside(name, called)
	if err == nil {
		return called, text, true
	}
	hint := "names are relative to the folder of the functionConfig or the kustomization"
	if errors.Is(err, files.ErrOutside) {
		hint = "move the file below it, and name it with slashes relative to the functionConfig"
	}
	r.report(finding.List{finding.New(finding.UnreadableInput, r.optionPath(option), "%q cannot be read: %v", name, printable.Reason(err)).WithHint("%s", hint)}, r.configSubject())
	return called, nil, false
}

// readInside reads a file by its name, and by what that resolves to. Others do not
// exist in a container, and a functionConfig from elsewhere should not be able to
// name any file of a computer.
func (r *function) readInside(name, resolved string) ([]byte, error) {
	if path.IsAbs(name) || !fs.ValidPath(resolved) || strings.ContainsAny(name, `\`) {
		return nil, files.ErrOutside
	}
	return r.readFile(resolved)
}

// world is where declared credentials are fetched from. There is no environment:
// hosts pass none on, and the output must not depend on one.
func (r *function) world(v *values.Values) secrets.World {
	return secrets.World{File: func(at *field.Path, name string) ([]byte, error) {
		if at != nil {
			if o := v.Origin(at.String()); o.Source == values.FromFile && o.Pos.File != inlineValues {
				return r.readInside(name, path.Join(path.Dir(o.Pos.File), name))
			}
		}
		return r.readInside(name, r.resolve(name))
	}}
}

// optionPath is where an option stands, or its name where no functionConfig could
// have it.
func (r *function) optionPath(o finding.Option) *field.Path {
	switch r.configItem.Kind {
	case "":
		return field.NewPath(o.Name())
	case "ConfigMap":
		return field.NewPath("data", o.Name())
	}
	return field.NewPath("spec", o.Name())
}

// inlineValues is the name of values that stand in the functionConfig.
const inlineValues = "functionConfig"

// inlineOverlays returns the values that the functionConfig holds.
func (c *Config) inlineOverlays() []values.Overlay {
	text := []byte(c.valuesText)
	if len(c.Values) > 0 {
		var err error
		if text, err = json.Marshal(c.Values); err != nil {
			panic(err)
		}
	}
	if len(text) == 0 {
		return nil
	}
	return []values.Overlay{values.File(inlineValues, text)}
}
