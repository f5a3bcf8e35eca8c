package secrets_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/secrets"
)

// TestExternalSecretsHaveTheKeysOfSecrets builds every form of every provider both
// ways: keys, annotations and ServiceAccounts are the same, and no value is there.
func TestExternalSecretsHaveTheKeysOfSecrets(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	for _, p := range secrets.Providers() {
		for i := range p.Variants {
			v := p.Variants[i]
			optional := slices.DeleteFunc(slices.Clone(v.Optional), func(name string) bool {
				f, _ := p.Field(name)
				return f.Public || name == "verify-ssl"
			})
			request := secrets.Request{
				Choice: secrets.Choice{Type: v.Type, Form: v.Form, Auth: v.Auth}, Name: "models",
				External: &secrets.External{Store: "vault", RemoteKey: "team/models", Fields: optional},
			}
			external := p.Build(request)
			request.External, request.StringData, request.Values = nil, true, only(v.Required, optional)
			plain := p.Build(request)
			if len(v.Required)+len(optional) == 0 {
				if external.Secret != nil {
					t.Errorf("%s %+v: there is nothing to store", p.Name, v)
				}
				continue
			}
			if external.Secret == nil || plain.Secret == nil {
				t.Fatalf("%s %+v: %v %v", p.Name, v, external.Findings, plain.Findings)
			}
			keys := func(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
			if d := cmp.Diff(keys(plain.Secret.StringData), keys(external.Secret.StringData)); d != "" {
				t.Errorf("%s %+v: keys (plain -, external +):\n%s", p.Name, v, d)
			}
			if d := cmp.Diff(keys(plain.Secret.Annotations), keys(external.Secret.Annotations)); d != "" {
				t.Errorf("%s %+v: annotations (plain -, external +):\n%s", p.Name, v, d)
			}
			if d := cmp.Diff(plain.ServiceAccount, external.ServiceAccount); d != "" {
				t.Errorf("%s %+v: ServiceAccount (plain -, external +):\n%s", p.Name, v, d)
			}
			out.WriteString("# " + strings.Join([]string{p.Name, v.Type, v.Form, v.Auth}, " ") + "\n" + write(t, external) + "---\n")
		}
	}
	if text := out.String(); strings.Contains(text, "stored") || strings.Contains(text, "invalid") {
		t.Error("a stand-in is left")
	}
	goldenFile(t, "external.yaml", out.String())
}

// TestAValueMadeOfAFieldIsATemplate has an endpoint that follows from the region.
func TestAValueMadeOfAFieldIsATemplate(t *testing.T) {
	t.Parallel()
	p, _ := secrets.Lookup("aws")
	result := p.Build(secrets.Request{Name: "m", External: &secrets.External{Store: "s", RemoteKey: "k", Fields: []string{"region"}}})
	if result.Secret == nil {
		t.Fatal(result.Findings)
	}
	if got, want := result.Secret.StringData["AWS_ENDPOINT_URL"], "https://s3.{{ .region }}.amazonaws.com"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestExternalSecretsTakeNoValues(t *testing.T) {
	t.Parallel()
	p, _ := secrets.Lookup("minio")
	for _, tt := range []struct {
		request secrets.Request
		want    string
	}{
		{secrets.Request{External: &secrets.External{Store: "s"}}, "SDC602 error: an ExternalSecret needs the name of a store and the key of an entry in it"},
		{secrets.Request{External: &secrets.External{Store: "s", RemoteKey: "k"}, Values: only([]string{"region"})}, "SDC602 error: region comes from the store; leave it out"},
		{secrets.Request{External: &secrets.External{Store: "s", RemoteKey: "k", Fields: []string{"verify-ssl"}}, Choice: secrets.Choice{Form: "kfserving"}}, "SDC602 error: verify-ssl cannot come from a store"},
		{secrets.Request{External: &secrets.External{Store: "s", RemoteKey: "k", Fields: []string{"token"}}}, "SDC602 error: unknown field with form env and auth keys; expected access-key-id, secret-access-key, endpoint or region"},
		{secrets.Request{External: &secrets.External{Store: "s", RemoteKey: "k"}, Choice: secrets.Choice{Auth: "sas"}}, "SDC602 error: unknown auth for minio; expected keys or anonymous, or `seldonctl secret rclone`: the kfserving storage initializer cannot do it"},
	} {
		tt.request.Name = "m"
		result := p.Build(tt.request)
		if d := cmp.Diff([]string{tt.want}, saidAll(result.Findings)); d != "" {
			t.Error(d)
		}
	}
}
