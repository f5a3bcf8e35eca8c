package secrets

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// checkRclone follows docs/behaviour/credentials.md, 5.3.
func (f *Fetch) checkRclone(path *field.Path) *finding.Finding {
	remote, ok := remoteOf(f.URI)
	switch {
	case !ok && (scheme(f.URI) == "" || strings.HasPrefix(f.URI, ":")):
		return nil
	case !ok:
		return f.noRemote(path)
	case f.SecretUnknown:
		return nil
	case f.Variables == nil:
		return f.noVariables(path, remote)
	case slices.Contains(f.Variables.Remotes, remote):
		return f.checkGSAnonymous(path, remote)
	}
	if out := f.otherSecret(path); out != nil && (remote != "gs" || f.exact) {
		return out
	}
	if remote == "gs" && !f.exact {
		return nil
	}
	out := finding.New(finding.InitializerOtherRemote, path, "the Secret has no variable %s, so that rclone has no remote %q",
		remoteVariable(remote, "TYPE"), remote)
	if len(f.Variables.Remotes) > 0 {
		out = out.WithHint("the Secret is for URIs that begin with %s://; rename its remote with `seldonctl secret rclone --remote %s`, or change the scheme",
			strings.Join(f.Variables.Remotes, ":// or "), remote)
	} else {
		out = out.WithHint("make the Secret with `seldonctl secret rclone --remote %s`", remote)
	}
	return &out
}

func (f *Fetch) noRemote(path *field.Path) *finding.Finding {
	out := finding.New(finding.InitializerScheme, path, "%s cannot read %s", f.Initializer, shown(f.URI))
	switch scheme(f.URI) {
	case "http", "https":
		out = out.WithHint("rclone takes the scheme for the name of a remote; put the model into a bucket, s3://BUCKET/PATH or gs://BUCKET/PATH")
		if isAzureBlob(f.URI) {
			out = out.WithHint("write azureblob://CONTAINER/PATH, with a Secret of `seldonctl secret rclone --type azureblob`")
		}
	default:
		out = out.WithHint("write azureblob://CONTAINER/PATH, with a Secret of `seldonctl secret rclone --type azureblob`")
	}
	return &out
}

// noVariables is about a unit without a Secret in its environment. The remote
// gs is built in, and anonymous.
func (f *Fetch) noVariables(path *field.Path, remote string) *finding.Finding {
	if remote == "gs" && (!f.exact || len(f.Attached) == 0) {
		return nil
	}
	out := finding.New(finding.InitializerNoSecret, path, "nothing configures rclone for %s://", remote).
		WithHint("name a Secret with envSecretRefName that has %s; `seldonctl secret rclone` makes it", remoteVariable(remote, "TYPE"))
	if len(f.Attached) > 0 {
		out.Message += ": a ServiceAccount's Secret brings no remote"
	}
	return &out
}

// checkGSAnonymous is about the initializer's image, which makes the remote gs
// anonymous: credentials are not looked at unless that is undone.
func (f *Fetch) checkGSAnonymous(path *field.Path, remote string) *finding.Finding {
	anonymous := remoteVariable(remote, "ANONYMOUS")
	if remote != "gs" || f.Variables.Has(anonymous) {
		return nil
	}
	out := finding.New(finding.InitializerOtherRemote, path, "the Secret lacks %s: the initializer's image makes gs:// anonymous, and credentials are not looked at", anonymous).
		WithHint("add %s with the value false, or make the Secret with `seldonctl secret rclone --type gcs`", anonymous)
	return &out
}
