package e2e

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/product"
)

// workers is how many cases are worked on at once.
const workers = 8

// work is a case that a run takes to the server.
type work struct {
	product.Case
	// Namespace is the case's own.
	Namespace string
	// Objects are those that were rendered, in the case's namespace. Faulty says
	// that there are none because the input is at fault.
	Objects []cluster.Object
	Faulty  bool
	// original is the namespace that they were rendered for; the last, if there are
	// several.
	original string
	// Same counts the cases that render to the same objects: other variants of
	// values that do not concern the input.
	Same int
}

// each calls a function for every element, several at once, and fails the test
// for the errors.
func each[T any](t *testing.T, all []T, do func(context.Context, int, T) error) {
	t.Helper()
	faults := make([]error, len(all))
	limit := make(chan struct{}, workers)
	var wait sync.WaitGroup
	for i, item := range all {
		limit <- struct{}{}
		wait.Go(func() {
			defer func() { <-limit }()
			faults[i] = do(t.Context(), i, item)
		})
	}
	wait.Wait()
	if err := errors.Join(faults...); err != nil {
		t.Fatal(err)
	}
}

// render renders the cases that are wanted, each for a namespace of its own, and
// leaves out those that come to the same objects as one before.
func (env *environment) render(t *testing.T, prefix string, wanted func(product.Case) bool, flags ...string) []*work {
	t.Helper()
	all := env.renderOnly(t, prefix, wanted, flags...)
	env.createNamespaces(t, all, nil)
	return all
}

// renderOnly renders like render and does not create the namespaces.
func (env *environment) renderOnly(t *testing.T, prefix string, wanted func(product.Case) bool, flags ...string) []*work {
	t.Helper()
	var all []*work
	for _, c := range env.cases {
		if wanted(c) && strings.Contains(c.String(), *only) {
			all = append(all, &work{Case: c, Namespace: fmt.Sprintf("%s-%04d", prefix, len(all))})
		}
	}
	each(t, all, func(ctx context.Context, _ int, w *work) error {
		rendering, err := env.program.Render(ctx, w.Case, slices.Concat(flags, []string{"--kube-version", env.kubeVersion})...)
		w.Objects, w.Faulty = rendering.Objects, len(rendering.Objects) == 0
		return err
	})
	distinct := unique(t, all)
	for _, w := range distinct {
		for i := range w.Objects {
			if namespace := w.Objects[i].GetNamespace(); namespace != "" {
				w.original = namespace
			}
		}
		w.Objects = env.place(t, w.Objects, w.Namespace)
	}
	return distinct
}

// ordinary says that a case is for runs that take long: it has the values of its
// release, or all values were asked for.
func ordinary(c product.Case) bool {
	return *wide || c.Variant == product.Default || c.Variant == product.Example
}

// renderValid renders like render and leaves out the inputs that are at fault.
func (env *environment) renderValid(t *testing.T, prefix string, wanted func(product.Case) bool, flags ...string) []*work {
	t.Helper()
	return valid(env.render(t, prefix, wanted, flags...))
}

// valid returns the cases whose input is not at fault.
func valid(all []*work) []*work {
	return slices.DeleteFunc(slices.Clone(all), func(w *work) bool { return w.Faulty })
}

// unique returns the works whose objects no work before has.
func unique(t *testing.T, all []*work) []*work {
	t.Helper()
	first := make(map[[sha256.Size]byte]*work)
	var out []*work
	for _, w := range all {
		text, err := json.Marshal([]any{w.Release, w.Input, w.Objects})
		if err != nil {
			t.Fatal(err)
		}
		key := sha256.Sum256(text)
		if before := first[key]; before != nil {
			before.Same++
			continue
		}
		first[key] = w
		out = append(out, w)
	}
	return out
}

// place moves objects into a namespace. Those without one, such as a Namespace
// that an example brings, are left out, as are those that are not served.
func (env *environment) place(t *testing.T, objects []cluster.Object, namespace string) []cluster.Object {
	t.Helper()
	var out []cluster.Object
	for _, o := range objects {
		namespaced, err := env.client.Namespaced(o.GroupVersionKind())
		if err != nil {
			t.Fatalf("%s %s: %v", o.GetKind(), o.GetName(), err)
		}
		if namespaced {
			o := *o.DeepCopy()
			o.SetNamespace(namespace)
			out = append(out, o)
		}
	}
	return out
}

func (env *environment) createNamespaces(t *testing.T, all []*work, labels map[string]string) {
	t.Helper()
	each(t, all, func(ctx context.Context, _ int, w *work) error {
		if w.Faulty {
			return nil
		}
		namespace := newObject("v1", "Namespace", "", w.Namespace)
		namespace.SetLabels(labels)
		answer, err := env.client.Create(ctx, namespace)
		return errors.Join(err, answer.Refused)
	})
	t.Cleanup(func() { env.clean(t, all) })
}

// leftovers are the kinds that runs leave behind, owners before what they own.
var leftovers = []schema.GroupVersionKind{
	{Group: "apps", Version: "v1", Kind: "Deployment"},
	{Group: "apps", Version: "v1", Kind: "ReplicaSet"},
	{Version: "v1", Kind: "Pod"},
}

// clean deletes what would keep controllers busy in later runs.
func (env *environment) clean(t *testing.T, all []*work) {
	var wait sync.WaitGroup
	limit := make(chan struct{}, workers)
	for _, w := range all {
		limit <- struct{}{}
		wait.Go(func() {
			defer func() { <-limit }()
			for _, gvk := range leftovers {
				if err := env.client.DeleteAll(context.Background(), gvk, w.Namespace); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}

func newObject(apiVersion, kind, namespace, name string) *cluster.Object {
	o := &cluster.Object{Object: map[string]any{"apiVersion": apiVersion, "kind": kind}}
	o.SetName(name)
	o.SetNamespace(namespace)
	return o
}
