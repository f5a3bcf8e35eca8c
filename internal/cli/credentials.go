package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// credentialFlags say which Secrets and ServiceAccounts are written.
type credentialFlags struct {
	noSecrets             bool
	createServiceAccounts bool
}

func (f *credentialFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.noSecrets, "no-secrets", false, "leave Secrets out of the output, for repositories; what refers to them stays")
	flags.BoolVar(&f.createServiceAccounts, "create-service-accounts", false, "write a plain ServiceAccount for each that is used and is nowhere in the input")
}

// credentialWorld is where declared credentials are fetched from: variables of
// the environment, and files relative to the values file that names them.
func credentialWorld(v *values.Values, env Environment) secrets.World {
	return secrets.World{Env: env, File: func(at *field.Path, name string) ([]byte, error) {
		if at != nil && !filepath.IsAbs(name) {
			if origin := v.Origin(at.String()); origin.Source == values.FromFile {
				name = filepath.Join(filepath.Dir(origin.Pos.File), name)
			}
		}
		return readCredentialFile(name)
	}}
}

// maxCredentialFile is the size in bytes of the largest file with credentials
// that is read.
const maxCredentialFile = 2 << 20

func readCredentialFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxCredentialFile+1))
	if len(data) > maxCredentialFile {
		err = fmt.Errorf("larger than %d MiB", maxCredentialFile>>20)
	}
	return data, errors.Join(err, f.Close())
}
