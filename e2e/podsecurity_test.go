package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	// enforceLabel on a namespace names the standard that its pods are held to.
	enforceLabel = "pod-security.kubernetes.io/enforce"
	// platformForbidden says that a pod was given what a standard forbids.
	platformForbidden = "SDC854"
)

// TestPodSecurity puts what is rendered into namespaces that enforce a Pod
// Security Standard. With the platform's podSecurity all pods must be admitted;
// what is not rendered with it, because a pod was given what the standard forbids,
// must be refused without it. That without it pods are refused shows that the
// server looks.
func TestPodSecurity(t *testing.T) {
	env := start(t)
	env.startControllers(t)
	for _, standard := range []string{"baseline", "restricted"} {
		t.Run(standard, func(t *testing.T) {
			platform := filepath.Join(t.TempDir(), "platform.yaml")
			rule := "apiVersion: seldonctl.io/v1alpha1\nkind: SeldonPlatform\nspec: {rules: [{podSecurity: " + standard + "}]}\n"
			if err := os.WriteFile(platform, []byte(rule), 0o600); err != nil {
				t.Fatal(err)
			}
			// Repeated ports would collide on a node's network before the standard is
			// looked at.
			flags := []string{"--only-rendered", "--server-side-apply"}
			without := valid(env.renderOnly(t, "without-"+standard, ordinary, flags...))
			with := env.renderAgain(t, without, "with-"+standard, append(flags, "--platform", platform)...)
			for k, why := range env.violations(t, valid(with), standard) {
				t.Errorf("%s: podSecurity: %s does not get it admitted: %s", k, standard, why)
			}
			violations := env.violations(t, without, standard)
			violating := make(map[string]bool)
			for k := range violations {
				violating[k.namespace] = true
			}
			forbidden := 0
			for i, found := range env.findings(t, without, "--platform", platform) {
				said := found.has(platformForbidden)
				if said {
					forbidden++
				}
				switch w := without[i]; {
				case said && !violating[w.Namespace]:
					t.Errorf("%s: %s was said, and the server admits all pods", w, platformForbidden)
				case said != with[i].Faulty:
					t.Errorf("%s: %s was said: %v; nothing is rendered: %v", w, platformForbidden, said, with[i].Faulty)
				}
			}
			if len(violations) == 0 && *only == "" {
				t.Error("the server refuses no pod without podSecurity")
			}
			t.Logf("the pods of %d inputs are admitted with podSecurity: %s; %d inputs have what it forbids; without it the server refuses the pods of %d Deployments, of %d inputs",
				len(valid(with)), standard, forbidden, len(violations), len(violating))
		})
	}
}

// renderAgain renders the inputs of cases with other flags, for other namespaces,
// which it does not create.
func (env *environment) renderAgain(t *testing.T, all []*work, prefix string, flags ...string) []*work {
	t.Helper()
	again := make([]*work, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) error {
		rendering, err := env.program.Render(ctx, w.Case, slices.Concat(flags, []string{"--kube-version", env.kubeVersion})...)
		again[i] = &work{Case: w.Case, Namespace: fmt.Sprintf("%s-%04d", prefix, i), Objects: rendering.Objects, Faulty: len(rendering.Objects) == 0}
		return err
	})
	for _, w := range again {
		w.Objects = env.place(t, w.Objects, w.Namespace)
	}
	return again
}

// violations creates the objects of the cases in namespaces that enforce a
// standard and returns the Deployments whose pods violate it, with the server's
// words.
func (env *environment) violations(t *testing.T, all []*work, standard string) map[key]string {
	t.Helper()
	env.createNamespaces(t, all, map[string]string{enforceLabel: standard})
	env.createNeeds(t, all)
	env.createObjects(t, all)
	failed := env.settle(t, all)
	for k, why := range failed {
		if !strings.Contains(why, fmt.Sprintf("violates PodSecurity %q", standard+":latest")) {
			// TestAlive sees to what is refused everywhere.
			delete(failed, k)
		}
	}
	return failed
}
