package run_test

import (
	"context"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
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
      modelUri: gs://models/iris
      serviceAccountName: bucket
`

// newRun returns a run over a text, with values.
func newRun(t *testing.T, text, chart string, config run.Config) (*run.Run, finding.List) {
	t.Helper()
	config.Release, config.Mode = release.Default(), source.Strict
	v, findings := values.Load(config.Release, values.File("values.yaml", []byte(chart)))
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	config.Values = v
	documents := func(context.Context) iter.Seq2[*source.Document, *finding.Finding] {
		return source.Text("models.yaml", []byte(text))
	}
	return run.New(t.Context(), documents, config)
}

// account says that the values declare the account that the model uses.
const account = "seldonctl: {credentials: [{name: bucket, kind: ServiceAccount}]}"

func TestOutcomesHaveWhatBecameOfEachDocument(t *testing.T) {
	t.Parallel()
	r, findings := newRun(t, model+"---\na: [\n---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: other}\n", "", run.Config{Namespace: "models"})
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	type summary struct {
		document, deployment string
		rendered             bool
		objects              int
		failed               bool
	}
	var got []summary
	for o := range r.Outcomes(t.Context()) {
		s := summary{objects: len(o.Objects), failed: o.Findings.HasErrors(), rendered: o.Rendered()}
		if o.Document != nil {
			s.document = o.Document.Object().String()
		}
		if o.Deployment != nil {
			s.deployment = o.Deployment.Metadata.Name
		}
		got = append(got, s)
	}
	want := []summary{
		{document: "SeldonDeployment/iris", deployment: "iris", rendered: true, objects: 3},
		{failed: true},
		{document: "ConfigMap/other"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(summary{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEditComesBetweenDecodingAndRendering(t *testing.T) {
	t.Parallel()
	r, _ := newRun(t, model, "", run.Config{Edit: func(sd *seldon.Deployment) { sd.Metadata.Name = "wine" }})
	for o := range r.Outcomes(t.Context()) {
		for _, object := range o.Objects {
			if !strings.HasPrefix(object.Name, "wine-") {
				t.Errorf("%s %s", object.Kind, object.Name)
			}
		}
	}
}

func TestWorkMayAddFindings(t *testing.T) {
	t.Parallel()
	r, _ := newRun(t, model, "", run.Config{})
	for o, n := range run.Each(t.Context(), r, func(o *run.Outcome) int {
		o.Findings = append(o.Findings, finding.New(finding.CannotEncode, nil, "no"))
		return len(o.Objects)
	}) {
		if last := o.Findings[len(o.Findings)-1]; n != 3 || last.Code != finding.CannotEncode {
			t.Errorf("%d, %v", n, o.Findings)
		}
	}
}

func TestDeclaredObjectsFollowWhatIsUsed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		more string
		code finding.Code
	}{
		"and are made where they are used":        {"", ""},
		"and clash with those of the input":       {"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bucket, namespace: default}\n", finding.DuplicateObject},
		"and not with those of another namespace": {"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: bucket, namespace: other}\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := newRun(t, model+tt.more, account, run.Config{})
			for range r.Outcomes(t.Context()) {
				continue
			}
			objects, findings := r.Declared()
			if len(objects) != 1 || objects[0].Kind != "ServiceAccount" || objects[0].Namespace != "default" {
				t.Errorf("%v", objects)
			}
			if (tt.code != "") != findings.HasErrors() {
				t.Errorf("%v", findings)
			}
		})
	}
}

func TestTheSequenceEndsWithTheContext(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("---\n"+model, 3)
	config := run.Config{Release: release.Default(), Mode: source.Strict}
	config.Values, _ = values.Load(config.Release)
	inputs := source.Open([]string{"-"}, source.Options{Stdin: strings.NewReader(text)})
	defer inputs.Close()
	ctx, cancel := context.WithCancel(t.Context())
	r, _ := run.New(ctx, inputs.Documents, config)
	cancel()
	for o := range r.Outcomes(ctx) {
		t.Errorf("%v", o.Document.Object())
	}
}
