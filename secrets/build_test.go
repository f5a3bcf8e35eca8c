package secrets_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Every value of a field says which one it is, so that a mix-up is seen.
const (
	accessKey = "the-access-key-id"
	secretKey = "the/secret+access=key"
	keyFile   = `{
  "type": "service_account", "project_id": "p", "private_key_id": "1",
  "private_key": "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
  "client_email": "models@p.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token"
}
`
)

// values are valid ones for all fields there are.
func values() map[string]secrets.Sensitive {
	return map[string]secrets.Sensitive{
		"access-key-id": accessKey, "secret-access-key": secretKey, "session-token": "the-session-token",
		"endpoint": "http://minio.minio.svc.cluster.local:9000", "region": "eu-west-1", "verify-ssl": "false",
		"provider": "Ceph", "role-arn": "arn:aws:iam::123456789012:role/models",
		"key-file": keyFile, "google-service-account": "models@p.iam.gserviceaccount.com",
		"identity-client-id": "00000000-0000-0000-0000-000000000001",
		"account":            "the-account", "account-key": "the-account-key",
		"sas-url":       "https://a.blob.core.windows.net/models?sv=1&sig=the-signature",
		"msi-client-id": "the-msi-client-id", "tenant-id": "the-tenant", "client-id": "the-client",
		"client-secret": "the-client-secret", "subscription-id": "the-subscription",
	}
}

func only(names ...[]string) map[string]secrets.Sensitive {
	out := map[string]secrets.Sensitive{}
	all := values()
	for _, name := range slices.Concat(names...) {
		out[name] = all[name]
	}
	return out
}

// TestBuild writes each variant of each provider twice, with the required values
// and with all. Golden files have the values in plain text.
func TestBuild(t *testing.T) {
	t.Parallel()
	for _, p := range secrets.Providers() {
		for i := range p.Variants {
			v := p.Variants[i]
			name := strings.Trim(strings.Join([]string{p.Name, v.Type, v.Form, v.Auth}, "_"), "_")
			name = strings.ReplaceAll(strings.ReplaceAll(name, "___", "_"), "__", "_")
			for suffix, given := range map[string]map[string]secrets.Sensitive{
				"": only(v.Required), "_all": only(v.Required, v.Optional),
			} {
				if suffix != "" && len(v.Optional) == 0 {
					continue
				}
				t.Run(name+suffix, func(t *testing.T) {
					t.Parallel()
					result := p.Build(secrets.Request{
						Choice: secrets.Choice{Type: v.Type, Form: v.Form, Auth: v.Auth},
						Name:   "models", Values: given, StringData: true,
					})
					if len(result.Findings) > 0 {
						t.Fatalf("findings: %v", result.Findings)
					}
					golden(t, name+suffix, write(t, result)+"# "+said(result.Note())+"\n")
				})
			}
		}
	}
}

func write(t *testing.T, r secrets.Result) string {
	t.Helper()
	format, err := manifest.NewFormat("yaml")
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for i, o := range r.Objects() {
		if i > 0 {
			out = append(out, "---\n"...)
		}
		if out, err = format.Append(out, o); err != nil {
			t.Fatal(err)
		}
	}
	return string(out)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	goldenFile(t, filepath.Join("build", name+".yaml"), got)
}

func goldenFile(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

// said is a finding in one line.
func said(f finding.Finding) string {
	f = f.Named(finding.Option.Name)
	out := fmt.Sprintf("%s %s: %s", f.Code, f.Severity, f.Message)
	if f.Path != nil {
		out = f.Path.String() + ": " + out
	}
	if f.Pos.File != "" {
		out = f.Pos.String() + ": " + out
	}
	if f.Hint != "" {
		out += "; " + f.Hint
	}
	return out
}

func saidAll(l finding.List) []string {
	var out []string
	for _, f := range l {
		out = append(out, said(f))
	}
	return out
}

func TestBuildMetadata(t *testing.T) {
	t.Parallel()
	p, err := secrets.Lookup("gcs")
	if err != nil {
		t.Fatal(err)
	}
	result := p.Build(secrets.Request{
		Name: "gcp", Namespace: "team-a", ServiceAccount: "reader", Values: only([]string{"key-file"}), Immutable: true,
		Labels: map[string]string{"app.kubernetes.io/part-of": "models"}, Annotations: map[string]string{"example.org/owner": "<me&you>"},
		Keys: secrets.KeyNames{GCSFile: "key.json"},
	})
	if len(result.Findings) > 0 {
		t.Fatalf("findings: %v", result.Findings)
	}
	golden(t, "metadata", write(t, result))
}

func TestBuildRefuses(t *testing.T) {
	t.Parallel()
	with := func(changes map[string]secrets.Sensitive) map[string]secrets.Sensitive {
		out := only([]string{"access-key-id", "secret-access-key", "endpoint"})
		maps.Copy(out, changes)
		return out
	}
	for _, tt := range []struct {
		name, provider string
		request        secrets.Request
		want           []string
	}{
		{"all that is missing at once", "minio", secrets.Request{Name: "m"}, []string{
			"SDC601 error: missing values for minio: access-key-id, secret-access-key, endpoint",
		}},
		{"an empty value like an absent one", "azure", secrets.Request{Name: "m", Values: map[string]secrets.Sensitive{"tenant-id": ""}}, []string{
			"SDC601 error: missing values for azure: tenant-id, client-id, client-secret, subscription-id",
		}},
		{"values of all kinds at once", "minio", secrets.Request{Name: "Models_1", Namespace: "a.b", Values: with(map[string]secrets.Sensitive{
			"endpoint": "minio:9000", "access-key-id": " hunter2", "secret-access-key": "hunter2\nhunter2", "verify-ssl": "hunter2",
		}), Labels: map[string]string{"a b": "c d"}, Annotations: map[string]string{"/": ""}}, []string{
			"SDC602 error: access-key-id has leading or trailing white space; remove it",
			"SDC602 error: endpoint has no scheme; write http://HOST:PORT or https://HOST:PORT",
			"SDC602 error: secret-access-key has more than one line; give only the value",
			"SDC602 error: verify-ssl cannot be used with form env and auth keys",
			`SDC604 error: name "Models_1": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
			`SDC604 error: namespace "a.b": must not contain dots`,
			`SDC604 error: label "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'); a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
		}},
		{"a URI of another scheme", "aws", secrets.Request{Name: "m", Values: with(nil), URI: "gs://b/m"}, []string{
			"SDC622 error: the Secret has no credentials for gs://; make the Secret with the provider that the scheme belongs to: s3:// aws or minio, https://ACCOUNT.blob.core.windows.net azure, gs:// gcp",
		}},
		{"a URI that the initializer cannot read", "aws", secrets.Request{Name: "m", Values: with(nil), URI: "s3:b/m"}, []string{
			"SDC623 error: the kfserving storage initializer cannot read URIs of this form; did you mean s3://?",
		}},
		{"a remote of another name than the URI's scheme", "rclone", secrets.Request{Name: "m", Values: with(nil), Remote: "mys3", URI: "s3://b/m"}, []string{
			"SDC622 error: the Secret has no variable RCLONE_CONFIG_S3_TYPE: rclone has no remote \"s3\"; the Secret is for URIs that begin with mys3://; rename its remote with `seldonctl secret rclone --remote s3`, or change the scheme",
		}},
		{"a remote that cannot be a variable", "rclone", secrets.Request{Name: "m", Values: with(nil), Remote: "my-s3"}, []string{
			"SDC602 error: invalid name of a remote: it may contain only letters, digits and underscores; the modelUri begins with that name, as in s3://; choose another (remote)",
		}},
		{"a remote where there is none", "aws", secrets.Request{Name: "m", Values: with(nil), Remote: "s3"}, []string{
			"SDC602 error: aws has no remotes",
		}},
		{"a choice that is none", "rclone", secrets.Request{Name: "m", Choice: secrets.Choice{Type: "s3", Auth: "sas"}}, []string{
			`SDC602 error: unknown auth for rclone of type s3; expected keys, iam or anonymous`,
		}},
		{"an annotation prefix that nobody reads", "aws", secrets.Request{Name: "m", Values: with(nil), AnnotationPrefix: "example.org"}, []string{
			`SDC604 error: the operator does not read annotations with the prefix "example.org"; use machinelearning.seldon.io or serving.kubeflow.org`,
		}},
		{"a ServiceAccount that is not written", "aws", secrets.Request{Name: "m", Values: with(nil), ServiceAccount: "sa"}, []string{
			"SDC602 error: no ServiceAccount is written with form env and auth keys",
		}},
		{"keys that Kubernetes refuses", "gcp", secrets.Request{Name: "m", Values: only([]string{"key-file"}), Keys: secrets.KeyNames{GCSFile: "a/b"}}, []string{
			`SDC604 error: key "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
		}},
		{"more than a Secret holds", "aws", secrets.Request{Name: "m", Values: with(map[string]secrets.Sensitive{"secret-access-key": secrets.Sensitive(strings.Repeat("x", 1<<20))})}, []string{
			"SDC602 error: the Secret would hold 1048639 bytes; Kubernetes allows 1048576",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, err := secrets.Lookup(tt.provider)
			if err != nil {
				t.Fatal(err)
			}
			result := p.Build(tt.request)
			got := slices.DeleteFunc(saidAll(result.Findings), func(s string) bool { return strings.Contains(s, "annotation: ") })
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
			if result.Secret != nil || result.ServiceAccount != nil {
				t.Error("there are objects in spite of errors")
			}
		})
	}
}

func TestBuildWarns(t *testing.T) {
	t.Parallel()
	keys := func(id, secret secrets.Sensitive) map[string]secrets.Sensitive {
		return map[string]secrets.Sensitive{"access-key-id": id, "secret-access-key": secret}
	}
	const usual, temporary = "AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE"
	for _, tt := range []struct {
		name, provider string
		request        secrets.Request
		want           string
	}{
		{"keys that are swapped", "aws", secrets.Request{Values: keys("wJalrXUtnFEMI", usual)},
			"SDC605 warning: secret-access-key looks like an access key ID: the two may be swapped; Amazon's access key IDs begin with AKIA or ASIA and have 20 characters"},
		{"temporary keys for kfserving", "aws", secrets.Request{Values: keys(temporary, "x")},
			"SDC605 warning: access-key-id belongs to temporary keys, which work only with a session token; the kfserving initializer reads no session token: use keys of a user, or `seldonctl secret rclone`"},
		{"temporary keys without their token", "rclone", secrets.Request{Values: keys(temporary, "x")},
			"SDC605 warning: access-key-id belongs to temporary keys, which work only with a session token; set session-token"},
		{"quotes that kubectl keeps", "aws", secrets.Request{Values: keys(usual, `"x"`)},
			"SDC605 warning: the quotes around a key belong to its value; write the values of environment files without quotes, as for kubectl"},
		{"a remote named after another storage", "rclone", secrets.Request{Values: keys(usual, "x"), Remote: "gs", Choice: secrets.Choice{Type: "s3"}},
			"SDC605 warning: the remote gs is of type s3, but that name usually stands for gcs; check that type, remote and the scheme of the URI fit each other"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, _ := secrets.Lookup(tt.provider)
			tt.request.Name = "m"
			result := p.Build(tt.request)
			if d := cmp.Diff([]string{tt.want}, saidAll(result.Findings)); d != "" {
				t.Error(d)
			}
			if result.Secret == nil {
				t.Error("there is no Secret in spite of mere warnings")
			}
		})
	}
}

// TestNoFindingHasAValue gives every field a value that is wrong in every way
// and looks for it in what is said.
func TestNoFindingHasAValue(t *testing.T) {
	t.Parallel()
	for _, bad := range []secrets.Sensitive{"hunter2\n", " hunter2", "ftp://u:hunter2@x", "http://hunter2@x", `{"type":"hunter2"}`, "hunter2\x00", "\xffhunter2", "hunter2://%zz"} {
		for _, p := range secrets.Providers() {
			for _, v := range p.Variants {
				given := map[string]secrets.Sensitive{"unknown": bad}
				for _, f := range p.Fields {
					given[f.Name] = bad
				}
				result := p.Build(secrets.Request{Name: "m", Choice: secrets.Choice{Type: v.Type, Form: v.Form, Auth: v.Auth}, Values: given})
				if !result.Findings.HasErrors() {
					t.Errorf("%s takes %q", p.Name, string(bad))
				}
				if text := fmt.Sprintf("%+v %v", result, saidAll(result.Findings)); strings.Contains(text, "hunter2") {
					t.Errorf("%s says %s", p.Name, text)
				}
			}
		}
	}
}

func TestEveryFieldIsUsedAndKnown(t *testing.T) {
	t.Parallel()
	for _, p := range secrets.Providers() {
		used := map[string]bool{}
		for _, v := range p.Variants {
			if v.Reader == 0 || v.Summary == "" || v.Auth == "" {
				t.Errorf("%s: variant %+v is incomplete", p.Name, v)
			}
			for _, name := range slices.Concat(v.Required, v.Optional) {
				used[name] = true
				if _, ok := p.Field(name); !ok {
					t.Errorf("%s: variant %s asks for %s, which is not a field", p.Name, v.Auth, name)
				}
			}
		}
		for _, f := range p.Fields {
			if !used[f.Name] {
				t.Errorf("%s: no variant uses %s", p.Name, f.Name)
			}
			if f.File && !f.Sensitive {
				t.Errorf("%s: %s is a file and not sensitive", p.Name, f.Name)
			}
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	p, _ := secrets.Lookup("minio")
	r := secrets.Request{Name: "m", Values: only([]string{"access-key-id", "secret-access-key", "endpoint"}), URI: "s3://b/m"}
	b.ReportAllocs()
	for b.Loop() {
		p.Build(r)
	}
}
