package explain_test

import (
	"fmt"
	"log"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/input"
	"github.com/seldonctl/seldonctl/render"
)

// The story of one leaf of a Deployment.
func Example() {
	manifests, findings := input.Read(input.Options{}, input.File{Name: "model.yaml", Text: []byte(`
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
`)})
	if findings.HasErrors() {
		log.Fatal(findings)
	}
	renderer, _ := render.New(render.Config{})
	objects, _, err := explain.New(renderer).Explain(manifests.Deployments[0])
	if err != nil {
		log.Fatal(err)
	}
	for _, l := range objects[0].Find("...initContainers[0].args[0]") {
		fmt.Println(l.Named, "=", l.Text)
		for _, s := range l.Sources {
			fmt.Println("comes from", s)
		}
		fmt.Println("rule:", l.Rule.Text)
	}

	// Output:
	// spec.template.spec.initContainers[classifier-model-initializer].args[0] = gs://example-models/iris
	// comes from model.yaml:12:17 spec.predictors[0].graph.modelUri
	// rule: what to fetch, and where to put it
}
