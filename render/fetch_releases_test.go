package render_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/seldon"
)

// TestFetchesOfEveryRelease renders a model with each form of credentials as each
// release, and writes down what is said of credentials: one line for a form, with
// the releases that say the same.
func TestFetchesOfEveryRelease(t *testing.T) {
	t.Parallel()
	const blob = "https://acct.blob.core.windows.net/models/iris"
	var out strings.Builder
	for _, form := range []struct {
		name, uri string
		// attached says that a ServiceAccount lists the Secret.
		attached bool
		data     string
	}{
		{"AWS or MinIO, variables of kfserving", "s3://b/m", false, "AWS_ACCESS_KEY_ID=a AWS_SECRET_ACCESS_KEY=b"},
		{"AWS or MinIO, attached", "s3://b/m", true, "awsAccessKeyID=a awsSecretAccessKey=b"},
		{"AWS, rclone with keys", "s3://b/m", false, "RCLONE_CONFIG_S3_TYPE=s3 RCLONE_CONFIG_S3_PROVIDER=AWS RCLONE_CONFIG_S3_ACCESS_KEY_ID=a RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=b"},
		{"AWS, rclone with a role", "s3://b/m", false, "RCLONE_CONFIG_S3_TYPE=s3 RCLONE_CONFIG_S3_PROVIDER=AWS RCLONE_CONFIG_S3_ENV_AUTH=true"},
		{"Google, attached key file", "gs://b/m", true, "gcloud-application-credentials.json=${KEY}"},
		{"Google, rclone with a key", "gs://b/m", false, "RCLONE_CONFIG_GS_TYPE=google_cloud_storage RCLONE_CONFIG_GS_ANONYMOUS=false RCLONE_CONFIG_GS_SERVICE_ACCOUNT_CREDENTIALS=${KEY}"},
		{"Google, rclone with a key, anonymous by the image", "gs://b/m", false, "RCLONE_CONFIG_GS_TYPE=google_cloud_storage RCLONE_CONFIG_GS_SERVICE_ACCOUNT_CREDENTIALS=${KEY}"},
		{"Google, rclone with workload identity", "gs://b/m", false, "RCLONE_CONFIG_GS_TYPE=google_cloud_storage RCLONE_CONFIG_GS_ANONYMOUS=false RCLONE_CONFIG_GS_ENV_AUTH=true"},
		{"Azure, variables of kfserving", blob, false, "AZ_TENANT_ID=a AZ_CLIENT_ID=b AZ_CLIENT_SECRET=c AZ_SUBSCRIPTION_ID=d"},
		{"Azure, rclone with a key", "azureblob://c/m", false, "RCLONE_CONFIG_AZUREBLOB_TYPE=azureblob RCLONE_CONFIG_AZUREBLOB_ACCOUNT=a RCLONE_CONFIG_AZUREBLOB_KEY=YWJj"},
		{"Azure, rclone with a managed identity", "azureblob://c/m", false, "RCLONE_CONFIG_AZUREBLOB_TYPE=azureblob RCLONE_CONFIG_AZUREBLOB_ACCOUNT=a RCLONE_CONFIG_AZUREBLOB_USE_MSI=true"},
		{"Azure, rclone with a service principal", "azureblob://c/m", false,
			"RCLONE_CONFIG_AZUREBLOB_TYPE=azureblob RCLONE_CONFIG_AZUREBLOB_ACCOUNT=a RCLONE_CONFIG_AZUREBLOB_TENANT=b RCLONE_CONFIG_AZUREBLOB_CLIENT_ID=c RCLONE_CONFIG_AZUREBLOB_CLIENT_SECRET=d"},
		{"Azure, rclone with workload identity", "azureblob://c/m", false,
			"RCLONE_CONFIG_AZUREBLOB_TYPE=azureblob RCLONE_CONFIG_AZUREBLOB_ACCOUNT=a RCLONE_CONFIG_AZUREBLOB_ENV_AUTH=true"},
		{"Azure, rclone with a file of a service principal", "azureblob://c/m", false,
			"RCLONE_CONFIG_AZUREBLOB_TYPE=azureblob RCLONE_CONFIG_AZUREBLOB_ACCOUNT=a RCLONE_CONFIG_AZUREBLOB_CLIENT_SECRET=d RCLONE_CONFIG_AZUREBLOB_SERVICE_PRINCIPAL_FILE=/mnt/sp.json"},
	} {
		data := map[string]string{}
		for pair := range strings.FieldsSeq(form.data) {
			key, value, _ := strings.Cut(pair, "=")
			data[key] = strings.ReplaceAll(value, "_cloud_", " cloud ")
		}
		unit := seldon.Unit{Name: "c", Implementation: new("SKLEARN_SERVER"), ModelURI: form.uri}
		refs := render.References{
			Secrets:         map[render.Reference]secrets.Known{{Namespace: "default", Name: "creds"}: secrets.KnownOf(&corev1.Secret{StringData: data})},
			ServiceAccounts: map[render.Reference][]string{{Namespace: "default", Name: "reader"}: {"creds"}},
		}
		if form.attached {
			unit.ServiceAccountName = "reader"
		} else {
			unit.EnvSecretRefName = "creds"
		}
		fmt.Fprintf(&out, "%s:\n%s", form.name, saidByReleases(t, unit, refs))
	}
	const golden = "testdata/fetch_releases.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// saidByReleases returns the codes of credentials that each release reports about
// a unit, a line for releases that follow each other and report the same.
func saidByReleases(t *testing.T, unit seldon.Unit, refs render.References) string {
	t.Helper()
	var lines []string
	first, last, before := "", "", ""
	flush := func() {
		if first != "" {
			lines = append(lines, fmt.Sprintf("  %s to %s: %s\n", first, last, before))
		}
	}
	for _, rel := range release.All() {
		r, _ := render.New(render.Config{Release: rel, References: refs})
		sd := &seldon.Deployment{Spec: seldon.DeploymentSpec{Predictors: []seldon.Predictor{{Name: "p", Graph: unit}}}}
		sd.Metadata.Name = "m"
		var codes []string
		for _, f := range r.Render(render.Input{Deployment: sd}).Findings {
			if strings.HasPrefix(string(f.Code), "SDC6") {
				codes = append(codes, string(f.Code)+" "+f.Severity.String())
			}
		}
		slices.Sort(codes)
		said := strings.Join(codes, ", ")
		if said == "" {
			said = "-"
		}
		if said != before {
			flush()
			first, before = rel.Version, said
		}
		last = rel.Version
	}
	flush()
	return strings.Join(lines, "")
}
