package render_test

import (
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

func TestAPredictorOfTooManyPartsIsRefused(t *testing.T) {
	t.Parallel()
	r, _ := render.New(render.Config{})
	for path, predictor := range map[string]seldon.Predictor{
		"spec.predictors[0].graph":          {Graph: seldon.Unit{Children: make([]seldon.Unit, 1000)}},
		"spec.predictors[0].componentSpecs": {ComponentSpecs: make([]*seldon.ComponentSpec, 1001)},
	} {
		checkRefused(t, r, predictor, path)
	}
	pod := &seldon.ComponentSpec{Spec: corev1.PodSpec{
		Containers: make([]corev1.Container, 500), InitContainers: make([]corev1.Container, 501),
	}}
	checkRefused(t, r, seldon.Predictor{ComponentSpecs: []*seldon.ComponentSpec{pod}}, "spec.predictors[0].componentSpecs")
}

func checkRefused(t *testing.T, r *render.Renderer, predictor seldon.Predictor, path string) {
	t.Helper()
	in := render.Input{Deployment: &seldon.Deployment{Spec: seldon.DeploymentSpec{Predictors: []seldon.Predictor{predictor}}}}
	for _, findings := range []finding.List{r.Render(in).Findings, r.Validate(in)} {
		if len(findings) != 1 || findings[0].Code != finding.TooLarge || findings[0].Path.String() != path {
			t.Errorf("findings at %s: %v", path, findings)
		}
	}
}
