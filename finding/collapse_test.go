package finding_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
)

func TestFindingsThatSayTheSameAreCollapsedAsTheyCome(t *testing.T) {
	t.Parallel()
	at := func(f finding.Finding, line int) finding.Finding {
		return f.At(finding.Position{File: "models.yaml", Line: line})
	}
	warning := finding.Finding{Code: "SDC900", Severity: finding.Warning, Message: "odd"}
	fault := finding.Finding{Code: "SDC901", Severity: finding.Error, Message: "wrong"}
	hinted := warning.WithHint("do this")

	var c finding.Collapsed
	c.Add(finding.List{at(warning, 1), at(fault, 2), at(warning, 3)})
	c.Add(finding.List{at(fault, 4), at(hinted, 5), at(warning, 6)})
	// One that stands for others already brings them along.
	collapsed := at(warning, 7)
	collapsed.Others = 10
	c.Add(finding.List{collapsed})

	first := at(warning, 1)
	first.Others = 13
	want := finding.List{first, at(fault, 2), at(fault, 4), at(hinted, 5)}
	if diff := cmp.Diff(want, c.List()); diff != "" {
		t.Errorf("collapsed findings differ (-want +got):\n%s", diff)
	}
}
