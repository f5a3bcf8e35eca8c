package krm

import (
	"errors"
	"path"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/credentials"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// errOutside tells of a file that the function does not read.
var errOutside = errors.New("it is outside of the folder that the function runs in")

// readCredentials reads the credentials that the values declare, and makes them
// known with the references. There is no environment: hosts pass none on, and the
// output must not depend on one.
func (r *run) readCredentials(v *values.Values, refs *render.References) (*credentials.Set, finding.List) {
	set, findings := credentials.Read(v, secrets.World{
		Env: func(string) (string, bool) { return "", false },
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
	})
	set.AddTo(refs)
	return set, findings
}

// addCredentials adds the declared objects, which come before all others because
// what is rendered refers to them.
func (r *run) addCredentials(set *credentials.Set, m *merger) {
	objects, findings := set.Objects(credentials.Options{
		NoSecrets: r.config.NoSecrets, CreateServiceAccounts: r.config.CreateServiceAccounts,
	})
	r.reportSettings(findings)
	if len(objects) == 0 {
		return
	}
	s := &deploymentSource{name: "credentials", subject: r.configSubject(), marker: r.configMarker() + "credentials"}
	m.first = s
	m.add(s, objects)
}
