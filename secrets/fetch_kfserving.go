package secrets

import (
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// kfserving follows docs/behaviour/credentials.md, 5.2.
func (c *fetchCheck) kfserving() {
	switch {
	case !strings.Contains(c.URI, "://") && (scheme(c.URI) == "" || len(scheme(c.URI)) == 1):
	case strings.HasPrefix(c.URI, "file://"):
	case strings.HasPrefix(c.URI, "s3://"):
		c.kfservingS3()
	case strings.HasPrefix(c.URI, "gs://"):
		c.kfservingGCS()
	case strings.HasPrefix(c.URI, "https://") && isAzureBlob(c.URI):
		c.kfservingAzure()
	default:
		hint := "use s3://, gs://, https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH, pvc:// or file://, or an initializer image of your own"
		if meant := spelling.Nearest(scheme(c.URI), []string{"s3", "gs", "pvc", "file"}); meant != "" {
			hint = "did you mean " + meant + "://?"
		}
		c.tell(finding.InitializerScheme, hint, "%s cannot read %s", c.Initializer, shown(c.URI))
	}
}

// kfservingS3 wants both keys, in the environment or attached. Without any the
// client is anonymous.
func (c *fetchCheck) kfservingS3() {
	if s := c.attached(func(s *Facts) bool { return s.AttachedS3 }); s != nil {
		c.attachedS3(s)
		return
	}
	if c.SecretUnknown {
		return
	}
	s := c.Variables
	switch {
	case c.otherSecret(s):
	case s == nil || !s.S3 && !s.Open:
		c.withoutCredentials("s3://", true, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
	default:
		c.keyPair(s, "s3://", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
		c.flaws(s, func(key string) bool { return strings.HasPrefix(key, "AWS_") })
	}
}

// attachedS3 looks at a Secret that the operator makes variables of
// (docs/behaviour/core.md, 10.1).
func (c *fetchCheck) attachedS3(s *Facts) {
	if lacking := s.lacks(s.names.S3AccessKeyID); len(lacking) > 0 {
		c.tell(finding.InitializerOtherRemote, misspelt, "%s lacks %s: the init container refers to it and does not start", &s.Known, lacking[0])
	}
	if s.Has(s.names.S3AccessKeyID) {
		c.keyPair(s, "s3://", s.names.S3AccessKeyID, s.names.S3SecretAccessKey)
	}
	c.flaws(s, func(key string) bool { return key == s.names.S3AccessKeyID || key == s.names.S3SecretAccessKey })
	for _, prefix := range []string{AnnotationPrefix, AnnotationPrefixKubeflow} {
		if strings.Contains(s.Annotations[prefix+"/s3-endpoint"], "://") {
			c.tell(finding.CredentialSuspicious, "remove it and write "+prefix+`/s3-usehttps: "0" or "1"`,
				"%s: the annotation %s/s3-endpoint has a scheme; the operator adds one", &s.Known, prefix)
		}
	}
}

// kfservingGCS is anonymous unless a key file is attached.
func (c *fetchCheck) kfservingGCS() {
	if s := c.attached(func(s *Facts) bool { return s.AttachedGCS }); s != nil {
		c.lacking(s, "gs://", s.missing(s.names.GCSFile)...)
		c.flaws(s, func(key string) bool { return key == s.names.GCSFile })
		return
	}
	if !c.SecretUnknown && !c.otherSecret(c.Variables) {
		c.withoutCredentials("gs://", false)
	}
}

// kfservingAzure wants four variables; without any one of them the client is
// anonymous. The operator attaches nothing for Azure.
func (c *fetchCheck) kfservingAzure() {
	_, rest, _ := strings.Cut(c.URI, ".blob.core.windows.net")
	if container, _, ok := strings.Cut(strings.TrimPrefix(rest, "/"), "/"); container == "" || !ok {
		c.tell(finding.InitializerScheme, "write https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH",
			"%s needs a / after the container of an Azure URI", c.Initializer)
		return
	}
	keys := []string{"AZ_TENANT_ID", "AZ_CLIENT_ID", "AZ_CLIENT_SECRET", "AZ_SUBSCRIPTION_ID"}
	s := c.Variables
	switch {
	case c.SecretUnknown && s == nil:
	case c.otherSecret(s):
	case s == nil || !s.Azure && !s.Open:
		c.withoutCredentials("Azure Blob Storage", true, keys...)
	default:
		c.lacking(s, "Azure Blob Storage", s.missing(keys...)...)
		c.flaws(s, func(key string) bool { return strings.HasPrefix(key, "AZ_") })
	}
}

// withoutCredentials tells of a model for which no Secret has credentials: those
// that somebody gave it are for something else. A note is for places that are
// usually private; keys are those that it needs.
func (c *fetchCheck) withoutCredentials(what string, private bool, keys ...string) {
	const providers = "make the Secret with the provider that the scheme belongs to: "
	told := false
	if s := c.meantVariables(); s != nil {
		told = true
		if s.Has(s.names.GCSFile) || len(s.googleKeys()) > 0 {
			c.tell(finding.InitializerOtherRemote, "name the ServiceAccount that lists the Secret in serviceAccountName",
				"%s has no variables for %s: a key file is read only from a Secret that is attached to a ServiceAccount", &s.Known, what)
		} else {
			c.tell(finding.InitializerOtherRemote, s.misspelt(providers+providersOfURIs(), keys...), "%s has no credentials for %s", &s.Known, what)
		}
	}
	for _, s := range c.meantAttached() {
		told = true
		c.attachedForNothing(&s, what, providers+providersOfURIs())
	}
	if !told && private {
		c.tell(finding.InitializerNoSecret, "name a Secret with envSecretRefName, or a ServiceAccount that has one attached; public models need none",
			"no Secret has credentials for %s", what)
	}
}

// attachedForNothing tells of a Secret of a ServiceAccount that brings nothing
// for the model.
func (c *fetchCheck) attachedForNothing(s *Facts, what, hint string) {
	switch {
	case s.AttachedS3 || s.AttachedGCS:
		c.tell(finding.InitializerOtherRemote, hint, "%s of the ServiceAccount has no credentials for %s", &s.Known, what)
	case s.Open:
	case len(s.googleKeys()) > 0:
		c.tell(finding.AttachedSecretIgnored, "rename the key, or set credentials.gcs.gcsCredentialFileName in the values",
			"the operator takes nothing from %s of the ServiceAccount: it looks for the key %s, and the Secret has %s", &s.Known, s.names.GCSFile, strings.Join(s.googleKeys(), " and "))
	default:
		c.tell(finding.AttachedSecretIgnored, "a Secret of variables belongs in envSecretRefName; `seldonctl secret` makes Secrets for each kind of storage",
			"the operator takes nothing from %s of the ServiceAccount: it has neither the key %s nor %s", &s.Known, s.names.S3SecretAccessKey, s.names.GCSFile)
	}
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
		parts = append(parts, form+" "+spelling.Alternatives(names[form]))
	}
	return strings.Join(parts, ", ")
}
