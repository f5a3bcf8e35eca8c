package secrets_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/secrets"
)

// TestEqualsKubectl compares the Secrets of all variants with those that kubectl
// makes of the same literals. It needs no cluster.
func TestEqualsKubectl(t *testing.T) {
	t.Parallel()
	kubectl, err := exec.LookPath("kubectl")
	if err != nil {
		t.Skip("kubectl is not installed")
	}
	// Characters that YAML and base64 take pains with.
	const hard = "k/+=:#\"' \\ ä x"
	for _, p := range secrets.Providers() {
		for i := range p.Variants {
			v := p.Variants[i]
			given := only(v.Required, v.Optional)
			if given["secret-access-key"] != "" {
				given["secret-access-key"] = hard
			}
			result := p.Build(secrets.Request{
				Choice: secrets.Choice{Type: v.Type, Form: v.Form, Auth: v.Auth},
				Name:   "models", Namespace: "team-a", Values: given,
			})
			if result.Secret == nil {
				t.Fatalf("%s %+v: %v", p.Name, v, result.Findings)
			}
			// kubectl create knows no annotations and makes no ServiceAccounts.
			result.Secret.Annotations, result.ServiceAccount = nil, nil
			args := []string{"create", "secret", "generic", "models", "--namespace", "team-a", "--dry-run=client", "--output=yaml"}
			for key, value := range result.Secret.Data {
				args = append(args, "--from-literal="+key+"="+string(value))
			}
			t.Run(strings.Join([]string{p.Name, v.Type, v.Form, v.Auth}, "_"), func(t *testing.T) {
				t.Parallel()
				if d := cmp.Diff(kubectlCreate(t, kubectl, args), write(t, result)); d != "" {
					t.Errorf("kubectl (-) and seldonctl (+) differ:\n%s", d)
				}
			})
		}
	}
}

// kubectlCreate returns the Secret that kubectl makes, with its keys in our order.
func kubectlCreate(t *testing.T, kubectl string, args []string) string {
	t.Helper()
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), kubectl, args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "KUBECONFIG="+filepath.Join(home, "none"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var secret corev1.Secret
	if err := yaml.UnmarshalStrict(out, &secret); err != nil {
		t.Fatal(err)
	}
	return write(t, secrets.Result{Secret: &secret})
}
