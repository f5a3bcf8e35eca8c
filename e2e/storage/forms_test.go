package storage

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/storage/clouds"
)

// form is a way in: a Secret that seldonctl makes, and a place it is for.
type form struct {
	// row is the row of docs/credentials.md that it is: the provider and its
	// choices; empty for places that need no Secret. extra tells forms of a row
	// apart.
	row, extra string
	// flags, variables and files are what else `seldonctl secret` is given; DIR in
	// flags is the folder of the files.
	flags     []string
	variables map[string]string
	files     map[string]string
	// uri is that of the bucket's root.
	uri string
	// account says that the Secret reaches the model by its ServiceAccount.
	account bool
	// identity says that the machine has one in the clouds.
	identity bool
	// since is the first rclone that has the form.
	since string
}

func (f *form) name() string {
	return strings.TrimSpace(f.row + " " + f.extra)
}

// kfserving reports whether the form is for kfserving's initializer; places that
// need no Secret may be for both.
func (f *form) kfserving() bool { return !strings.HasPrefix(f.row, "rclone") }
func (f *form) rclone() bool {
	return strings.HasPrefix(f.row, "rclone") || f.row == "" && f.extra != kfservingOnly
}

const kfservingOnly = "for kfserving"

// is reports whether the form is for a release.
func (f *form) is(rclone string) bool {
	if rclone == "" {
		return f.kfserving()
	}
	return f.rclone() && rclone >= f.since
}

// forms returns the ways in.
func (env *environment) forms(t *testing.T) []form {
	const s3, gs, blobs = "s3://" + clouds.PrivateBucket, "gs://" + clouds.PrivateBucket, "azureblob://" + clouds.PrivateBucket
	const publicS3, publicGS = "s3://" + clouds.PublicBucket, "gs://" + clouds.PublicBucket
	amazon, google, azure := &env.clouds.Amazon, &env.clouds.Google, &env.clouds.Azure
	blob := "https://" + azure.Account + ".blob.core.windows.net/"
	sas, err := azure.SAS(clouds.PrivateBucket)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]string{"AWS_ACCESS_KEY_ID": amazon.AccessKeyID, "AWS_SECRET_ACCESS_KEY": amazon.SecretAccessKey}
	with := func(more ...string) map[string]string {
		out := map[string]string{}
		for name, value := range keys {
			out[name] = value
		}
		for i := 0; i < len(more); i += 2 {
			out[more[i]] = more[i+1]
		}
		return out
	}
	temporary := map[string]string{
		"AWS_ACCESS_KEY_ID": amazon.Temporary.AccessKeyID, "AWS_SECRET_ACCESS_KEY": amazon.Temporary.SecretAccessKey, "AWS_SESSION_TOKEN": amazon.Temporary.SessionToken,
	}
	region := []string{"AWS_REGION", amazon.Region}
	profile := map[string]string{"credentials": "[models]\naws_access_key_id = " + amazon.AccessKeyID + "\naws_secret_access_key = " + amazon.SecretAccessKey + "\n", "config": ""}
	profiles := map[string]string{"AWS_SHARED_CREDENTIALS_FILE": "DIR/credentials", "AWS_CONFIG_FILE": "DIR/config"}
	principal := map[string]string{
		"AZ_TENANT_ID": azure.Tenant, "AZ_CLIENT_ID": azure.ClientID, "AZ_CLIENT_SECRET": azure.ClientSecret, "AZ_SUBSCRIPTION_ID": azure.Subscription,
		"AZURE_STORAGE_ACCOUNT": azure.Account,
	}
	principalFile := map[string]string{"principal.json": `{"clientId":"` + azure.ClientID + `","clientSecret":"` + azure.ClientSecret +
		`","subscriptionId":"` + azure.Subscription + `","tenantId":"` + azure.Tenant + `"}`}
	keyFile := map[string]string{"key.json": google.KeyFile}
	keyPath := map[string]string{"GOOGLE_APPLICATION_CREDENTIALS": "DIR/key.json"}
	account := map[string]string{"AZURE_STORAGE_ACCOUNT": azure.Account, "AZURE_STORAGE_KEY": azure.AccountKey}
	old := map[string]string{"old.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: old}\nstringData:\n  AWS_ACCESS_KEY_ID: " + amazon.AccessKeyID +
		"\n  AWS_SECRET_ACCESS_KEY: " + amazon.SecretAccessKey + "\n  AWS_ENDPOINT_URL: " + amazon.MinIO + "\n  USE_SSL: \"false\"\n"}
	conf := map[string]string{"rclone.conf": "[mine]\ntype = s3\nprovider = Minio\naccess_key_id = " + amazon.AccessKeyID + "\nsecret_access_key = " + amazon.SecretAccessKey +
		"\nendpoint = " + amazon.MinIO + "\n"}
	return []form{
		{row: "aws --form env --auth keys", variables: keys, uri: s3},
		{row: "aws --form env --auth keys", extra: "in a region", variables: with(region...), uri: s3},
		{row: "aws --form env --auth keys", extra: "from a profile", flags: []string{"--profile", "models"}, variables: profiles, files: profile, uri: s3},
		{row: "aws --form env --auth anonymous", uri: publicS3},
		{row: "aws --form kfserving --auth keys", variables: keys, uri: s3, account: true},
		{row: "aws --form kfserving --auth keys", extra: "in a region", variables: with(region...), uri: s3, account: true},
		{row: "minio --form env --auth keys", variables: with("AWS_ENDPOINT_URL", amazon.MinIO), uri: s3},
		{row: "minio --form env --auth keys", extra: "by https", variables: with("AWS_ENDPOINT_URL", amazon.SecureMinIO), uri: s3},
		{row: "minio --form env --auth anonymous", variables: map[string]string{"AWS_ENDPOINT_URL": amazon.MinIO}, uri: publicS3},
		{row: "minio --form kfserving --auth keys", variables: with("AWS_ENDPOINT_URL", amazon.MinIO), uri: s3, account: true},
		{row: "minio --form kfserving --auth keys", extra: "by https", flags: []string{"--annotation-prefix", "serving.kubeflow.org"},
			variables: with("AWS_ENDPOINT_URL", amazon.SecureMinIO, "S3_VERIFY_SSL", "true"), uri: s3, account: true},
		{row: "azure --auth keys", variables: principal, uri: blob + clouds.PrivateBucket},
		{row: "azure --auth keys", extra: "from the Azure CLI", flags: []string{"--from-sp-file", "DIR/principal.json"}, files: principalFile, uri: blob + clouds.PrivateBucket},
		{row: "gcp --auth keys", variables: keyPath, files: keyFile, uri: gs, account: true},

		{row: "rclone --type s3 --auth keys", variables: keys, uri: s3},
		{row: "rclone --type s3 --auth keys", extra: "in a region", variables: with(region...), uri: s3},
		{row: "rclone --type s3 --auth keys", extra: "temporary", variables: temporary, uri: s3},
		{row: "rclone --type s3 --auth keys", extra: "from a profile", flags: []string{"--profile", "models"}, variables: profiles, files: profile, uri: s3},
		{row: "rclone --type s3 --auth keys", extra: "of another make", flags: []string{"--provider", "ceph"}, variables: with("AWS_ENDPOINT_URL", amazon.SecureMinIO), uri: s3},
		{row: "rclone --type s3 --auth iam", uri: s3, identity: true},
		{row: "rclone --type s3 --auth iam", extra: "of a ServiceAccount", flags: []string{"--role-arn", amazon.Role}, uri: s3, since: "1.57"},
		{row: "rclone --type s3 --auth anonymous", uri: publicS3},
		{row: "rclone --type minio --auth keys", variables: with("AWS_ENDPOINT_URL", amazon.MinIO), uri: s3},
		{row: "rclone --type minio --auth keys", extra: "as another remote", flags: []string{"--remote", "minio"}, variables: with("AWS_ENDPOINT_URL", amazon.SecureMinIO), uri: "minio://" + clouds.PrivateBucket},
		{row: "rclone --type minio --auth keys", extra: "from kfserving's", flags: []string{"--from-secret", "DIR/old.yaml"}, files: old, uri: s3},
		{row: "rclone --type minio --auth anonymous", variables: map[string]string{"AWS_ENDPOINT_URL": amazon.MinIO}, uri: publicS3},
		{row: "rclone", extra: "from its own file", flags: []string{"--from-rclone-conf", "DIR/rclone.conf", "--section", "mine", "--remote", "s3"}, files: conf, uri: s3},
		{row: "rclone --type gcs --auth keys", variables: keyPath, files: keyFile, uri: gs},
		{row: "rclone --type gcs --auth keys", extra: "as gcs", flags: []string{"--remote", "gcs"}, variables: keyPath, files: keyFile, uri: "gcs://" + clouds.PrivateBucket},
		{row: "rclone --type gcs --auth workload-identity", flags: []string{"--google-service-account", google.ServiceAccount}, uri: gs, identity: true},
		{row: "rclone --type gcs --auth anonymous", uri: publicGS},
		{row: "rclone --type azureblob --auth keys", variables: account, uri: blobs},
		{row: "rclone --type azureblob --auth keys", extra: "with one colon", variables: account, uri: "azureblob:" + clouds.PrivateBucket},
		{row: "rclone --type azureblob --auth sas", flags: []string{"--sas-url-file", "DIR/sas"}, files: map[string]string{"sas": sas}, uri: blobs},
		{row: "rclone --type azureblob --auth msi", variables: account, uri: blobs, identity: true},
		{row: "rclone --type azureblob --auth msi", extra: "of several", flags: []string{"--msi-client-id", azure.IdentityID}, variables: account, uri: blobs, identity: true},
		{row: "rclone --type azureblob --auth workload-identity", flags: []string{"--identity-client-id", azure.IdentityID}, variables: account, uri: blobs, since: "1.64"},
		{row: "rclone --type azureblob --auth workload-identity", extra: "of the machine", variables: account, uri: blobs, identity: true, since: "1.64"},
		{row: "rclone --type azureblob --auth service-principal", variables: principal, uri: blobs, since: "1.64"},
		{row: "rclone --type azureblob --auth service-principal", extra: "from the Azure CLI", flags: []string{"--from-sp-file", "DIR/principal.json"},
			variables: map[string]string{"AZURE_STORAGE_ACCOUNT": azure.Account}, files: principalFile, uri: blobs, since: "1.64"},

		{extra: kfservingOnly, uri: blob + clouds.PublicBucket},
		{uri: publicGS},
		{uri: "pvc://claim"},
	}
}

// TestFormsAreAll holds the ways in against the rows of the documentation, which
// are the program's own.
func TestFormsAreAll(t *testing.T) {
	text, err := os.ReadFile(root + "/docs/credentials.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "<!-- providers:")
	table, _, _ = strings.Cut(table, "<!-- end of providers -->")
	var rows []string
	provider := ""
	for line := range strings.Lines(table) {
		if name, ok := strings.CutPrefix(line, "### "); ok {
			provider = strings.TrimSpace(name)
		}
		if match := regexp.MustCompile("^\\| `(--[^`]+)` \\|").FindStringSubmatch(line); match != nil {
			rows = append(rows, provider+" "+match[1])
		}
	}
	if len(rows) == 0 {
		t.Fatal("no rows")
	}
	forms := start(t).forms(t)
	for _, row := range rows {
		if !slices.ContainsFunc(forms, func(f form) bool { return f.row == row }) {
			t.Errorf("nothing tries %s", row)
		}
	}
	for _, f := range forms {
		if f.row != "" && f.row != "rclone" && !slices.Contains(rows, f.row) {
			t.Errorf("the documentation does not have %s", f.row)
		}
	}
}
