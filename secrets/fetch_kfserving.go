package secrets

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// checkKFServing follows docs/behaviour/credentials.md, 5.2.
func (f *Fetch) checkKFServing(path *field.Path) *finding.Finding {
	switch {
	case !strings.Contains(f.URI, "://") && (scheme(f.URI) == "" || len(scheme(f.URI)) == 1):
		return nil
	case strings.HasPrefix(f.URI, "file://"):
		return nil
	case strings.HasPrefix(f.URI, "s3://"):
		return f.checkPrivate(path, "s3://", func(s *Facts) bool { return s.AttachedS3 },
			"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
	case strings.HasPrefix(f.URI, "gs://"):
		return f.checkPublic(path, "gs://", func(s *Facts) bool { return s.AttachedGCS })
	case strings.HasPrefix(f.URI, "https://") && isAzureBlob(f.URI):
		return f.checkAzureBlob(path)
	}
	out := finding.New(finding.InitializerScheme, path, "%s cannot read %s", f.Initializer, shown(f.URI)).
		WithHint("use s3://, gs://, https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH, pvc:// or file://, or an initializer image of your own")
	return &out
}

// checkPrivate is for a scheme that is usually private and has variables.
func (f *Fetch) checkPrivate(path *field.Path, scheme string, attached func(*Facts) bool, keys ...string) *finding.Finding {
	if f.hasAttached(attached) || f.SecretUnknown {
		return nil
	}
	if f.Variables == nil && (len(f.Attached) == 0 || !f.exact) {
		out := finding.New(finding.InitializerNoSecret, path, "nothing gives credentials for %s", scheme).
			WithHint("name a Secret with envSecretRefName, or a ServiceAccount that has one attached; nothing is needed for a public model")
		return &out
	}
	if out := f.otherSecret(path); out != nil {
		return out
	}
	if f.Variables == nil {
		return f.otherScheme(path, scheme)
	}
	lacking := f.Variables.lacks(keys...)
	if len(lacking) == 0 {
		return nil
	}
	out := finding.New(finding.InitializerOtherRemote, path, "the Secret lacks %s, which %s needs", strings.Join(lacking, " and "), scheme).
		WithHint("see whether a key of the Secret is misspelt; `seldonctl secret` makes Secrets for each kind of storage")
	return &out
}

// checkPublic is for a scheme that is often public and needs an attached Secret
// where it is not.
func (f *Fetch) checkPublic(path *field.Path, scheme string, attached func(*Facts) bool) *finding.Finding {
	if f.hasAttached(attached) {
		return nil
	}
	if out := f.otherSecret(path); out != nil {
		return out
	}
	if f.exact {
		return f.otherScheme(path, scheme)
	}
	return nil
}

func (f *Fetch) checkAzureBlob(path *field.Path) *finding.Finding {
	_, rest, _ := strings.Cut(f.URI, ".blob.core.windows.net")
	if container, _, ok := strings.Cut(strings.TrimPrefix(rest, "/"), "/"); container == "" || !ok {
		out := finding.New(finding.InitializerScheme, path, "%s needs a / after the container of an Azure URI", f.Initializer).
			WithHint("write https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH")
		return &out
	}
	if f.Variables == nil || !f.Variables.Azure {
		return f.checkPublic(path, "Azure Blob Storage", func(*Facts) bool { return false })
	}
	return f.checkPrivate(path, "Azure Blob Storage", func(*Facts) bool { return false },
		"AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET", "AZ_SUBSCRIPTION_ID")
}

func (f *Fetch) hasAttached(is func(*Facts) bool) bool {
	return slices.ContainsFunc(f.Attached, func(s Facts) bool { return is(&s) })
}

// otherSecret is about a Secret that is meant for the other initializer.
func (f *Fetch) otherSecret(path *field.Path) *finding.Finding {
	other := release.RcloneInitializer
	if f.Initializer == other {
		other = release.KFServingInitializer
	}
	if f.Variables == nil || f.Variables.Serves(f.Initializer) || !f.Variables.Serves(other) {
		return nil
	}
	out := finding.New(finding.InitializerOtherSecret, path, "the Secret is for %s (%s), but %s fetches the model", other, other.Releases(), f.Initializer).
		WithHint("make the Secret with %s", commandsFor(f.Initializer))
	return &out
}

func (f *Fetch) otherScheme(path *field.Path, scheme string) *finding.Finding {
	out := finding.New(finding.InitializerOtherRemote, path, "the Secret has no credentials for %s", scheme).
		WithHint("make the Secret with the provider that the scheme belongs to: %s", providersOfURIs())
	return &out
}

// providersOfURIs says which providers are for which form of URI.
func providersOfURIs() string {
	var forms, parts []string
	names := map[string][]string{}
	for _, p := range Providers() {
		for _, form := range p.URIs {
			if names[form] == nil {
				forms = append(forms, form)
			}
			names[form] = append(names[form], p.Name)
		}
	}
	for _, form := range forms {
		parts = append(parts, form+" "+alternatives(names[form]))
	}
	return strings.Join(parts, ", ")
}

// shown returns the part of a URI that a message may show: a query or a user may
// be a secret.
func shown(uri string) string {
	s, rest, ok := strings.Cut(uri, "://")
	if !ok {
		return "URIs of this form"
	}
	host, _, _ := strings.Cut(rest, "/")
	if s == "https" && !strings.ContainsAny(host, "@?#") {
		return s + "://" + host
	}
	return s + "://"
}
