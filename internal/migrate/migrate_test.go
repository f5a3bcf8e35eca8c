package migrate_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/migrate"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

const secretValue = "hunter2hunter2"

func newest(t testing.TB) *release.Release {
	t.Helper()
	rel, err := release.Lookup("1.18.2")
	if err != nil {
		t.Fatal(err)
	}
	return rel
}

func migrated(t testing.TB, names []string, v *values.Values) *migrate.Result {
	t.Helper()
	in := source.Open(names, source.Options{})
	defer in.Close()
	result, err := migrate.Run(context.Background(), in, migrate.Config{Release: newest(t), Values: v, Keys: run.KeyNames(v)})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// about returns the findings about credentials of a rendering with rclone that
// are about a model: by document and path of the model.
func about(t testing.TB, names []string, v *values.Values) map[string]finding.List {
	t.Helper()
	in := source.Open(names, source.Options{})
	defer in.Close()
	r, _ := run.New(context.Background(), in.Documents, run.Config{Release: newest(t), Values: v, Mode: source.Ignore})
	found := map[string]finding.List{}
	for o := range r.Outcomes(context.Background()) {
		for _, f := range o.Findings {
			switch f.Code {
			case finding.InitializerOtherSecret, finding.InitializerOtherRemote, finding.InitializerScheme, finding.InitializerNoRemote:
				found[modelOf(f)] = append(found[modelOf(f)], f)
			}
		}
	}
	return found
}

// modelOf names the model that a finding is about.
func modelOf(f finding.Finding) string {
	path := strings.TrimSuffix(f.Path.String(), ".modelUri")
	return f.Object.String() + " " + path
}

func write(t testing.TB, files []migrate.File) []string {
	t.Helper()
	dir := t.TempDir()
	var names []string
	for _, f := range files {
		name := filepath.Join(dir, filepath.Base(f.Name))
		if err := os.WriteFile(name, f.Text, 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// checkMigrated holds what every migration must have against one: no model is
// left that rclone cannot fetch, but for those that a warning names; migrating
// again changes nothing; no value is in a finding.
func checkMigrated(t *testing.T, names []string, v *values.Values) *migrate.Result {
	t.Helper()
	result := migrated(t, names, v)
	told := map[string]bool{}
	for _, f := range result.Findings {
		if f.Code == finding.MigrationStays {
			told[modelOf(f)] = true
		}
		if strings.Contains(f.Message+f.Hint, secretValue) {
			t.Errorf("a finding has the value of a Secret: %s", f.Message)
		}
	}
	if result.Findings.HasErrors() {
		return result
	}
	after := write(t, result.Files)
	for model, findings := range about(t, after, v) {
		if !told[model] {
			t.Errorf("%s: %s, and the migration says nothing of it", model, findings[0].Message)
		}
	}
	for _, f := range migrated(t, after, v).Files {
		if f.Changed {
			t.Errorf("migrating again changes %s", f.Name)
		}
	}
	return result
}

func TestCorpusMigrates(t *testing.T) {
	t.Parallel()
	inputs := 0
	for c := range corpus.Cases(t, newest(t)) {
		if len(c.Documents) == 0 {
			continue
		}
		inputs++
		result := checkMigrated(t, []string{c.Input}, c.Config.Values)
		for _, f := range result.Findings {
			if f.Code == finding.MigrationByHand {
				t.Errorf("%s: %s", c.Input, f.Message)
			}
		}
		if t.Failed() {
			t.Fatalf("in %s", c.Input)
		}
	}
	if inputs < 100 {
		t.Errorf("only %d inputs", inputs)
	}
}

// providers are what old Secrets say, by provider: as variables, and attached to a
// ServiceAccount, where the operator has that form.
var providers = []struct {
	name, uri, want, remote string
	variables, attached     string
	annotations             string
}{
	{"aws", "s3://models/iris", "s3://models/iris", "S3",
		"AWS_ACCESS_KEY_ID: AKIAIOSFODNN7EXAMPLE, AWS_SECRET_ACCESS_KEY: " + secretValue + ", AWS_REGION: eu-west-1",
		"ID: AKIAIOSFODNN7EXAMPLE, KEY: " + secretValue, "machinelearning.seldon.io/s3-region: eu-west-1"},
	{"minio", "s3://models/iris", "s3://models/iris", "S3",
		"AWS_ACCESS_KEY_ID: minio, AWS_SECRET_ACCESS_KEY: " + secretValue + `, AWS_ENDPOINT_URL: "http://minio:9000"`,
		"ID: minio, KEY: " + secretValue, `serving.kubeflow.org/s3-endpoint: "minio:9000", serving.kubeflow.org/s3-usehttps: "0"`},
	{"google", "gs://models/iris", "gs://models/iris", "GS", "",
		`FILE: '{"type":"service_account","project_id":"p","private_key_id":"1","private_key":"-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----\n","client_email":"m@p.iam.gserviceaccount.com","token_uri":"https://oauth2.googleapis.com/token"}'`, ""},
	{"azure", "https://acct.blob.core.windows.net/models/iris", "azureblob:models/iris", "AZUREBLOB",
		"AZ_TENANT_ID: t, AZ_CLIENT_ID: c, AZ_CLIENT_SECRET: " + secretValue + ", AZ_SUBSCRIPTION_ID: s", "", ""},
}

func TestProvidersMigrate(t *testing.T) {
	t.Parallel()
	own := strings.NewReplacer("ID: ", "own-id: ", "KEY: ", "own-key: ", "FILE: ", "own.json: ")
	usual := strings.NewReplacer("ID: ", "awsAccessKeyID: ", "KEY: ", "awsSecretAccessKey: ", "FILE: ", "gcloud-application-credentials.json: ")
	for _, p := range providers {
		for _, tt := range []struct{ name, data, field, values string }{
			{"variables", p.variables, "envSecretRefName: models", ""},
			{"default", p.variables, "", "predictiveUnit: {defaultEnvSecretRefName: models}"},
			{"attached", usual.Replace(p.attached), "serviceAccountName: fetcher", ""},
			{"renamed", own.Replace(p.attached), "serviceAccountName: fetcher",
				"credentials: {s3: {s3AccessKeyIDName: own-id, s3SecretAccessKeyName: own-key}, gcs: {gcsCredentialFileName: own.json}}"},
		} {
			if tt.data == "" {
				continue
			}
			t.Run(p.name+" "+tt.name, func(t *testing.T) {
				t.Parallel()
				checkProvider(t, p.uri, p.want, p.remote, "metadata: {name: models, annotations: {"+p.annotations+"}}\nstringData: {"+tt.data+"}\n", tt.field, tt.values)
			})
		}
	}
}

func checkProvider(t *testing.T, uri, want, remote, secret, unit, settings string) {
	t.Helper()
	const format = "# top\napiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: iris}\nspec:\n  predictors:\n  - graph:\n      name: classifier # end\n      implementation: SKLEARN_SERVER\n"
	text := format + "      modelUri: " + uri + " # uri\n"
	if unit != "" {
		text += "      " + unit + "\n"
	}
	text += "    name: default\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: fetcher}\nsecrets: [{name: models}]\n---\napiVersion: v1\nkind: Secret\n" + secret
	v, findings := values.Load(newest(t), values.File("values.yaml", []byte(settings)))
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	name := filepath.Join(t.TempDir(), "model.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if len(about(t, []string{name}, v)) == 0 {
		t.Error("rclone fetches the model before it is migrated")
	}
	result := checkMigrated(t, []string{name}, v)
	if n := result.Findings.Count(finding.Warning) + result.Findings.Count(finding.Error); n > 0 {
		t.Errorf("%d faults: %v", n, result.Findings)
	}
	got := string(result.Files[0].Text)
	for _, part := range []string{format, "      modelUri: " + want + " # uri\n", "\n      envSecretRefName: models-rclone", "RCLONE_CONFIG_" + remote + "_TYPE: ", secretValue} {
		if !strings.Contains(got, part) {
			t.Errorf("the output lacks %q:\n%s", part, got)
		}
	}
}

func TestTextsKeepTheirForm(t *testing.T) {
	t.Parallel()
	const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: models}\nstringData: {AWS_ACCESS_KEY_ID: a, AWS_SECRET_ACCESS_KEY: hunter2hunter2}\n"
	const head = "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: iris}\nspec:\n  predictors:\n  - name: p\n    graph: "
	for _, tt := range []struct{ name, before, after string }{
		{"block", "\n      name: m\n      implementation: SKLEARN_SERVER\n      envSecretRefName: models # mine\n      modelUri: s3://b/m\n",
			"\n      name: m\n      implementation: SKLEARN_SERVER\n      envSecretRefName: models-rclone # mine\n      modelUri: s3://b/m\n"},
		{"quotes", "\n      name: m\n      implementation: SKLEARN_SERVER\n      envSecretRefName: \"models\"\n      modelUri: 's3://b/m'\n",
			"\n      name: m\n      implementation: SKLEARN_SERVER\n      envSecretRefName: \"models-rclone\"\n      modelUri: 's3://b/m'\n"},
		{"flow", "{name: m, envSecretRefName: models, implementation: SKLEARN_SERVER, modelUri: s3://b/m}\n",
			"{name: m, envSecretRefName: models-rclone, implementation: SKLEARN_SERVER, modelUri: s3://b/m}\n"},
		{"Windows", "\n      name: ü\r\n      envSecretRefName: models\r\n      implementation: SKLEARN_SERVER\r\n      modelUri: s3://b/m\r\n",
			"\n      name: ü\r\n      envSecretRefName: models-rclone\r\n      implementation: SKLEARN_SERVER\r\n      modelUri: s3://b/m\r\n"},
		{"JSON", "{\"name\": \"m\", \"envSecretRefName\":\n\"models\", \"implementation\": \"SKLEARN_SERVER\",\n\"modelUri\": \"s3://b/m\"\n}\n",
			"{\"name\": \"m\", \"envSecretRefName\":\n\"models-rclone\", \"implementation\": \"SKLEARN_SERVER\",\n\"modelUri\": \"s3://b/m\"\n}\n"},
		{"several lines", "\n      name: m\n      envSecretRefName: >-\n        models\n      implementation: SKLEARN_SERVER\n      modelUri: s3://b/m\n", ""},
		{"alias", "\n      name: &n models\n      envSecretRefName: *n\n      implementation: SKLEARN_SERVER\n      modelUri: s3://b/m\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, _ := values.Load(newest(t))
			name := filepath.Join(t.TempDir(), "m.yaml")
			if err := os.WriteFile(name, []byte(head+tt.before+"---\n"+secret), 0o600); err != nil {
				t.Fatal(err)
			}
			result := migrated(t, []string{name}, v)
			if tt.after == "" {
				if !result.Findings.HasErrors() || result.Findings[len(result.Findings)-1].Code != finding.MigrationByHand {
					t.Errorf("no error says that the text cannot be edited: %v", result.Findings)
				}
				return
			}
			got, _, _ := strings.Cut(string(result.Files[0].Text), "---\n")
			if diff := cmp.Diff(head+tt.after, got); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v", diff, result.Findings)
			}
		})
	}
}
