package render_test

import (
	"strconv"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// TestCopiesOfMuchAreRefused has small inputs of which the operator makes large
// objects.
func TestCopiesOfMuchAreRefused(t *testing.T) {
	t.Parallel()
	r, _ := render.New(render.Config{})
	long := map[string]string{"k": strings.Repeat("v", 100_000)}
	pods := make([]*seldon.ComponentSpec, 200)
	for j := range pods {
		pods[j] = &seldon.ComponentSpec{}
	}
	pod := &seldon.ComponentSpec{Spec: corev1.PodSpec{Containers: make([]corev1.Container, 200)}}
	for k := range pod.Spec.Containers {
		pod.Spec.Containers[k].Name = strconv.Itoa(k)
	}
	for name, spec := range map[string]seldon.DeploymentSpec{
		"annotations of all":         {Annotations: long, Predictors: []seldon.Predictor{{ComponentSpecs: pods}}},
		"annotations of a predictor": {Predictors: []seldon.Predictor{{Annotations: long, ComponentSpecs: pods}}},
		"labels and containers":      {Predictors: []seldon.Predictor{{Labels: long, ComponentSpecs: []*seldon.ComponentSpec{pod}}}},
		"a name and units":           {Predictors: []seldon.Predictor{{Name: long["k"], Graph: seldon.Unit{Children: make([]seldon.Unit, 200)}}}},
		"predictors":                 {Annotations: long, Predictors: make([]seldon.Predictor, 200)},
	} {
		in := render.Input{Deployment: &seldon.Deployment{Spec: spec}}
		for _, findings := range []finding.List{r.Render(in).Findings, r.Validate(in)} {
			if len(findings) != 1 || findings[0].Code != finding.TooLarge || findings[0].Path.String() != "spec" {
				t.Errorf("%s: %v", name, findings)
			}
		}
	}
}

func TestManyContainersOfOneNameAreRefused(t *testing.T) {
	t.Parallel()
	r, _ := render.New(render.Config{})
	pod := &seldon.ComponentSpec{Spec: corev1.PodSpec{Containers: make([]corev1.Container, 200)}}
	in := render.Input{Deployment: &seldon.Deployment{Spec: seldon.DeploymentSpec{Predictors: []seldon.Predictor{{ComponentSpecs: []*seldon.ComponentSpec{{}, pod}}}}}}
	findings := r.Render(in).Findings
	if len(findings) != 1 || findings[0].Code != finding.TooLarge || findings[0].Path.String() != "spec.predictors[0].componentSpecs[1].spec.containers" {
		t.Error(findings)
	}
}
