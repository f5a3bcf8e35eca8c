package secrets_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/secrets"
)

// TestEqualsKubectl compares the Secrets of all variants with those that kubectl
// makes of the same literals. It needs no cluster.
func TestEqualsKubectl(t *testing.T) {
	t.Parallel()
	kubectl, err := exec.LookPath("kubectl")
	if err != nil {
		t.Skip("there is no kubectl here")
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
				Choice: secrets.Choice{Type: v.Type, Format: v.Format, Auth: v.Auth},
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
			t.Run(strings.Join([]string{p.Name, v.Type, v.Format, v.Auth}, "_"), func(t *testing.T) {
				t.Parallel()
				if d := cmp.Diff(kubectlCreate(t, kubectl, args), write(t, result)); d != "" {
					t.Errorf("kubectl (-) and seldonctl (+) differ:\n%s", d)
				}
			})
		}
	}
}

// kubectlCreate returns the YAML that kubectl prints, without what releases
// before 1.34 write for a time that is not set.
func kubectlCreate(t *testing.T, kubectl string, args []string) string {
	t.Helper()
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), kubectl, args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "KUBECONFIG="+filepath.Join(home, "none"))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(out), "  creationTimestamp: null\n", "")
}
