package secrets

import (
	"net/url"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// Fetch is a model and what its storage initializer is given to fetch it with.
type Fetch struct {
	URI         string
	Initializer release.Initializer
	// CustomImage says that the initializer's image is not the release's own:
	// nothing is known about it then.
	CustomImage bool
	// Variables is the Secret whose keys become the environment; nil if there is
	// none. SecretUnknown says that there is one and its keys are not known.
	Variables     *Facts
	SecretUnknown bool
	// Attached are the Secrets of the ServiceAccount.
	Attached []Facts
	// exact says that the Secret must fit, and not merely do no harm.
	exact bool
}

// Check returns what there is to say: a scheme that cannot be read, a Secret of
// another kind, a place that is usually private and no Secret. The path is that
// of the modelUri.
func (f *Fetch) Check(path *field.Path) finding.List {
	if f.CustomImage || f.URI == "" || strings.HasPrefix(f.URI, "pvc://") {
		return nil
	}
	var found *finding.Finding
	if f.Initializer == release.RcloneInitializer {
		found = f.checkRclone(path)
	} else {
		found = f.checkKFServing(path)
	}
	if found == nil {
		return nil
	}
	return finding.List{*found}
}

// scheme returns the scheme of a URI in lower case, without :// or :.
func scheme(uri string) string {
	s, _, found := strings.Cut(uri, ":")
	if !found || strings.ContainsRune(s, '/') {
		return ""
	}
	return strings.ToLower(s)
}

// remoteOf returns the rclone remote that a URI is in, and false where it is in
// none: a path, or a scheme that no remote can stand for
// (docs/behaviour/credentials.md, 5.3).
func remoteOf(uri string) (string, bool) {
	switch s := scheme(uri); s {
	case "", "http", "https", "wasb", "wasbs", "abfs", "abfss", "pvc":
		return "", false
	default:
		return s, true
	}
}

// isAzureBlob reports whether a URI is one of Azure Blob Storage.
func isAzureBlob(uri string) bool {
	u, err := url.Parse(uri)
	return err == nil && strings.HasSuffix(u.Hostname(), ".blob.core.windows.net")
}
