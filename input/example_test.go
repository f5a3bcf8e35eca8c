package input_test

import (
	"errors"
	"fmt"
	"log"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/input"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

const model = `apiVersion: machinelearning.seldon.io/v1
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
`

// Manifests and chart values become Kubernetes objects, as YAML.
func Example() {
	models := input.File{Name: "models.yaml", Text: []byte(model)}
	chart := values.File("values.yaml", []byte("istio: {enabled: true}"))
	text, findings, err := Render("1.18.2", models, chart)
	for _, f := range findings {
		fmt.Println(f.Pos, f.Severity, f.Code)
	}
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.38s...\n", text)

	// Output:
	// apiVersion: v1
	// kind: Service
	// metadata:...
}

// Render renders manifests as a release, with values of its chart.
func Render(version string, models input.File, chart values.Overlay) ([]byte, finding.List, error) {
	rel, err := release.Lookup(version)
	if err != nil {
		return nil, nil, err
	}
	v, findings := values.Load(rel, chart)
	manifests, more := input.Read(input.Options{Release: rel, Namespace: "models"}, models)
	findings = append(findings, more...)
	renderer, more := render.New(render.Config{
		Release: rel, Values: v, Namespace: "models", References: manifests.References,
	})
	findings = append(findings, more...)

	var objects []manifest.Object
	for _, in := range manifests.Deployments {
		result := renderer.Render(in)
		findings = append(findings, result.Findings...)
		objects = append(objects, result.Objects...)
	}
	if findings.HasErrors() {
		return nil, findings, errors.New("the models cannot be rendered")
	}
	manifest.Sort(objects)
	format, err := manifest.NewFormat("yaml")
	if err != nil {
		return nil, findings, err
	}
	var text []byte
	for i, object := range objects {
		if i > 0 {
			text = append(text, format.Frame().Between...)
		}
		if text, err = format.Append(text, object); err != nil {
			return nil, findings, err
		}
	}
	return text, findings, nil
}

// Findings say where a fault is and what to write instead.
func ExampleRead_faults() {
	_, findings := input.Read(input.Options{}, input.File{Name: "model.yaml", Text: []byte(`
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris}
spec:
  predictors:
  - name: main
    replica: 2
    graph: {name: yes, type: MODEL}
`)})
	for _, f := range findings {
		fmt.Printf("%s: %s: %s; %s\n", f.Pos, f.Path, f.Message, f.Hint)
	}

	// Output:
	// model.yaml:8:5: spec.predictors[0].replica: unknown field "replica"; did you mean replicas?
	// model.yaml:9:19: spec.predictors[0].graph.name: expected text, found the boolean yes; put it in quotes: "yes"
}

// Other objects stay as they were written.
func ExampleRead_others() {
	manifests, _ := input.Read(input.Options{}, input.File{Name: "account.yaml", Text: []byte(`apiVersion: v1
kind: ServiceAccount # of the buckets
metadata: {name: buckets, namespace: models}
secrets: [{name: keys}]
`)})
	for _, other := range manifests.Others {
		fmt.Println(other.Kind, other.Name)
		fmt.Printf("%s", other.Raw)
	}
	fmt.Println(manifests.References.ServiceAccounts)

	// Output:
	// ServiceAccount buckets
	// apiVersion: v1
	// kind: ServiceAccount # of the buckets
	// metadata: {name: buckets, namespace: models}
	// secrets: [{name: keys}]
	// map[{models buckets}:[keys]]
}
