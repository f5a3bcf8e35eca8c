package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/product"
)

// Verdicts of seldonctl diff.
const (
	unchanged   = "unchanged"
	inPlace     = "changes in place"
	podsRestart = "pods restart"
	mustReplace = "must be replaced"
	wouldCreate = "would be created"
	wouldRemove = "would be removed"
	ofAnother   = "belongs to another owner"
)

// savedKinds are more than docs/diff.md asks for: a user may save what controllers
// made, too.
const savedKinds = "deploy,svc,hpa,pdb,serviceaccounts,secrets,configmaps,replicasets,pods,endpoints,endpointslices," +
	"scaledobjects,virtualservices,destinationrules,mappings"

// TestLiveUnchanged saves the objects of a cluster as users do, and compares them
// with what the same inputs render to: nothing differs after the operator left
// them, after they were adopted, and after they were applied on the server's side.
func TestLiveUnchanged(t *testing.T) {
	env := start(t)
	env.startControllers(t)
	t.Run("client-side", func(t *testing.T) {
		all := env.renderValid(t, "live-client", wasRecorded, "--only-rendered")
		env.leave(t, all)
		env.settle(t, all)
		env.wantUnchanged(t, all, "what the operator left")
		env.apply(t, all)
		env.settle(t, all)
		env.wantUnchanged(t, all, "what was adopted")
	})
	t.Run("server-side", func(t *testing.T) {
		all := env.renderValid(t, "live-server", ordinary, "--only-rendered", "--server-side-apply")
		env.createNeeds(t, all)
		env.apply(t, all, "--server-side")
		env.settle(t, all)
		env.wantUnchanged(t, all, "what was applied", "--server-side-apply")
	})
}

// wantUnchanged fails if seldonctl sees a difference in what the server has. What
// the server does not have, because it refused it, would be created.
func (env *environment) wantUnchanged(t *testing.T, all []*work, what string, flags ...string) {
	t.Helper()
	there, twice := env.stored(t, all), objectCounts(all)
	compared := 0
	for i, verdicts := range env.verdicts(t, all, flags...) {
		w := all[i]
		for _, v := range verdicts {
			k := key{v.Kind, w.Namespace, v.Name}
			switch {
			case v.Verdict == unchanged:
				compared++
			case there[k] == nil && v.Verdict == wouldCreate:
			case twice[k] == 0 && v.Verdict == ofAnother:
				// Pods and the like, which a controller made.
			case twice[k] > 1:
				// Two objects of one name overwrite each other; that was a finding.
			default:
				t.Errorf("%s: %s: %s %s: %v %v", w, what, k, v.Verdict, v.Paths, v.Reasons)
			}
		}
	}
	t.Logf("%s: %d objects of %d inputs are the same as those that are rendered", what, compared, len(all))
}

// verdicts saves what the namespaces of the cases have, and returns for each case
// what seldonctl diff says of it.
func (env *environment) verdicts(t *testing.T, all []*work, flags ...string) [][]product.Verdict {
	t.Helper()
	saved := env.save(t, all)
	out := make([][]product.Verdict, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) (err error) {
		out[i], err = env.program.Verdicts(ctx, w.Case, saved[i], append([]string{"--kube-version", env.kubeVersion}, flags...)...)
		return err
	})
	return out
}

// save writes the objects of each case to a file of its own, as kubectl prints
// them, in the namespace that they are rendered for.
func (env *environment) save(t *testing.T, all []*work) []string {
	t.Helper()
	printed, err := env.kubectl.Run(t.Context(), "get", savedKinds, "--all-namespaces", "-o", "json", "--show-managed-fields")
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Items []json.RawMessage }
	if err := json.Unmarshal([]byte(strings.Join(printed.Done, "\n")), &list); err != nil {
		t.Fatal(errors.Join(err, errors.New(strings.Join(printed.Said, "\n"))))
	}
	items := make(map[string][]json.RawMessage)
	for _, item := range list.Items {
		var o struct{ Metadata struct{ Namespace string } }
		if err := json.Unmarshal(item, &o); err != nil {
			t.Fatal(err)
		}
		items[o.Metadata.Namespace] = append(items[o.Metadata.Namespace], item)
	}
	dir := t.TempDir()
	files := make([]string, len(all))
	for i, w := range all {
		text, err := json.Marshal(map[string]any{"apiVersion": "v1", "kind": "List", "items": items[w.Namespace]})
		if err != nil {
			t.Fatal(err)
		}
		files[i] = filepath.Join(dir, w.Namespace+".json")
		if err := os.WriteFile(files[i], []byte(strings.ReplaceAll(string(text), w.Namespace, w.original)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}
