package run

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

const declarations = `
seldonctl:
  credentials:
  - name: models
    provider: minio
    fields: {endpoint: "http://minio:9000", access-key-id: admin, secret-access-key: {env: KEY}}
  - name: builder
    kind: ServiceAccount
    secrets: [models]
  - name: fixed
    namespace: elsewhere
    kind: ServiceAccount
`

// read reads declarations in a world where KEY is set and there are no files.
func read(t *testing.T, text string) (*credentials, finding.List) {
	t.Helper()
	v, findings := values.Load(release.Default(), values.File("values.yaml", []byte(text)))
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	return readCredentials(v, secrets.World{
		Env: func(name string) (string, bool) {
			value, ok := map[string]string{"KEY": "hidden"}[name]
			return value, ok
		},
		File: func(*field.Path, string) ([]byte, error) { return nil, errors.New("no files here") },
	})
}

func TestDeclaredObjectsAreMadeWhereTheyAreUsed(t *testing.T) {
	t.Parallel()
	set, findings := read(t, declarations)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	refs := render.References{}
	refs.AddServiceAccount(&corev1.ServiceAccount{ObjectMeta: metav1.ObjectMeta{Namespace: "a", Name: "known"}}, "")
	set.addTo(&refs)
	if _, ok := refs.Secrets[render.Reference{Namespace: render.AnyNamespace, Name: "models"}]; !ok {
		t.Error("the renderer does not know the declared Secret")
	}
	set.note(render.Uses{Namespace: "elsewhere"})
	set.note(render.Uses{Namespace: "b", Secrets: []string{"models"}})
	set.note(render.Uses{Namespace: "a", Secrets: []string{"models", "other"}, ServiceAccounts: []string{"builder", "known", "new"}})
	tests := map[string]struct {
		config Config
		want   []string
	}{
		"with Secrets":       {Config{}, []string{"Secret a/models", "Secret b/models", "ServiceAccount a/builder", "ServiceAccount elsewhere/fixed"}},
		"without Secrets":    {Config{NoSecrets: true}, []string{"ServiceAccount a/builder", "ServiceAccount elsewhere/fixed"}},
		"and plain accounts": {Config{NoSecrets: true, CreateServiceAccounts: true}, []string{"ServiceAccount a/builder", "ServiceAccount elsewhere/fixed", "ServiceAccount a/new"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			objects, findings := set.objects(test.config)
			if len(findings) > 0 {
				t.Error(findings)
			}
			var got []string
			for _, o := range objects {
				got = append(got, o.Kind+" "+o.Namespace+"/"+o.Name)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("objects (-want +got):\n%s", diff)
			}
		})
	}
}

func TestADeclarationThatNothingUsesIsAWarning(t *testing.T) {
	t.Parallel()
	set, _ := read(t, declarations)
	set.addTo(&render.References{})
	objects, findings := set.objects(Config{})
	if len(objects) != 1 || len(findings) != 3 || findings[0].Code != finding.CredentialUnused || findings[0].Pos.Line == 0 ||
		findings[2].Code != finding.CredentialNamespace || findings[2].Pos.Line == 0 {
		t.Errorf("got %d objects and %v, want the one with a namespace, and three warnings with lines", len(objects), findings)
	}
}

func TestADeclarationWithoutItsValueIsAnErrorOnce(t *testing.T) {
	t.Parallel()
	_, findings := read(t, `
seldonctl:
  credentials:
  - name: models
    provider: minio
    fields: {endpoint: "http://minio:9000", access-key-id: admin, secret-access-key: {env: GONE}}
`)
	if len(findings) != 1 || findings[0].Severity != finding.Error {
		t.Fatalf("got %v, want one error", findings)
	}
}
