package secrets

import (
	"cmp"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
)

// Remote is a name that people give to rclone remotes of a type: the scheme of
// their URIs.
type Remote struct {
	// Name and Type are in lower case; Type is that of a variant.
	Name, Type string
	// IsAt reports whether a URI of another scheme is in storage of the type; it
	// may be nil.
	IsAt func(uri string) bool
}

// remotePrefix begins the variables that configure remotes.
const remotePrefix = "RCLONE_CONFIG_"

// remoteVariable is the variable that has an option of a remote.
func remoteVariable(remote, option string) string {
	return remotePrefix + strings.ToUpper(remote) + "_" + option
}

// RemoteName returns the name of the remote that a request is about, in lower
// case, or nothing if the provider has no remotes: Remote, else the scheme of
// URI, else the section's name, else the name that is usual for the type, or for
// the storage that URI is in.
func (p *Provider) RemoteName(r *Request) string {
	if len(p.Remotes) == 0 {
		return ""
	}
	name := r.Remote
	if name == "" {
		name, _ = remoteOf(r.URI)
	}
	if name == "" && r.Section != nil {
		name = r.Section.Name
	}
	for _, usual := range p.Remotes {
		if name == "" && r.Type == "" && usual.IsAt != nil && usual.IsAt(r.URI) {
			name = usual.Name
		}
	}
	for _, usual := range p.Remotes {
		if name == "" && usual.Type == cmp.Or(r.Type, p.Remotes[0].Type) {
			name = usual.Name
		}
	}
	return strings.ToLower(name)
}

// VariantFor returns the variant that a request asks for. The type of a remote
// follows from its name where it is not said.
func (p *Provider) VariantFor(r *Request) (*Variant, error) {
	if r.Section != nil && p.CanImport(RcloneConf) {
		return p.sectionVariant(), nil
	}
	choice := r.Choice
	for _, usual := range p.Remotes {
		if choice.Type == "" && usual.Name == p.RemoteName(r) {
			choice.Type = usual.Type
		}
	}
	return p.Variant(choice)
}

// checkRemoteType warns about a remote whose name belongs to another type.
func (d *draft) checkRemoteType() {
	if d.remote == "" || d.variant.Type == "" {
		return
	}
	other := ""
	for _, usual := range d.provider.Remotes {
		if strings.ToLower(d.remote) != usual.Name {
			continue
		}
		if usual.Type == d.variant.Type {
			return
		}
		other = usual.Type
	}
	if other != "" {
		f := d.fault(finding.CredentialSuspicious, "the remote %s is of type %s, but that name usually stands for %s", strings.ToLower(d.remote), d.variant.Type, other)
		f.Hint = "check that type, remote and the scheme of the URI fit each other"
	}
}

// remoteName returns the remote's name in upper case, or nothing for other
// providers.
func (d *draft) remoteName() string {
	if len(d.provider.Remotes) == 0 {
		if d.request.Remote != "" {
			d.fault(finding.CredentialInvalid, "%s has no remotes", d.provider.Name)
		}
		return ""
	}
	name := d.provider.RemoteName(d.request)
	if wrong := checkRemote(name); wrong != "" {
		f := d.fault(finding.CredentialInvalid, "invalid name of a remote: it %s", wrong)
		f.Hint, f.Option = "the modelUri begins with that name, as in s3://; choose another", finding.OptionRemote
	}
	return strings.ToUpper(name)
}
