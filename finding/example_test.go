package finding_test

import (
	"log"
	"os"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// A policy decides what findings mean for a run, and a reporter prints them.
func Example() {
	at := finding.Position{File: "model.yaml", Line: 8, Column: 5}
	findings := finding.List{
		finding.New(finding.UnknownField, field.NewPath("spec", "replica"), "unknown field %q", "replica").
			WithHint("did you mean replicas?").At(at),
		finding.New(finding.OrchestratorPorts, nil, "the orchestrator has port 8000 twice").At(at),
	}
	findings = finding.Policy{Disabled: []finding.Code{finding.OrchestratorPorts}}.Apply(findings)

	reporter, err := finding.NewReporter("text", os.Stdout, finding.ReportOptions{})
	if err != nil {
		log.Fatal(err)
	}
	if err := reporter.Report(findings); err != nil {
		log.Fatal(err)
	}

	// Output:
	// model.yaml:8:5: spec.replica: unknown field "replica"; did you mean replicas? [SDC110]
}
