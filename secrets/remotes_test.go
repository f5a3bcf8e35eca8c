package secrets_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
)

// TestRemotes holds Secrets of one remote against what its storage needs. What
// rclone makes of each is what make e2e-storage has shown.
func TestRemotes(t *testing.T) {
	t.Parallel()
	const s3, azure, gcs = "TYPE=s3", "TYPE=azureblob", "TYPE=google cloud storage"
	tests := []struct {
		name, uri string
		options   []string
		// works says that rclone fetches a private model, or a public one if that is
		// what the Secret is for.
		works bool
	}{
		{"keys", "s3://b/m", []string{s3, "ACCESS_KEY_ID=a", "SECRET_ACCESS_KEY=b", "ENV_AUTH=false"}, true},
		{"an identity", "s3://b/m", []string{s3, "ENV_AUTH=true"}, true},
		{"an identity and no ID", "s3://b/m", []string{s3, "ENV_AUTH=true", "SECRET_ACCESS_KEY="}, true},
		{"everybody", "s3://b/m", []string{s3, "ENV_AUTH=false", "ACCESS_KEY_ID="}, true},
		{"a switch in capitals", "s3://b/m", []string{s3, "ENV_AUTH=TRUE"}, true},
		{"an ID only", "s3://b/m", []string{s3, "ACCESS_KEY_ID=a", "ENV_AUTH=false"}, false},
		{"a secret key only", "s3://b/m", []string{s3, "ACCESS_KEY_ID=", "SECRET_ACCESS_KEY=b"}, false},
		{"temporary keys", "s3://b/m", []string{s3, "ACCESS_KEY_ID=ASIAABCDEFGHIJKLMNOP", "SECRET_ACCESS_KEY=b", "SESSION_TOKEN=t"}, true},
		{"temporary keys without token", "s3://b/m", []string{s3, "ACCESS_KEY_ID=ASIAABCDEFGHIJKLMNOP", "SECRET_ACCESS_KEY=b"}, false},
		{"no type", "s3://b/m", []string{"TYPE=", "ENV_AUTH=true"}, false},
		{"a type in capitals", "s3://b/m", []string{"TYPE=S3", "ENV_AUTH=true"}, false},
		{"a type in quotes", "s3://b/m", []string{`TYPE="s3"`, "ENV_AUTH=true"}, false},
		{"a make for a type", "s3://b/m", []string{"TYPE=minio", "ENV_AUTH=true"}, false},
		{"another storage", "s3://b/m", []string{"TYPE=webdav"}, true},
		{"a switch in quotes", "s3://b/m", []string{s3, `ENV_AUTH="true"`}, false},
		{"an endpoint in capitals", "s3://b/m", []string{s3, "ENV_AUTH=true", "ENDPOINT=HTTP://minio:9000"}, false},
		{"a key file", "gs://b/m", []string{gcs, "ANONYMOUS=false", "SERVICE_ACCOUNT_CREDENTIALS=" + keyFile}, true},
		{"a key file, the type from the image", "gs://b/m", []string{"ANONYMOUS=false", "SERVICE_ACCOUNT_CREDENTIALS=" + keyFile}, true},
		{"a key file and nothing about everybody", "gs://b/m", []string{gcs, "SERVICE_ACCOUNT_CREDENTIALS=" + keyFile}, false},
		{"a key file only", "gs://b/m", []string{"SERVICE_ACCOUNT_CREDENTIALS=" + keyFile}, false},
		{"a key file without content", "gs://b/m", []string{gcs, "ANONYMOUS=false", "SERVICE_ACCOUNT_CREDENTIALS="}, false},
		{"everybody, by the image", "gs://b/m", []string{gcs}, true},
		{"an account key", "azureblob://c/m", []string{azure, "ACCOUNT=a", "KEY=aa=="}, true},
		{"no account", "azureblob://c/m", []string{azure, "KEY=aa=="}, false},
		{"an account key without content", "azureblob://c/m", []string{azure, "ACCOUNT=a", "KEY="}, false},
		{"a managed identity", "azureblob://c/m", []string{azure, "ACCOUNT=a", "USE_MSI=true"}, true},
		{"a service principal", "azureblob://c/m", []string{azure, "ACCOUNT=a", "TENANT=t", "CLIENT_ID=i", "CLIENT_SECRET=s"}, true},
		{"a service principal without tenant", "azureblob://c/m", []string{azure, "ACCOUNT=a", "CLIENT_ID=i", "CLIENT_SECRET=s"}, false},
		{"a service principal without secret", "azureblob://c/m", []string{azure, "ACCOUNT=a", "TENANT=t", "CLIENT_ID=i", "CLIENT_SECRET="}, false},
		{"a certificate", "azureblob://c/m", []string{azure, "ACCOUNT=a", "TENANT=t", "CLIENT_ID=i", "CLIENT_CERTIFICATE_PATH=/cert"}, true},
		{"an account only", "azureblob://c/m", []string{azure, "ACCOUNT=a"}, true},
	}
	var out strings.Builder
	for _, tt := range tests {
		remote, _, _ := strings.Cut(tt.uri, ":")
		values := map[string]string{}
		for _, option := range tt.options {
			name, value, _ := strings.Cut(option, "=")
			values["RCLONE_CONFIG_"+strings.ToUpper(remote)+"_"+name] = value
		}
		facts := secrets.Inspect(secrets.Look(values), secrets.KeyNames{})
		found := (&secrets.Fetch{URI: tt.uri, Initializer: release.RcloneInitializer, Variables: &facts}).Check(field.NewPath("uri"))
		warns := slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Severity == finding.Warning })
		if warns == tt.works {
			t.Errorf("%s, %s: rclone fetches the model: %t; findings: %v", tt.uri, tt.name, tt.works, saidAll(found))
		}
		fmt.Fprintf(&out, "# %s, %s\n", tt.uri, tt.name)
		for _, line := range saidAll(found) {
			out.WriteString(line + "\n")
		}
	}
	goldenFile(t, "remotes.txt", out.String())
}
