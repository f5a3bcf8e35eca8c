package e2e

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/seldonctl/seldonctl/e2e/cluster"
)

// settling is how long controllers may take for all cases of a run.
const settling = 4 * time.Minute

var (
	deploymentKind = schema.GroupVersionKind{Group: "apps", Version: "v1", Kind: "Deployment"}
	replicaSetKind = schema.GroupVersionKind{Group: "apps", Version: "v1", Kind: "ReplicaSet"}
	podKind        = schema.GroupVersionKind{Version: "v1", Kind: "Pod"}
	serviceKind    = schema.GroupVersionKind{Version: "v1", Kind: "Service"}
)

// startControllers runs the controllers until the test ends.
func (env *environment) startControllers(t *testing.T) {
	t.Helper()
	stop, err := env.plane.StartControllers()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
}

// settle waits until every Deployment of the cases has its ReplicaSet and its
// pods, or has been told that it cannot have them, and returns the latter with
// the reason.
func (env *environment) settle(t *testing.T, all []*work) map[key]string {
	t.Helper()
	deadline := time.Now().Add(settling)
	for {
		failed := make(map[key]string)
		waiting := 0
		for _, deployments := range env.inNamespaces(t, all, deploymentKind) {
			for i := range deployments {
				d := &deployments[i]
				why, refused := unsettled(d)
				if why != "" {
					failed[keyOf(d)] = why
				}
				if why != "" && !refused {
					waiting++
				}
			}
		}
		if waiting == 0 {
			return failed
		}
		if time.Now().After(deadline) {
			t.Fatalf("the controllers have not come to rest after %s: %v", settling, failed)
		}
		time.Sleep(time.Second)
	}
}

// unsettled says what a Deployment lacks, nothing when all its pods are there,
// and whether that is because its pods are refused.
func unsettled(d *cluster.Object) (why string, refused bool) {
	observed, _, _ := unstructured.NestedInt64(d.Object, "status", "observedGeneration")
	have, _, _ := unstructured.NestedInt64(d.Object, "status", "replicas")
	want, _, _ := unstructured.NestedInt64(d.Object, "spec", "replicas")
	// Without a kubelet no pod gets ready, and a rollout keeps the old ones.
	if observed == d.GetGeneration() && have >= want {
		return "", false
	}
	why = fmt.Sprintf("generation %d of %d is observed, %d pods of %d are there", observed, d.GetGeneration(), have, want)
	conditions, _, _ := unstructured.NestedSlice(d.Object, "status", "conditions")
	for _, c := range conditions {
		if condition, ok := c.(map[string]any); ok && condition["type"] == "ReplicaFailure" {
			return fmt.Sprint(condition["message"]), observed == d.GetGeneration()
		}
	}
	return why, false
}

// inNamespaces lists the objects of a kind in the namespaces of the cases.
func (env *environment) inNamespaces(t *testing.T, all []*work, gvk schema.GroupVersionKind) map[string][]cluster.Object {
	t.Helper()
	objects, err := env.client.List(t.Context(), gvk, "")
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string][]cluster.Object)
	for _, w := range all {
		out[w.Namespace] = nil
	}
	for _, o := range objects {
		if _, ours := out[o.GetNamespace()]; ours {
			out[o.GetNamespace()] = append(out[o.GetNamespace()], o)
		}
	}
	return out
}

// createNeeds creates what pods name and no input brings: without their service
// account and priority class none is created.
func (env *environment) createNeeds(t *testing.T, all []*work) {
	t.Helper()
	each(t, all, func(ctx context.Context, _ int, w *work) error {
		needs := []*cluster.Object{newObject("v1", "ServiceAccount", w.Namespace, "default")}
		for _, o := range w.Objects {
			if name := podField(&o, "serviceAccountName"); name != "" {
				needs = append(needs, newObject("v1", "ServiceAccount", w.Namespace, name))
			}
			if name := podField(&o, "priorityClassName"); name != "" {
				class := newObject("scheduling.k8s.io/v1", "PriorityClass", "", name)
				class.Object["value"] = int64(1)
				needs = append(needs, class)
			}
		}
		for _, o := range needs {
			answer, err := env.client.Create(ctx, o)
			if apierrors.IsAlreadyExists(answer.Refused) {
				answer.Refused = nil
			}
			if err := errors.Join(err, answer.Refused); err != nil {
				return err
			}
		}
		return nil
	})
}

// podField returns a field of a Deployment's pods, nothing for another kind.
func podField(o *cluster.Object, name string) string {
	text, _, _ := unstructured.NestedString(o.Object, "spec", "template", "spec", name)
	return text
}

// owned groups objects by the UID of their controller.
func owned(objects []cluster.Object) map[string][]string {
	out := make(map[string][]string)
	for i := range objects {
		if owner := metav1.GetControllerOf(&objects[i]); owner != nil {
			out[string(owner.UID)] = append(out[string(owner.UID)], string(objects[i].GetUID()))
		}
	}
	for _, uids := range out {
		slices.Sort(uids)
	}
	return out
}
