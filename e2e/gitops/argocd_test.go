package gitops

import (
	"reflect"
	"strings"
	"testing"

	"github.com/argoproj/argo-cd/gitops-engine/pkg/diff"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/argo-cd/gitops-engine/pkg/utils/tracing"
	"github.com/go-logr/logr"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/managedfields"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"

	"github.com/seldonctl/seldonctl/e2e/cluster"
)

// argoManager is the name under which Argo CD owns fields.
const argoManager = "argocd-controller"

// TestArgoCD takes over what the operator left by the steps of docs/gitops.md, with
// the code by which Argo CD compares and syncs: a client-side sync changes no pod;
// with ServerSideApply=true Deployments with repeated ports or variables cannot be
// compared until they have been replaced in one of two ways; from then on nothing
// differs and a sync changes nothing.
func TestArgoCD(t *testing.T) {
	env := start(t)
	a := newArgoCD(t, env)
	replacements := []struct {
		name    string
		replace func(*testing.T, *cluster.Object)
	}{
		{"forced server-side apply", func(t *testing.T, o *cluster.Object) { a.apply(t, o, true) }},
		{"Replace=true", a.replace},
	}
	for i, c := range env.cases {
		if !ordinary(c) || c.Release != newer {
			continue
		}
		// Each case takes a while, and the two ways do not depend on what is rendered.
		way := replacements[i%len(replacements)]
		t.Run(c.String()+"/"+way.name, func(t *testing.T) {
			t.Parallel()
			namespace := env.namespace(t, "argocd", i)
			if !env.leave(t, c, namespace) {
				t.Skip("the operator left nothing")
			}
			distinct := env.taken(t, env.render(t, c, namespace, "--server-side-apply"))
			plain := make(map[string]*cluster.Object)
			for _, o := range env.render(t, c, namespace) {
				plain[identity(o)] = o
			}
			for _, o := range distinct {
				if a.adopt(t, plain[identity(o)], o) {
					way.replace(t, o)
				}
				a.serverSide(t, o)
			}
		})
	}
}

// argoCD is the code of Argo CD that talks to the server.
type argoCD struct {
	env        *environment
	operations kube.ResourceOperations
	dryRuns    diff.KubeApplier
	schemas    *managedfields.GvkParser
}

func newArgoCD(t *testing.T, env *environment) *argoCD {
	t.Helper()
	kubectl := &kube.KubectlCmd{Log: logr.Discard(), Tracer: tracing.NopTracer{}}
	a := &argoCD{env: env}
	var err error
	var clean func()
	if a.operations, clean, err = kubectl.ManageResources(env.config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(clean)
	if a.dryRuns, clean, err = kubectl.ManageServerSideDiffDryRuns(env.config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(clean)
	if _, a.schemas, err = kubectl.LoadOpenAPISchema(env.config); err != nil {
		t.Fatal(err)
	}
	return a
}

// adopt compares an object with what the operator left, and syncs it without
// ServerSideApply. It returns whether there are repeated ports or variables, which
// distinct, what is rendered with --server-side-apply, does not have.
func (a *argoCD) adopt(t *testing.T, o, distinct *cluster.Object) bool {
	t.Helper()
	left := a.env.live(t, o)
	if left != nil {
		a.wantSame(t, "what the operator left", o, left)
		a.wantCannot(t, distinct, left)
	}
	a.apply(t, o, false)
	synced := a.env.live(t, o)
	a.wantSame(t, "a client-side sync", o, synced)
	if left != nil && !reflect.DeepEqual(template(left), template(synced)) {
		t.Errorf("%s: a client-side sync changes the pods", identity(o))
	}
	// The sync leaves them as they are.
	a.wantCannot(t, distinct, synced)
	return repeats(synced)
}

// wantSame fails unless Argo CD sees no difference.
func (a *argoCD) wantSame(t *testing.T, after string, o, live *cluster.Object, options ...diff.Option) {
	t.Helper()
	switch result, err := diff.Diff(o, live, options...); {
	case err != nil:
		t.Errorf("%s after %s cannot be compared: %v", identity(o), after, err)
	case result.Modified:
		t.Errorf("%s differs after %s:\nlive      %s\npredicted %s", identity(o), after, result.NormalizedLive, result.PredictedLive)
	}
}

// wantCannot fails unless, with ServerSideApply=true or ServerSideDiff=true, a live
// object cannot be compared exactly if it has repeated entries. IncludeMutationWebhook
// helps the latter.
func (a *argoCD) wantCannot(t *testing.T, o, live *cluster.Object) {
	t.Helper()
	if o.GetKind() != "Deployment" {
		return
	}
	for _, mode := range []struct {
		name    string
		options []diff.Option
		cannot  bool
	}{
		{"ServerSideApply=true", a.serverSideApply(), repeats(live)},
		{"ServerSideDiff=true", a.serverSideDiff(), repeats(live)},
		{"IncludeMutationWebhook=true", append(a.serverSideDiff(), diff.WithIgnoreMutationWebhook(false)), false},
	} {
		_, err := diff.Diff(o, live, mode.options...)
		if cannot := err != nil && strings.Contains(err.Error(), "duplicate entries for key"); cannot != mode.cannot || err != nil && !cannot {
			t.Errorf("%s with %s: error %v", identity(o), mode.name, err)
		}
	}
}

// repeats reports whether an object has entries that server-side apply takes only
// once.
func repeats(o *cluster.Object) bool {
	spec, _ := o.Object["spec"].(map[string]any)
	_, found := cluster.WithoutDuplicates(spec)
	return found
}

// serverSide compares and syncs an object with ServerSideApply=true: nothing differs
// any more, and a second sync changes nothing.
func (a *argoCD) serverSide(t *testing.T, o *cluster.Object) {
	t.Helper()
	a.wantSame(t, "the replacement", o, a.env.live(t, o), a.serverSideApply()...)
	a.apply(t, o, true)
	synced := a.env.live(t, o)
	a.wantSame(t, "a server-side sync", o, synced, a.serverSideApply()...)
	a.wantSame(t, "a server-side sync", o, synced, a.serverSideDiff()...)
	a.apply(t, o, true)
	if again := a.env.live(t, o); again.GetResourceVersion() != synced.GetResourceVersion() {
		t.Errorf("%s: a second server-side sync changes it", identity(o))
	}
}

func (a *argoCD) serverSideApply() []diff.Option {
	return []diff.Option{diff.WithStructuredMergeDiff(true), diff.WithGVKParser(a.schemas), diff.WithManager(argoManager)}
}

func (a *argoCD) serverSideDiff() []diff.Option {
	return []diff.Option{
		diff.WithServerSideDiff(true), diff.WithServerSideDryRunner(diff.NewK8sServerSideDryRunner(a.dryRuns)),
		diff.WithGVKParser(a.schemas), diff.WithManager(argoManager),
	}
}

// apply syncs an object, with ServerSideApply=true or without.
func (a *argoCD) apply(t *testing.T, o *cluster.Object, serverSide bool) {
	t.Helper()
	if _, err := a.operations.ApplyResource(t.Context(), o.DeepCopy(), cmdutil.DryRunNone, false, true, serverSide, argoManager); err != nil {
		t.Fatalf("%s: %v", identity(o), err)
	}
}

// replace syncs an object with Replace=true.
func (a *argoCD) replace(t *testing.T, o *cluster.Object) {
	t.Helper()
	if _, err := a.operations.ReplaceResource(t.Context(), o.DeepCopy(), cmdutil.DryRunNone, false); err != nil {
		t.Fatalf("%s: %v", identity(o), err)
	}
}

// template returns the pod template of a Deployment, nil for anything else.
func template(o *cluster.Object) map[string]any {
	template, _, _ := unstructured.NestedMap(o.Object, "spec", "template")
	return template
}
