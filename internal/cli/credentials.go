package cli

import (
	"path/filepath"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// credentialWorld is where declared credentials are fetched from: variables of
// the environment, and files relative to the values file that names them. Where
// the run is confined, values may be somebody else's: no variable is read then.
func credentialWorld(v *values.Values, streams Streams, env Environment) secrets.World {
	world := secrets.World{Env: env, File: func(at *field.Path, name string) ([]byte, error) {
		if at != nil && !filepath.IsAbs(name) {
			if origin := v.Origin(at.String()); origin.Source == values.FromFile {
				name = filepath.Join(filepath.Dir(origin.Pos.File), name)
			}
		}
		return streams.files.Read(name, maxCredentialFile)
	}}
	if streams.files.Confined() {
		world.Env = nil
	}
	return world
}

// maxCredentialFile is the size in bytes of the largest file with credentials
// that is read; a Secret holds less.
const maxCredentialFile = 2 << 20
