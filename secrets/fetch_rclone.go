package secrets

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// rclone follows docs/behaviour/credentials.md, 5.3.
func (c *fetchCheck) rclone() {
	remote, ok := remoteOf(c.URI)
	s := c.Variables
	switch {
	case !ok && (scheme(c.URI) == "" || strings.HasPrefix(c.URI, ":")):
	case !ok:
		c.noRemote()
	case s != nil && (slices.Contains(s.Remotes, remote) || remote == builtInRemote && s.hasPrefix(remoteVariable(remote, ""))):
		c.checkRemote(s, remote)
	case s == nil && c.SecretUnknown || s != nil && s.Open:
	case s == nil || remote == builtInRemote && c.SharedVariables:
		c.noVariables(remote)
	case c.otherSecret(s):
	default:
		c.otherRemote(s, remote)
	}
}

// builtInRemote is the remote that the initializer's image configures, for
// anonymous access.
const builtInRemote = "gs"

func (c *fetchCheck) noRemote() {
	const azure = "write azureblob://CONTAINER/PATH, with a Secret of `seldonctl secret rclone --type azureblob`"
	hint := azure
	if s := scheme(c.URI); (s == "http" || s == "https") && !isAzureBlob(c.URI) {
		hint = "rclone takes the scheme for the name of a remote; put the model into a bucket, s3://BUCKET/PATH or gs://BUCKET/PATH"
	}
	c.tell(finding.InitializerScheme, hint, "%s cannot read %s", c.Initializer, shown(c.URI))
}

// noVariables is about a unit without a Secret in its environment that somebody
// meant for it.
func (c *fetchCheck) noVariables(remote string) {
	attached := c.meantAttached()
	if remote == builtInRemote && len(attached) == 0 {
		return
	}
	reason := ""
	if len(attached) > 0 {
		reason = ": the Secrets of a ServiceAccount configure no remote"
	}
	c.tell(finding.InitializerNoRemote, "name a Secret with envSecretRefName that has "+remoteVariable(remote, "TYPE")+"; `seldonctl secret rclone` makes it",
		"nothing configures rclone for %s://%s", remote, reason)
}

// otherRemote is about a Secret that configures other remotes, or none.
func (c *fetchCheck) otherRemote(s *Facts, remote string) {
	hint := "make the Secret with `seldonctl secret rclone --remote " + remote + "`"
	if len(s.Remotes) > 0 {
		hint = "the Secret is for URIs that begin with " + strings.Join(s.Remotes, ":// or ") +
			"://; rename its remote with `seldonctl secret rclone --remote " + remote + "`, or change the scheme"
	}
	consequence := "rclone has no remote \"" + remote + "\""
	if remote == builtInRemote {
		consequence = "gs:// is read anonymously"
	}
	c.tell(finding.InitializerOtherRemote, hint, "%s has no variable %s: %s", &s.Known, remoteVariable(remote, "TYPE"), consequence)
}

const principalUnread = "%s has a service principal or workload identity in variables, which rclone reads from Seldon Core 1.18 on"

// principal is about a service principal, or the identity of a pod, in variables
// that rclone does not read.
func (c *fetchCheck) principal(s *Facts, variable func(option string) string) {
	others := []string{"KEY", "SAS_URL", "CONNECTION_STRING", "USE_EMULATOR", "USE_MSI", "SERVICE_PRINCIPAL_FILE"}
	if c.Principals != release.PrincipalsInFile || !s.hasValue(variable("CLIENT_SECRET")) && !s.hasValue(variable("ENV_AUTH")) ||
		slices.ContainsFunc(others, func(option string) bool { return s.hasValue(variable(option)) }) {
		return
	}
	c.tell(finding.InitializerOtherRemote, "give it the key of the storage account or a SAS URL, or mount a file for "+variable("SERVICE_PRINCIPAL_FILE"),
		principalUnread, &s.Known)
}

// checkRemote looks at the options of a remote that has a type.
func (c *fetchCheck) checkRemote(s *Facts, remote string) {
	r := &remoteCheck{fetchCheck: c, secret: s, remote: remote}
	r.needs("TYPE")
	kind := s.Types[remote]
	if remote == builtInRemote && !s.Has(r.variable("TYPE")) {
		kind = rcloneGCS
	}
	switch kind {
	case typeS3:
		r.s3()
	case typeAzure:
		r.azure()
		c.principal(s, r.variable)
	case rcloneGCS, typeGCS:
		r.gcs()
	}
	c.flaws(s, func(key string) bool { return strings.HasPrefix(key, r.variable("")) })
}

// remoteCheck collects what is to be said of a remote.
type remoteCheck struct {
	*fetchCheck
	secret *Facts
	remote string
}

func (r *remoteCheck) variable(option string) string { return remoteVariable(r.remote, option) }

// given returns those of the options that have a value.
func (r *remoteCheck) given(options ...string) []string {
	return slices.DeleteFunc(options, func(option string) bool { return !r.secret.hasValue(r.variable(option)) })
}

func (r *remoteCheck) on(option string) bool {
	return slices.Contains(r.secret.On, r.variable(option))
}

// needs tells of options without a value. A type may come from the image.
func (r *remoteCheck) needs(options ...string) {
	var keys []string
	for _, option := range options {
		if key := r.variable(option); option != "TYPE" || r.secret.Has(key) {
			keys = append(keys, key)
		}
	}
	r.lacking(r.secret, r.remote+"://", r.secret.missing(keys...)...)
}

// anonymously notes that a remote is read without any.
func (r *remoteCheck) anonymously() {
	r.tell(finding.InitializerNoSecret, "give it credentials, unless everybody may read the place", "%s has no credentials for %s://", &r.secret.Known, r.remote)
}

// s3 wants both keys or none, and with none an identity.
func (r *remoteCheck) s3() {
	switch given := r.given("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"); {
	case len(given) == 1:
		r.needs("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
	case len(given) == 0 && len(r.given(optionEnvAuth)) == 0:
		r.anonymously()
	}
}

// azure wants one of several ways in.
func (r *remoteCheck) azure() {
	if len(r.given("SAS_URL", "CONNECTION_STRING")) > 0 || r.on(optionEmulator) {
		return
	}
	r.needs("ACCOUNT")
	has := func(option string) bool { return r.secret.Has(r.variable(option)) }
	switch {
	case r.on(optionMSI) || r.on(optionEnvAuth) || len(r.given("KEY", "SERVICE_PRINCIPAL_FILE")) > 0:
	case has("TENANT") || has("CLIENT_ID") || has("CLIENT_SECRET"):
		r.needs("TENANT", "CLIENT_ID")
		if len(r.given("CLIENT_CERTIFICATE_PATH", "USERNAME")) == 0 {
			r.needs("CLIENT_SECRET")
		}
	case has("KEY"):
		r.needs("KEY")
	case has("SAS_URL"):
		r.needs("SAS_URL")
	default:
		r.anonymously()
	}
}

// gcs looks at what the image says of the remote gs. Without credentials the
// machine's identity is used.
func (r *remoteCheck) gcs() {
	const key = "SERVICE_ACCOUNT_CREDENTIALS"
	if r.secret.Has(r.variable(key)) && len(r.given("SERVICE_ACCOUNT_FILE", "TOKEN")) == 0 && !r.on(optionEnvAuth) && !r.on(optionAnonymous) {
		r.needs(key)
	}
	anonymous := r.variable(optionAnonymous)
	if credentials := r.given(key, "SERVICE_ACCOUNT_FILE", "TOKEN", optionEnvAuth); r.remote == builtInRemote && len(credentials) > 0 && len(r.secret.lacks(anonymous)) > 0 {
		r.tell(finding.InitializerOtherRemote, "add "+anonymous+" with the value false, or make the Secret with `seldonctl secret rclone --type gcs`",
			"%s lacks %s: the initializer's image makes gs:// anonymous, and credentials are not looked at", &r.secret.Known, anonymous)
	}
}
