package e2e

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/product"
)

// TestAdoption creates what the operator left, owned by its SeldonDeployment,
// and lays what is rendered over it: no Deployment may change, and no pod may be
// replaced. With server-side apply the generation stays too; client-side apply
// leaves an annotation, and for a Deployment that alone is a generation. Where
// the operator repeated ports or variables, server-side apply has to drop them.
func TestAdoption(t *testing.T) {
	env := start(t)
	env.startControllers(t)
	for _, way := range []struct {
		name   string
		render []string
		apply  []string
		// annotates says that applying leaves an annotation; distinct, that it
		// takes no repeated entries.
		annotates, distinct bool
	}{
		{"client-side", []string{"--only-rendered"}, nil, true, false},
		{"server-side", []string{"--only-rendered", "--server-side-apply"}, []string{"--server-side", "--force-conflicts"}, false, true},
	} {
		t.Run(way.name, func(t *testing.T) {
			all := env.renderValid(t, "adopt-"+way.name, wasRecorded, way.render...)
			left := env.leave(t, all)
			env.settle(t, all)
			before := env.generations(t, all)
			said := env.apply(t, all, way.apply...).Said
			env.settle(t, all)
			after := env.generations(t, all)
			rolled := 0
			for k, was := range before {
				if way.distinct && was.duplicates {
					was.lasting, rolled = lasting{Spec: was.distinct}, rolled+1
					after[k] = progress{generation: was.generation, lasting: lasting{Spec: after[k].distinct}}
				}
				is := after[k]
				if !way.annotates && is.generation != was.generation {
					t.Errorf("%s: generation %d before, %d after", k, was.generation, is.generation)
				}
				if diff := cmp.Diff(was.lasting, is.lasting); diff != "" {
					t.Errorf("%s is not adopted as it is (- before, + after):\n%s\nkubectl: %v", k, diff, about(said, k.name))
				}
			}
			for k := range after {
				// What the operator could not have left is created.
				if _, was := before[k]; !was && !slices.Contains(left.refused, k) {
					t.Errorf("%s is not the operator's", k)
				}
			}
			t.Logf("%s; %d Deployments adopted, %d of them with new pods because of repeated ports or variables", left, len(before), rolled)
		})
	}
}

func wasRecorded(c product.Case) bool {
	if !ordinary(c) {
		return false
	}
	objects, err := c.Recorded()
	return err == nil && len(objects) > 0
}

// leaving counts what became of the recorded objects.
type leaving struct {
	created, notServed int
	refused            []key
}

func (l leaving) String() string {
	return fmt.Sprintf("%d recorded objects created, %d are of API versions that the server does not serve, %d were refused", l.created, l.notServed, len(l.refused))
}

// leave creates the recorded objects of the cases as a running operator has them.
func (env *environment) leave(t *testing.T, all []*work) leaving {
	t.Helper()
	env.createNeeds(t, all)
	counts := make([]leaving, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) error {
		objects, err := w.Recorded()
		if err != nil {
			return err
		}
		name, err := w.Deployment()
		if err != nil {
			return err
		}
		owner, err := env.client.Create(ctx, newObject("machinelearning.seldon.io/v1", "SeldonDeployment", w.Namespace, name))
		if err := errors.Join(err, owner.Refused); err != nil {
			return err
		}
		for n := range objects {
			own(&objects[n], owner.Object, w.Namespace)
			answer, err := env.client.Create(ctx, &objects[n])
			switch {
			case errors.Is(err, cluster.ErrNotServed):
				counts[i].notServed++
			case err != nil:
				return err
			case answer.Refused != nil:
				counts[i].refused = append(counts[i].refused, keyOf(&objects[n]))
			default:
				counts[i].created++
			}
		}
		return nil
	})
	var total leaving
	for _, c := range counts {
		total.created += c.created
		total.notServed += c.notServed
		total.refused = append(total.refused, c.refused...)
	}
	return total
}

// own makes an object one of a SeldonDeployment's.
func own(o, owner *cluster.Object, namespace string) {
	o.SetNamespace(namespace)
	reference := map[string]any{
		"apiVersion": owner.GetAPIVersion(), "kind": owner.GetKind(), "name": owner.GetName(),
		"uid": string(owner.GetUID()), "controller": true, "blockOwnerDeletion": true,
	}
	metadata := o.Object["metadata"].(map[string]any)
	metadata["ownerReferences"] = []any{reference}
}

// progress is how far a Deployment has come.
type progress struct {
	generation int64
	lasting    lasting
	// distinct is the spec without what server-side apply cannot tell apart,
	// duplicates whether there is any.
	distinct   any
	duplicates bool
}

// lasting is what adoption must leave as it is.
type lasting struct {
	Spec any
	// ReplicaSets and Pods are UIDs.
	ReplicaSets, Pods []string
}

// generations returns how far the Deployments of the cases have come.
func (env *environment) generations(t *testing.T, all []*work) map[key]progress {
	t.Helper()
	replicaSets, pods := env.inNamespaces(t, all, replicaSetKind), env.inNamespaces(t, all, podKind)
	out := make(map[key]progress)
	for namespace, deployments := range env.inNamespaces(t, all, deploymentKind) {
		sets, running := owned(replicaSets[namespace]), owned(pods[namespace])
		for i := range deployments {
			d := &deployments[i]
			stays := lasting{Spec: d.Object["spec"], ReplicaSets: sets[string(d.GetUID())]}
			for _, set := range stays.ReplicaSets {
				stays.Pods = append(stays.Pods, running[set]...)
			}
			slices.Sort(stays.Pods)
			distinct, duplicates := cluster.WithoutDuplicates(d.Object["spec"].(map[string]any))
			out[keyOf(d)] = progress{d.GetGeneration(), stays, distinct, duplicates}
		}
	}
	return out
}
