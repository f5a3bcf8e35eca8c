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
	case s != nil && slices.Contains(s.Remotes, remote):
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
	variable := func(option string) string { return remoteVariable(remote, option) }
	switch s.Types[remote] {
	case typeS3:
		id, secret := variable("ACCESS_KEY_ID"), variable("SECRET_ACCESS_KEY")
		if s.Has(id) != s.Has(secret) {
			c.lacking(s, remote+"://", s.lacks(id, secret)...)
		}
		c.halves(s, id, secret)
	case typeAzure:
		others := []string{"SAS_URL", "CONNECTION_STRING", "USE_EMULATOR", "SERVICE_PRINCIPAL_FILE"}
		if !slices.ContainsFunc(others, func(option string) bool { return s.hasValue(variable(option)) }) {
			c.lacking(s, remote+"://", s.missing(variable("ACCOUNT"))...)
		}
		c.principal(s, variable)
	}
	c.flaws(s, func(key string) bool { return strings.HasPrefix(key, variable("")) })
	if anonymous := variable("ANONYMOUS"); remote == builtInRemote && len(s.missing(anonymous)) > 0 {
		c.tell(finding.InitializerOtherRemote, "add "+anonymous+" with the value false, or make the Secret with `seldonctl secret rclone --type gcs`",
			"%s lacks %s: the initializer's image makes gs:// anonymous, and credentials are not looked at", &s.Known, anonymous)
	}
}
