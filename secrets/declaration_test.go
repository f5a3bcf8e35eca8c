package secrets_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/secrets"
)

func section(t *testing.T, text string) any {
	t.Helper()
	var out any
	if err := yaml.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// world has variables and files of its own and remembers what is asked for.
func world(asked *[]string) secrets.World {
	files := map[string]string{
		"minio.env": "AWS_ACCESS_KEY_ID=file-id\nAWS_SECRET_ACCESS_KEY=file-key\n", "key.txt": "key-of-file\n", "key.json": keyFile,
		"bad.env": "hunter2 x\n",
	}
	return secrets.World{
		Env: func(name string) (string, bool) {
			v, ok := map[string]string{
				"AWS_ACCESS_KEY_ID": "env-id", "TEAM_KEY": "team-id", "GOOGLE_APPLICATION_CREDENTIALS": "key.json", "RCLONE_CONFIG_S3_REGION": "r",
			}[name]
			return v, ok
		},
		File: func(at *field.Path, name string) ([]byte, error) {
			*asked = append(*asked, at.String()+" "+name)
			data, ok := files[name]
			if !ok {
				return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
			}
			return []byte(data), nil
		},
	}
}

func TestDeclarationsBecomeObjects(t *testing.T) {
	t.Parallel()
	declared, findings := secrets.ReadDeclarations(section(t, `
- name: minio
  provider: minio
  namespace: team-a
  stringData: true
  labels: {team: a}
  from: {env: true, envFile: minio.env}
  fields:
    endpoint: http://minio:9000
- name: files
  provider: aws
  stringData: true
  immutable: true
  form: kfserving
  serviceAccount: reader
  annotationPrefix: serving.kubeflow.org
  fields:
    access-key-id: {env: TEAM_KEY}
    secret-access-key: {file: key.txt}
- name: google
  provider: gcp
  stringData: true
  from: {keyFile: key.json}
- name: google-by-env
  provider: google
  stringData: true
  from: {env: true}
- name: roles
  kind: Secret
  provider: rclone
  type: s3
  auth: iam
  stringData: true
  from: {env: true}
- name: builder
  kind: ServiceAccount
  annotations: {example.org/a: b}
  secrets: [minio, google]
`), field.NewPath("seldonctl", "credentials"), nil)
	if len(findings) > 0 {
		t.Fatalf("findings: %v", saidAll(findings))
	}
	var asked []string
	var out strings.Builder
	for i := range declared {
		d := &declared[i]
		request, faults := d.Resolve(world(&asked))
		result := d.Build(request)
		if faults = append(faults, result.Findings...); len(faults) > 0 {
			t.Errorf("findings: %v", saidAll(faults))
		}
		out.WriteString("---\n" + write(t, result))
	}
	golden(t, "declarations", out.String())
	want := []string{
		"seldonctl.credentials[0].from.envFile minio.env",
		"seldonctl.credentials[1].fields[secret-access-key] key.txt",
		"seldonctl.credentials[2].fields[key-file] key.json",
		"<nil> key.json",
	}
	if d := cmp.Diff(want, asked); d != "" {
		t.Error(d)
	}
}

func TestDeclarationsTakeTheOldNameOfForm(t *testing.T) {
	t.Parallel()
	declared, findings := secrets.ReadDeclarations(section(t, "[{name: models, provider: minio, format: kfserving, from: {env: true}}]"), field.NewPath("c"), nil)
	if len(findings) > 0 || declared[0].Request.Form != "kfserving" {
		t.Errorf("got %q, %v", declared[0].Request.Form, findings)
	}
}

func TestDeclarationsAreBuiltForEachNamespace(t *testing.T) {
	t.Parallel()
	declared, _ := secrets.ReadDeclarations(section(t, `[{name: g, provider: gcp, from: {keyFile: key.json}}]`), field.NewPath("c"), nil)
	var asked []string
	request, _ := declared[0].Resolve(world(&asked))
	var got []string
	for _, namespace := range []string{"a", "b"} {
		request.Namespace = namespace
		result := declared[0].Build(request)
		for _, o := range result.Objects() {
			got = append(got, o.Kind+"/"+o.Namespace+"/"+o.Name)
		}
	}
	if d := cmp.Diff([]string{"ServiceAccount/a/g", "Secret/a/g", "ServiceAccount/b/g", "Secret/b/g"}, got); d != "" {
		t.Error(d)
	}
}

func TestFaultsOfDeclarations(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"no section", "", nil},
		{"no list", "{name: a}", []string{"c: SDC610 error: must be a list of Secrets and ServiceAccounts; write entries that begin with - name:"}},
		{"no map", "[hunter2]", []string{"c[0]: SDC610 error: must be a map with name and provider"}},
		{"nothing in it", "[{}]", []string{
			"c[0].provider: SDC610 error: provider is missing; expected aws, minio, azure, gcp or rclone",
			"c[0]: SDC604 error: the Secret has no name",
		}},
		{"kinds of values", `[{name: 1, provider: aws, namespace: [], labels: x, stringData: "yes", from: x, fields: {region: 1, endpoint: {a: b}, access-key-id: {env: A, file: b}}}]`, []string{
			"c[0].name: SDC610 error: must be a string; quote it",
			"c[0].namespace: SDC610 error: must be a string; quote it",
			"c[0].labels: SDC610 error: must be a map",
			"c[0].stringData: SDC610 error: must be true or false",
			"c[0].from: SDC610 error: must be a map",
			"c[0].fields[access-key-id]: SDC610 error: expected either env or file",
			"c[0].fields[endpoint]: SDC610 error: unknown key; expected env or file",
			"c[0].fields[region]: SDC610 error: must be a string, {env: NAME} or {file: PATH}; quote numbers",
			"c[0]: SDC604 error: the Secret has no name",
		}},
		{"unknown words", `[{name: a, provider: aws, auth: iam, colour: red, from: {vault: x}, fields: {token: hunter2}}]`, []string{
			"c[0].from: SDC610 error: unknown key; expected env, envFile or keyFile",
			"c[0]: SDC610 error: unknown auth for aws; expected keys or anonymous, or `seldonctl secret rclone`: the kfserving storage initializer cannot do it",
			"c[0].fields: SDC610 error: unknown field of aws; expected access-key-id, secret-access-key, endpoint, region or verify-ssl",
			"c[0]: SDC610 error: unknown key; expected annotationPrefix, annotations, as, auth, fields, form, from, immutable, kind, labels, name, namespace, provider, remote, remoteKey, serviceAccount, store, storeFields, storeKind, stringData or type",
		}},
		{"misspelt words", `[{name: a, provider: Minio, imutable: true, fields: {regoin: x}}, {name: b, provider: miniio}]`, []string{
			"c[0].provider: SDC610 error: unknown provider; did you mean minio?",
			"c[0].imutable: SDC610 error: unknown key; did you mean immutable?",
			"c[1].provider: SDC610 error: unknown provider; did you mean minio?",
		}},
		{"secrets where names belong", `[{name: a, provider: hunter2, auth: hunter2, hunter2: x, fields: {hunter2: x}}]`, []string{
			"c[0].provider: SDC610 error: unknown provider; expected aws, minio, azure, gcp or rclone",
			"c[0]: SDC610 error: unknown key; expected annotationPrefix, annotations, as, auth, fields, form, from, immutable, kind, labels, name, namespace, provider, remote, remoteKey, serviceAccount, store, storeFields, storeKind, stringData or type",
		}},
		{"another provider and kind", `[{name: a, provider: hdfs}, {name: b, kind: Pod}]`, []string{
			`c[0].provider: SDC610 error: unknown provider; expected aws, minio, azure, gcp or rclone`,
			"c[1].kind: SDC610 error: must be Secret or ServiceAccount",
		}},
		{"a key file twice", `[{name: a, provider: gcp, from: {keyFile: x}, fields: {key-file: {file: other}}}]`, []string{"c[0].fields.key-file: SDC610 error: also set under from"}},
		{"the same name twice, but not in another namespace or kind", `
- {name: a, provider: aws}
- {name: a, provider: aws, namespace: x}
- {name: a, kind: ServiceAccount}
- {name: a, provider: minio}`, []string{`c[3].name: SDC610 error: the Secret "a" is declared twice`}},
		{"a ServiceAccount", `[{name: a, kind: ServiceAccount, provider: aws, secrets: {a: b}}, {name: b, kind: ServiceAccount, secrets: [1]}, {name: c, kind: ServiceAccount, secrets: [""]}]`, []string{
			"c[0].secrets: SDC610 error: must be a list",
			"c[0]: SDC610 error: unknown key; expected annotations, kind, labels, name, namespace or secrets",
			"c[1].secrets: SDC610 error: must be a list of strings",
			"c[2]: SDC604 error: the Secret has no name",
		}},
		{"a secret in the values", `[{name: a, provider: aws, fields: {access-key-id: id, secret-access-key: hunter2}}]`, []string{
			"c[0].fields[secret-access-key]: SDC609 warning: the secret is written in the values; write {env: NAME} or {file: PATH} instead of the value",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := secrets.ReadDeclarations(section(t, tt.text), field.NewPath("c"), nil)
			if d := cmp.Diff(tt.want, saidAll(findings)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestFaultsOfResolving(t *testing.T) {
	t.Parallel()
	declared, findings := secrets.ReadDeclarations(section(t, `
- name: a
  provider: minio
  from: {envFile: hunter2.env}
  fields:
    access-key-id: {env: HUNTER2}
    secret-access-key: {file: hunter2}
- name: b
  provider: minio
  from: {envFile: bad.env}
`), field.NewPath("c"), nil)
	if len(findings) > 0 {
		t.Fatalf("findings: %v", saidAll(findings))
	}
	var got, asked []string
	for i := range declared {
		request, faults := declared[i].Resolve(world(&asked))
		got = append(got, saidAll(append(faults, declared[i].Build(request).Findings...))...)
	}
	want := []string{
		"c[0].from.envFile: SDC610 error: cannot read the file: file does not exist",
		"c[0].fields[access-key-id]: SDC610 error: the variable that env names is not set",
		"c[0].fields[secret-access-key]: SDC610 error: cannot read the file: file does not exist",
		"c[0]: SDC601 error: missing values for minio: access-key-id, secret-access-key, endpoint; set them with from.env, from.envFile or under fields: access-key-id is AWS_ACCESS_KEY_ID, secret-access-key is AWS_SECRET_ACCESS_KEY, endpoint is AWS_ENDPOINT_URL",
		"bad.env: SDC603 error: line 1 does not begin with the name of a variable; write NAME=VALUE, with all of the value on one line",
		"c[1]: SDC601 error: missing values for minio: access-key-id, secret-access-key, endpoint; set them with from.env, from.envFile or under fields: access-key-id is AWS_ACCESS_KEY_ID, secret-access-key is AWS_SECRET_ACCESS_KEY, endpoint is AWS_ENDPOINT_URL",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// FuzzReadDeclarations reads any JSON, and builds what is read.
func FuzzReadDeclarations(f *testing.F) {
	for _, seed := range []string{
		`[{"name":"a","provider":"aws","fields":{"access-key-id":"a","secret-access-key":{"env":"TEAM_KEY"}}}]`,
		`[{"name":"a","kind":"ServiceAccount","secrets":["b"]}]`, `[null,[],{}]`, `{"a":1}`,
		`[{"name":"r","provider":"rclone","type":"gcs","from":{"env":true,"keyFile":"key.json"},"remote":"gs"}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var in any
		if json.Unmarshal(data, &in) != nil {
			return
		}
		declared, findings := secrets.ReadDeclarations(in, field.NewPath("c"), nil)
		for i := range declared {
			d := &declared[i]
			var asked []string
			request, _ := d.Resolve(world(&asked))
			result := d.Build(request)
			if (result.Secret == nil && result.ServiceAccount == nil) != result.Findings.HasErrors() {
				t.Errorf("objects and findings disagree: %v", saidAll(result.Findings))
			}
			if result.Secret != nil && len(slices.Collect(maps.Keys(result.Secret.Data)))+len(result.Secret.StringData) == 0 {
				t.Error("a Secret without keys")
			}
		}
		saidAll(findings)
	})
}
