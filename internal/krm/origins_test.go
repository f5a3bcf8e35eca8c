package krm_test

import (
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/krm"
)

func TestOriginsAreOnObjectsAndNeverOnPods(t *testing.T) {
	t.Parallel()
	config := configOf("origins: true\nvalues: {executor: {image: {tag: mine}}}")
	got := call(t, listOf([]string{modelIn("iris"), other}, config))
	deployment := got.list.named(t, "Deployment", "iris-default-0-classifier")
	for _, want := range []string{
		"spec.replicas: field spec.predictors[0].replicas\n",
		"spec.template.spec.containers[seldon-container-engine].image: value executor.image\n",
	} {
		if !strings.Contains(deployment.Metadata.Annotations[krm.OriginsAnnotation], want) {
			t.Errorf("there is no %q in\n%s", want, deployment.Metadata.Annotations[krm.OriginsAnnotation])
		}
	}
	if n, objects := strings.Count(got.stdout, krm.OriginsAnnotation+":"), strings.Count(got.stdout, krm.MarkerAnnotation+":"); n != objects {
		t.Errorf("%d annotations for %d objects:\n%s", n, objects, got.stdout)
	}
	if again := call(t, got.stdout); again.stdout != got.stdout || again.code != 0 {
		t.Error("a second run changes the list")
	}
	if plain := call(t, listOf([]string{modelIn("iris")})); strings.Contains(plain.stdout, krm.OriginsAnnotation) {
		t.Error("origins are written without being asked for")
	}
}
