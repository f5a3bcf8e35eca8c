package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/render"
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

// credentials are the Secrets and ServiceAccounts that the values declare
// (docs/credentials.md), and what SeldonDeployments use of them.
type credentials struct {
	declared []declaredCredential
	// known are the references of the input, before those declared.
	known render.References
	used  map[render.Reference]use
}

type declaredCredential struct {
	secrets.Declaration
	request secrets.Request
}

// use says what an object of some name is used as.
type use struct{ secret, account bool }

// readCredentials reads the section seldonctl.credentials of the values and
// fetches what it names: variables of the environment, and files relative to
// the values file that names them.
func readCredentials(v *values.Values, env Environment) (*credentials, finding.List) {
	c := &credentials{used: map[render.Reference]use{}}
	section, _ := v.Section("seldonctl.credentials")
	declarations, findings := secrets.ReadDeclarations(section, field.NewPath("seldonctl", "credentials"))
	world := secrets.World{Env: env, File: func(at *field.Path, name string) ([]byte, error) {
		if at != nil && !filepath.IsAbs(name) {
			if origin := v.Origin(at.String()); origin.Source == values.FromFile {
				name = filepath.Join(filepath.Dir(origin.Pos.File), name)
			}
		}
		return readCredentialFile(name)
	}}
	for _, d := range declarations {
		request, found := d.Resolve(world)
		request.Keys = keyNames(v)
		findings = append(findings, found...)
		if !found.HasErrors() {
			c.declared = append(c.declared, declaredCredential{d, request})
		}
	}
	for i := range findings {
		findings[i] = findings[i].LocatedBy(v)
	}
	return c, findings
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

// keyNames are the keys that make a Secret a credential, by the values.
func keyNames(v *values.Values) secrets.KeyNames {
	at := func(key string) string {
		value, _ := v.Section("credentials." + key)
		text, _ := value.(string)
		return text
	}
	return secrets.KeyNames{
		S3AccessKeyID: at("s3.s3AccessKeyIDName"), S3SecretAccessKey: at("s3.s3SecretAccessKeyName"),
		GCSFile: at("gcs.gcsCredentialFileName"),
	}
}

// addTo makes the declared objects known to the renderer. Those without a
// namespace are wherever they are used.
func (c *credentials) addTo(refs *render.References, v *values.Values) finding.List {
	c.known = render.References{ServiceAccounts: maps.Clone(refs.ServiceAccounts), Secrets: maps.Clone(refs.Secrets)}
	var findings finding.List
	for i := range c.declared {
		d := &c.declared[i]
		result := d.Build(d.request)
		for _, f := range result.Findings {
			findings = append(findings, f.LocatedBy(v))
		}
		namespace := cmp.Or(d.request.Namespace, render.AnyNamespace)
		if result.Secret != nil {
			refs.AddSecret(result.Secret, namespace)
		}
		if result.ServiceAccount != nil {
			refs.AddServiceAccount(result.ServiceAccount, namespace)
		}
	}
	return findings
}

// use notes what a SeldonDeployment refers to.
func (c *credentials) use(u render.Uses) {
	for _, name := range u.ServiceAccounts {
		ref := render.Reference{Namespace: u.Namespace, Name: name}
		c.used[ref] = use{secret: c.used[ref].secret, account: true}
	}
	for _, name := range u.Secrets {
		ref := render.Reference{Namespace: u.Namespace, Name: name}
		c.used[ref] = use{secret: true, account: c.used[ref].account}
	}
}

// objects are what is to be written next to the Deployments, and findings about
// declarations that nothing needs.
func (c *credentials) objects(f *credentialFlags, v *values.Values) ([]manifest.Object, finding.List) {
	var objects []manifest.Object
	var findings finding.List
	made := map[render.Reference]bool{}
	for i := range c.declared {
		d := &c.declared[i]
		namespaces := c.namespacesOf(d)
		if len(namespaces) == 0 {
			findings = append(findings, finding.New(finding.CredentialUnused, d.Path, "%q is declared, and no SeldonDeployment uses it", d.request.Name).
				WithHint("name it in envSecretRefName or serviceAccountName, or give it a namespace to write it all the same").LocatedBy(v))
		}
		for _, namespace := range namespaces {
			request := d.request
			request.Namespace = namespace
			result := d.Build(request)
			for _, o := range result.Objects() {
				if o.Kind == "ServiceAccount" {
					made[render.Reference{Namespace: namespace, Name: o.Name}] = true
				}
				if o.Kind != "Secret" || !f.noSecrets {
					objects = append(objects, o)
				}
			}
		}
	}
	if f.createServiceAccounts {
		objects = append(objects, c.plainAccounts(made)...)
	}
	return objects, findings
}

// namespacesOf are the namespaces in which a declared object is to be made.
func (c *credentials) namespacesOf(d *declaredCredential) []string {
	if d.request.Namespace != "" {
		return []string{d.request.Namespace}
	}
	result := d.Build(d.request)
	var namespaces []string
	for ref, use := range c.used {
		if result.Secret != nil && use.secret && ref.Name == result.Secret.Name ||
			result.ServiceAccount != nil && use.account && ref.Name == result.ServiceAccount.Name {
			namespaces = append(namespaces, ref.Namespace)
		}
	}
	slices.Sort(namespaces)
	return slices.Compact(namespaces)
}

// plainAccounts are the ServiceAccounts that are used and nowhere else.
func (c *credentials) plainAccounts(made map[render.Reference]bool) []manifest.Object {
	var objects []manifest.Object
	refs := slices.SortedFunc(maps.Keys(c.used), func(a, b render.Reference) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	for _, ref := range refs {
		_, here := c.known.ServiceAccounts[ref]
		_, somewhere := c.known.ServiceAccounts[render.Reference{Name: ref.Name}]
		if !c.used[ref].account || here || somewhere || made[ref] {
			continue
		}
		objects = append(objects, manifest.Object{
			APIVersion: "v1", Kind: "ServiceAccount", Namespace: ref.Namespace, Name: ref.Name,
			Value: &corev1.ServiceAccount{
				TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
				ObjectMeta: metav1.ObjectMeta{Name: ref.Name, Namespace: ref.Namespace},
			},
		})
	}
	return objects
}
