package secrets

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
)

// Fetch is a model and what its storage initializer is given to fetch it with.
type Fetch struct {
	URI         string
	Initializer release.Initializer
	// CustomImage says that the initializer's image is not the release's own:
	// nothing is known about it then.
	CustomImage bool
	// Principals says what the initializer's rclone reads; 0 if nobody knows.
	Principals release.Principals
	// Variables is the Secret whose keys become the environment; nil if there is
	// none. SharedVariables says that every unit has it, as the values' default,
	// whatever its storage.
	Variables       *Facts
	SharedVariables bool
	// Attached are the Secrets of the ServiceAccount. SharedAccount says that
	// nobody named the account: it is the namespace's default.
	Attached      []Facts
	SharedAccount bool
	// SecretUnknown says that there is a Secret of either kind that nothing is
	// known of.
	SecretUnknown bool
}

// Check returns what there is to say: a scheme that cannot be read, a Secret of
// another kind, a value that cannot work, a place that is usually private and no
// Secret. The path is that of the modelUri.
func (f *Fetch) Check(path *field.Path) finding.List {
	if f.CustomImage || f.URI == "" {
		return nil
	}
	c := &fetchCheck{Fetch: f, path: path}
	if c.place() || strings.HasPrefix(f.URI, "pvc://") {
		return c.findings
	}
	if f.Initializer == release.RcloneInitializer {
		c.rclone()
	} else {
		c.kfserving()
	}
	return c.findings
}

// fetchCheck collects what is to be said of a fetch.
type fetchCheck struct {
	*Fetch
	path     *field.Path
	findings finding.List
}

func (c *fetchCheck) tell(code finding.Code, hint, format string, args ...any) {
	f := finding.New(code, c.path, format, args...)
	f.Hint = hint
	c.findings = append(c.findings, f)
}

// attached returns the first Secret of the ServiceAccount for which a condition
// holds.
func (c *fetchCheck) attached(is func(*Facts) bool) *Facts {
	for i := range c.Attached {
		if is(&c.Attached[i]) {
			return &c.Attached[i]
		}
	}
	return nil
}

// meantVariables is the Secret that somebody gave this very unit, or nil.
func (c *fetchCheck) meantVariables() *Facts {
	if c.SharedVariables {
		return nil
	}
	return c.Variables
}

// meantAttached are the Secrets of a ServiceAccount that somebody named.
func (c *fetchCheck) meantAttached() []Facts {
	if c.SharedAccount {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(c.Attached), func(f Facts) bool { return f.isToken() })
}

// flaws tells what is wrong with values of a Secret.
func (c *fetchCheck) flaws(s *Facts, uses func(key string) bool) {
	for _, key := range s.Keys {
		if flaw := s.Flaws[key]; flaw != "" && uses(key) {
			c.tell(finding.CredentialSuspicious, "", "%s: %s %s", &s.Known, key, flaw)
		}
	}
}

// otherSecret tells of a Secret that is meant for the other initializer.
func (c *fetchCheck) otherSecret(s *Facts) bool {
	other := otherInitializer(c.Initializer)
	if s == nil || s.Serves(c.Initializer) || !s.Serves(other) {
		return false
	}
	c.tell(finding.InitializerOtherSecret, "make the Secret with "+commandsFor(c.Initializer),
		"%s is for %s (%s), but %s fetches the model", &s.Known, other, other.Releases(), c.Initializer)
	return true
}

const misspelt = "check the spelling of the Secret's keys; `seldonctl secret` makes Secrets for each kind of storage"

// lacking tells of keys that a Secret has no value for.
func (c *fetchCheck) lacking(s *Facts, what string, keys ...string) {
	if len(keys) > 0 {
		c.tell(finding.InitializerOtherRemote, s.misspelt(misspelt, keys...), "%s has no value for %s, which %s needs", &s.Known, series(keys), what)
	}
}

// misspelt is a hint about a key that stands for one that is wanted, or another hint.
func (f *Facts) misspelt(otherwise string, wanted ...string) string {
	for _, want := range wanted {
		if key := spelling.Nearest(want, f.Keys); key != "" && key != want && !known(key) {
			return fmt.Sprintf("rename its key %s to %s", key, want)
		}
	}
	return otherwise
}

// known reports whether a key is a variable that an initializer reads.
func known(key string) bool {
	_, ok := variableFields().variables[key]
	return ok || strings.HasPrefix(key, remotePrefix)
}

// keyPair tells of keys of which one has no value and the other has, or that are
// not there. Both empty mean anonymous access.
func (c *fetchCheck) keyPair(s *Facts, what, id, secret string) {
	if s.hasValue(id) != s.hasValue(secret) || len(s.lacks(id, secret)) == 2 {
		c.lacking(s, what, s.missing(id, secret)...)
	}
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
