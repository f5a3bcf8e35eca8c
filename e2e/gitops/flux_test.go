package gitops

import (
	"testing"

	"github.com/fluxcd/pkg/ssa"
	"github.com/fluxcd/pkg/ssa/normalize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"github.com/seldonctl/seldonctl/e2e/cluster"
)

// TestFlux reconciles what is rendered as Flux's kustomize-controller does: the
// first time creates, or takes over what the operator left, the second changes
// nothing, and a look for drift finds none, but finds what somebody changed.
func TestFlux(t *testing.T) {
	env := start(t)
	kube, err := client.New(env.config, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	manager := ssa.NewResourceManager(kube, nil, ssa.Owner{Field: "kustomize-controller", Group: "kustomize.toolkit.fluxcd.io"})
	for _, first := range []struct {
		name    string
		adopted bool
	}{{"new", false}, {"adopted", true}} {
		t.Run(first.name, func(t *testing.T) {
			for i, c := range env.cases {
				if !ordinary(c) {
					continue
				}
				t.Run(c.String(), func(t *testing.T) {
					t.Parallel()
					namespace := env.namespace(t, "flux-"+first.name, i)
					if first.adopted && !env.leave(t, c, namespace) {
						t.Skip("the operator left nothing")
					}
					objects := env.taken(t, env.render(t, c, namespace, "--server-side-apply"))
					if len(objects) == 0 {
						t.Skip("nothing is rendered that the server takes")
					}
					f := flux{manager, namespace}
					for subject, action := range f.reconcile(t, objects) {
						if action != ssa.CreatedAction && (!first.adopted || action != ssa.ConfiguredAction && action != ssa.UnchangedAction) {
							t.Errorf("the first time: %s %s", subject, action)
						}
					}
					for subject, action := range f.reconcile(t, objects) {
						if action != ssa.UnchangedAction {
							t.Errorf("the second time: %s %s", subject, action)
						}
					}
					for _, o := range objects {
						if action := f.drift(t, o); action != ssa.UnchangedAction {
							t.Errorf("drift of %s: %s", identity(o), action)
						}
					}
					env.edit(t, objects[0])
					if action := f.drift(t, objects[0]); action != ssa.ConfiguredAction {
						t.Errorf("drift of %s after a change: %s", identity(objects[0]), action)
					}
				})
			}
		})
	}
}

// flux is a reconciliation of a Kustomization.
type flux struct {
	manager   *ssa.ResourceManager
	namespace string
}

// desired returns what the controller makes of built objects.
func (f flux) desired(t *testing.T, objects []*cluster.Object) []*unstructured.Unstructured {
	t.Helper()
	var out []*unstructured.Unstructured
	for _, o := range objects {
		out = append(out, o.DeepCopy())
	}
	f.manager.SetOwnerLabels(out, "models", f.namespace)
	if err := normalize.UnstructuredList(out); err != nil {
		t.Fatal(err)
	}
	return out
}

func (f flux) reconcile(t *testing.T, objects []*cluster.Object) map[string]ssa.Action {
	t.Helper()
	changes, err := f.manager.ApplyAllStaged(t.Context(), f.desired(t, objects), ssa.DefaultApplyOptions())
	if err != nil {
		t.Fatal(err)
	}
	return changes.ToMap()
}

func (f flux) drift(t *testing.T, o *cluster.Object) ssa.Action {
	t.Helper()
	entry, _, _, err := f.manager.Diff(t.Context(), f.desired(t, []*cluster.Object{o})[0], ssa.DefaultDiffOptions())
	if err != nil {
		t.Fatal(err)
	}
	return entry.Action
}

// edit changes a label of an object as somebody else.
func (env *environment) edit(t *testing.T, o *cluster.Object) {
	t.Helper()
	edited := &cluster.Object{Object: map[string]any{"apiVersion": o.GetAPIVersion(), "kind": o.GetKind()}}
	edited.SetNamespace(o.GetNamespace())
	edited.SetName(o.GetName())
	edited.SetLabels(map[string]string{"kustomize.toolkit.fluxcd.io/name": "somebody-else"})
	answer, err := env.client.Apply(t.Context(), edited, cluster.ApplyOptions{Manager: "somebody", Force: true})
	if err != nil || answer.Refused != nil {
		t.Fatal(err, answer.Refused)
	}
}
