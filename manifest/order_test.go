package manifest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/manifest"
)

func TestSortPutsFirstWhatOthersNeed(t *testing.T) {
	t.Parallel()
	kinds := []string{"Widget", "VirtualService", "DestinationRule", "PodDisruptionBudget", "ScaledObject", "HorizontalPodAutoscaler", "Deployment", "Mapping", "Service", "ConfigMap", "Secret", "ServiceAccount", "Namespace", "Gadget"}
	var objects []manifest.Object
	for _, kind := range kinds {
		objects = append(objects, manifest.Object{APIVersion: "v1", Kind: kind, Name: "x"})
	}
	manifest.Sort(objects)
	var got []string
	for _, o := range objects {
		got = append(got, o.Kind)
	}
	want := []string{"Namespace", "ServiceAccount", "Secret", "ConfigMap", "Service", "Deployment", "ScaledObject", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Mapping", "DestinationRule", "VirtualService", "Widget", "Gadget"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
