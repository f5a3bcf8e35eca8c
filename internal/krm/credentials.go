package krm

import (
	"errors"
	"path"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// errOutside tells of a file that the function does not read.
var errOutside = errors.New("it is outside of the folder that the function runs in")

// world is where declared credentials are fetched from. There is no environment:
// hosts pass none on, and the output must not depend on one.
func (r *function) world(v *values.Values) secrets.World {
	return secrets.World{
		File: func(at *field.Path, name string) ([]byte, error) {
			resolved := r.resolve(name)
			if at != nil {
				if o := v.Origin(at.String()); o.Source == values.FromFile && o.Pos.File != inlineValues {
					resolved = path.Join(path.Dir(o.Pos.File), name)
				}
			}
			if !isInside(name, resolved) {
				return nil, errOutside
			}
			return r.readFile(resolved)
		},
	}
}

// addCredentials adds the declared objects, which come before all others because
// what is rendered refers to them.
func (m *merger) addCredentials(objects []manifest.Object) {
	if len(objects) == 0 {
		return
	}
	m.first = &deploymentSource{name: "credentials", subject: m.run.configSubject(), marker: m.run.credentialsMarker()}
	m.add(m.first, objects)
}

func (r *function) credentialsMarker() string { return r.configMarker() + "credentials" }
