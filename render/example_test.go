package render_test

import (
	"fmt"
	"log"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// A SeldonDeployment and chart values become Kubernetes objects and findings.
// Package input decodes what people write with more care than sigs.k8s.io/yaml.
func Example() {
	model := []byte(`
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
spec:
  predictors:
  - name: main
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: gs://example-models/iris
`)
	var deployment seldon.Deployment
	if err := yaml.UnmarshalStrict(model, &deployment); err != nil {
		log.Fatal(err)
	}

	rel, err := release.Lookup("1.18.2")
	if err != nil {
		log.Fatal(err)
	}
	chart, findings := values.Load(rel, values.File("values.yaml", []byte("istio: {enabled: true}")))
	if findings.HasErrors() {
		log.Fatal(findings)
	}
	renderer, _ := render.New(render.Config{Release: rel, Values: chart, Namespace: "models"})

	result := renderer.Render(render.Input{Deployment: &deployment})
	for _, f := range result.Findings {
		fmt.Fprintln(os.Stderr, f.Severity, f.Code, f.Path, f.Message)
	}
	manifest.Sort(result.Objects)
	for _, o := range result.Objects {
		fmt.Println(o.APIVersion, o.Kind, o.Namespace+"/"+o.Name)
	}

	// Output:
	// v1 Service models/iris-main-classifier
	// v1 Service models/iris-main
	// apps/v1 Deployment models/iris-main-0-classifier
	// networking.istio.io/v1alpha3 DestinationRule models/iris-main
	// networking.istio.io/v1alpha3 VirtualService models/iris
}

// What is wrong with a SeldonDeployment is in the findings, all of it at once.
func ExampleRenderer_Render_faults() {
	renderer, _ := render.New(render.Config{})
	result := renderer.Render(render.Input{Deployment: &seldon.Deployment{
		Metadata: metav1.ObjectMeta{Name: "iris"},
		Spec: seldon.DeploymentSpec{
			Protocol:   "http",
			Predictors: []seldon.Predictor{{Name: "main", Traffic: 40}},
		},
	}})
	for _, f := range result.Findings {
		fmt.Println(f.Severity, f.Code, f.Path)
	}
	fmt.Println("objects:", len(result.Objects))

	// Output:
	// error SDC201 spec.protocol
	// error SDC209 spec.predictors[0].graph.name
	// error SDC211 spec.predictors[0].graph.type
	// error SDC220 spec.predictors[0].traffic
	// objects: 0
}
