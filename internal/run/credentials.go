package run

import (
	"cmp"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// credentials are what the values declare (docs/credentials.md), and what
// SeldonDeployments use of it.
type credentials struct {
	values   *values.Values
	declared []declared
	// known are the references of the input, before those declared.
	known render.References
	used  map[render.Reference]use
	// namespaces are those of the SeldonDeployments.
	namespaces map[string]bool
}

type declared struct {
	secrets.Declaration
	request secrets.Request
	// made are the objects, in the namespace of the request; none if the
	// declaration is faulty.
	made secrets.Result
}

// use says what an object of some name is used as.
type use struct{ secret, account bool }

// readCredentials reads the section seldonctl.credentials of the values and
// fetches what it names.
func readCredentials(v *values.Values, world secrets.World) (*credentials, finding.List) {
	s := &credentials{values: v, used: map[render.Reference]use{}, namespaces: map[string]bool{}}
	section, _ := v.Section("seldonctl.credentials")
	declarations, findings := secrets.ReadDeclarations(section, field.NewPath("seldonctl", "credentials"), v)
	for _, d := range declarations {
		request, found := d.Resolve(world)
		request.Keys = KeyNames(v)
		made := secrets.Result{}
		if !d.Faulty && !found.HasErrors() {
			made = d.Build(request)
			found = append(found, made.Findings...)
		}
		d.Faulty = d.Faulty || found.HasErrors()
		findings = append(findings, found...)
		s.declared = append(s.declared, declared{d, request, made})
	}
	return s, s.located(findings)
}

// located gives findings their places in the values.
func (s *credentials) located(findings finding.List) finding.List {
	for i := range findings {
		findings[i] = findings[i].LocatedBy(s.values)
	}
	return findings
}

// KeyNames are the keys that make a Secret a credential, by the values.
func KeyNames(v *values.Values) secrets.KeyNames {
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

// addTo makes the declared objects known to a renderer. Those without a namespace
// are wherever they are used.
func (s *credentials) addTo(refs *render.References) {
	s.known = render.References{ServiceAccounts: maps.Clone(refs.ServiceAccounts), Secrets: maps.Clone(refs.Secrets)}
	for i := range s.declared {
		d := &s.declared[i]
		namespace := cmp.Or(d.request.Namespace, render.AnyNamespace)
		place := s.values.Locate(d.Path).String()
		switch {
		case d.made.Secret != nil:
			known := secrets.KnownOf(d.made.Secret)
			known.Place = place
			refs.AddKnownSecret(known, namespace)
		case d.Faulty:
			// Its fault is reported; that it is missing would be another.
			refs.AddKnownSecret(secrets.Known{Name: d.request.Name, Open: true, Place: place}, namespace)
		}
		if d.made.ServiceAccount != nil {
			refs.AddServiceAccount(d.made.ServiceAccount, namespace)
		}
	}
}

// note notes what a SeldonDeployment refers to.
func (s *credentials) note(u render.Uses) {
	s.namespaces[u.Namespace] = true
	for _, name := range u.ServiceAccounts {
		ref := render.Reference{Namespace: u.Namespace, Name: name}
		s.used[ref] = use{secret: s.used[ref].secret, account: true}
	}
	for _, name := range u.Secrets {
		ref := render.Reference{Namespace: u.Namespace, Name: name}
		s.used[ref] = use{secret: true, account: s.used[ref].account}
	}
}

// objects are what is to be written next to the rendered objects, after all uses
// were noted, and findings about declarations that nothing needs.
func (s *credentials) objects(config Config) ([]manifest.Object, finding.List) {
	var objects []manifest.Object
	var findings finding.List
	made := map[render.Reference]bool{}
	for i := range s.declared {
		d := &s.declared[i]
		if d.Faulty {
			continue
		}
		if at := d.request.Namespace; at != "" && !s.namespaces[at] {
			findings = append(findings, finding.New(finding.CredentialNamespace, d.Path, "%q is declared for namespace %q, in which the input has no SeldonDeployment", d.request.Name, at).
				WithHint("correct the namespace, or leave it out"))
		}
		namespaces := s.namespacesOf(d)
		if len(namespaces) == 0 {
			findings = append(findings, finding.New(finding.CredentialUnused, d.Path, "%q is declared, and no SeldonDeployment uses it", d.request.Name).
				WithHint("name it in envSecretRefName or serviceAccountName, or set its namespace to write it anyway"))
		}
		for _, namespace := range namespaces {
			for _, o := range d.made.In(namespace).Objects() {
				if o.Kind == "ServiceAccount" {
					made[render.Reference{Namespace: namespace, Name: o.Name}] = true
				}
				if o.Kind != "Secret" || !config.NoSecrets {
					objects = append(objects, o)
				}
			}
		}
	}
	if config.CreateServiceAccounts {
		objects = append(objects, s.plainAccounts(made)...)
	}
	return objects, s.located(findings)
}

// namespacesOf are the namespaces in which a declared object is to be made.
func (s *credentials) namespacesOf(d *declared) []string {
	if d.request.Namespace != "" {
		return []string{d.request.Namespace}
	}
	var namespaces []string
	for ref, use := range s.used {
		if d.made.Secret != nil && use.secret && ref.Name == d.made.Secret.Name ||
			d.made.ServiceAccount != nil && use.account && ref.Name == d.made.ServiceAccount.Name {
			namespaces = append(namespaces, ref.Namespace)
		}
	}
	slices.Sort(namespaces)
	return slices.Compact(namespaces)
}

// plainAccounts are the ServiceAccounts that are used and nowhere else.
func (s *credentials) plainAccounts(made map[render.Reference]bool) []manifest.Object {
	var objects []manifest.Object
	refs := slices.SortedFunc(maps.Keys(s.used), func(a, b render.Reference) int {
		return cmp.Or(cmp.Compare(a.Namespace, b.Namespace), cmp.Compare(a.Name, b.Name))
	})
	for _, ref := range refs {
		_, here := s.known.ServiceAccounts[ref]
		_, somewhere := s.known.ServiceAccounts[render.Reference{Name: ref.Name}]
		if !s.used[ref].account || here || somewhere || made[ref] {
			continue
		}
		plain := secrets.Result{ServiceAccount: &corev1.ServiceAccount{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
			ObjectMeta: metav1.ObjectMeta{Name: ref.Name, Namespace: ref.Namespace},
		}}
		objects = append(objects, plain.Objects()...)
	}
	return objects
}
