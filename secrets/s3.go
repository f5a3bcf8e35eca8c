package secrets

import (
	"cmp"
	"regexp"
	"strings"
	"sync"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// The words of choices.
const (
	formVariables = "env"
	formKFServing = "kfserving"

	authKeys      = "keys"
	authAnonymous = "anonymous"
	authIAM       = "iam"
	authWorkload  = "workload-identity"
	authSAS       = "sas"
	authMSI       = "msi"
	authPrincipal = "service-principal"

	accessKeyID     = "access-key-id"
	secretAccessKey = "secret-access-key"
)

func aws() *Provider {
	return &Provider{
		Name: "aws", Aliases: []string{"s3"}, Title: "Amazon S3",
		URIs:      []string{"s3://"},
		Successor: Choice{Type: typeS3},
		Fields:    s3Fields("https://s3.amazonaws.com, or that of the region"),
		Variants:  s3Variants(nil, []string{"endpoint", "region"}),
		Imports:   []Import{AWSProfile},
		Unread:    sessionToken(),
		Example: `  # From a profile of the AWS tools
  seldonctl secret aws models --profile default --for-uri s3://bucket/model

  # From the environment, attached to a ServiceAccount
  seldonctl secret aws models --from-env --form kfserving`,
	}
}

func minio() *Provider {
	return &Provider{
		Name: "minio", Title: "MinIO and other S3 servers",
		URIs:      []string{"s3://"},
		Successor: Choice{Type: typeMinIO},
		Fields:    s3Fields(""),
		Unread:    sessionToken(),
		Variants:  s3Variants([]string{"endpoint"}, []string{"region"}),
		Example: `  # The secret key comes from standard input
  pass minio/models | seldonctl secret minio models \
    --access-key-id models --secret-access-key-file - \
    --endpoint http://minio.minio.svc.cluster.local:9000`,
	}
}

// sessionToken is read by rclone only.
func sessionToken() []Field {
	return []Field{{Name: "session-token", Variables: []string{"AWS_SESSION_TOKEN"}, Usage: "session token", Sensitive: true}}
}

func s3Fields(endpoint string) []Field {
	return []Field{
		{Name: accessKeyID, Variables: []string{"AWS_ACCESS_KEY_ID"}, Usage: "access key ID"},
		{Name: secretAccessKey, Variables: []string{"AWS_SECRET_ACCESS_KEY"}, Usage: "secret access key", Sensitive: true},
		{Name: "endpoint", Variables: []string{"AWS_ENDPOINT_URL"}, Usage: "address of the S3 server, with http:// or https://", Default: endpoint, check: checkEndpoint},
		{Name: "region", Variables: []string{"AWS_REGION", "AWS_DEFAULT_REGION"}, Usage: "region of the bucket"},
		{Name: "verify-ssl", Variables: []string{"S3_VERIFY_SSL"}, Usage: "whether certificates are verified, true or false", check: checkBoolean},
	}
}

func s3Variants(required, optional []string) []Variant {
	keys := []string{accessKeyID, secretAccessKey}
	return []Variant{
		{
			Form: formVariables, Auth: authKeys, Reader: release.KFServingInitializer,
			Summary:  "environment variables, for envSecretRefName",
			Required: join(keys, required), Optional: optional, build: (*draft).s3Variables,
		},
		{
			Form: formVariables, Auth: authAnonymous, Reader: release.KFServingInitializer,
			Summary:  "a server without keys, for envSecretRefName",
			Required: required, Optional: optional, build: (*draft).s3Variables,
		},
		{
			Form: formKFServing, Auth: authKeys, Reader: release.KFServingInitializer,
			Summary:  "a ServiceAccount with the Secret attached, for serviceAccountName",
			Required: join(keys, required), Optional: join(optional, []string{"verify-ssl"}),
			ServiceAccount: true, Annotations: true, build: (*draft).s3Attached,
		},
	}
}

func join(a, b []string) []string { return append(append([]string{}, a...), b...) }

// s3Variables are those of docs/behaviour/credentials.md, 5.2. USE_SSL is the
// documented one that no initializer reads.
func (d *draft) s3Variables() {
	endpoint := d.s3Endpoint()
	d.data["AWS_ACCESS_KEY_ID"] = d.value(accessKeyID)
	d.data["AWS_SECRET_ACCESS_KEY"] = d.value(secretAccessKey)
	d.data["AWS_ENDPOINT_URL"] = endpoint
	d.data["USE_SSL"] = "false"
	if strings.HasPrefix(endpoint, "https:") {
		d.data["USE_SSL"] = "true"
	}
	d.set("AWS_REGION", "region")
	d.checkS3Keys("")
}

// s3Attached is the form of docs/behaviour/core.md, 10.1: the operator puts
// scheme and host together again.
func (d *draft) s3Attached() {
	d.data[d.keys.S3AccessKeyID] = d.value(accessKeyID)
	d.data[d.keys.S3SecretAccessKey] = d.value(secretAccessKey)
	scheme, host, _ := strings.Cut(d.s3Endpoint(), "://")
	prefix := cmp.Or(d.request.AnnotationPrefix, AnnotationPrefix)
	d.annotations[prefix+"/s3-endpoint"] = strings.TrimSuffix(host, "/")
	d.annotations[prefix+"/s3-usehttps"] = flag(scheme == "https")
	if region := d.value("region"); region != "" {
		d.annotations[prefix+"/s3-region"] = region
	}
	if verify := d.value("verify-ssl"); verify != "" {
		d.annotations[prefix+"/s3-verifyssl"] = flag(verify == "true")
	}
	d.account = &draftAccount{attached: true}
	d.checkS3Keys("")
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return "0"
}

// lowerScheme returns an endpoint with its scheme in lower case, as clients
// compare it.
func lowerScheme(endpoint string) string {
	scheme, rest, ok := strings.Cut(endpoint, "://")
	if !ok {
		return endpoint
	}
	return strings.ToLower(scheme) + "://" + rest
}

// s3Endpoint returns the endpoint that is given, or Amazon's for the region.
func (d *draft) s3Endpoint() string {
	if e := d.value("endpoint"); e != "" {
		return lowerScheme(e)
	}
	region := d.value("region")
	switch {
	case region == "":
		return "https://s3.amazonaws.com"
	case strings.HasPrefix(region, "cn-"):
		return "https://s3." + region + ".amazonaws.com.cn"
	}
	return "https://s3." + region + ".amazonaws.com"
}

// keyID matches the access key IDs that Amazon gives out.
var keyID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^A(KIA|SIA)[A-Z2-7]{16}$`)
})

// checkS3Keys warns about keys that will not work. The token is the session
// token that goes with the keys, if the variant takes one.
func (d *draft) checkS3Keys(token string) {
	id, secret := d.value(accessKeyID), d.value(secretAccessKey)
	switch {
	case keyID().MatchString(secret):
		f := d.fault(finding.CredentialSuspicious, "secret-access-key looks like an access key ID: the two may be swapped")
		f.Hint = "Amazon's access key IDs begin with AKIA or ASIA and have 20 characters"
	case keyID().MatchString(id) && strings.HasPrefix(id, "ASIA") && token == "":
		f := d.fault(finding.CredentialSuspicious, "access-key-id belongs to temporary keys, which work only with a session token")
		if f.Hint = "set session-token"; d.variant.Reader == release.KFServingInitializer {
			f.Hint = "the kfserving initializer reads no session token: use keys of a user, or `seldonctl secret rclone`"
		}
	}
	if quoted(id) || quoted(secret) {
		f := d.fault(finding.CredentialSuspicious, "the quotes around a key belong to its value")
		f.Hint = "write the values of environment files without quotes, as for kubectl"
	}
}

func quoted(s string) bool {
	return len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0]
}
