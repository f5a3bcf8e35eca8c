package finding_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
)

func TestParseIgnored(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text   string
		want   finding.Ignored
		faults []string
	}{
		"nothing":                {},
		"a code with its reason": {text: "SDC542: nobody calls it", want: finding.Ignored{finding.UncalledService}},
		"several of one reason":  {text: "sdc542, SDC533: sidecars", want: finding.Ignored{finding.UncalledService, finding.ContainerWithoutUnit}},
		"several lines":          {text: "SDC542: a: b\n\n SDC533 : c\n", want: finding.Ignored{finding.UncalledService, finding.ContainerWithoutUnit}},
		"no reason":              {text: "SDC542", faults: []string{`"SDC542" has no reason`}},
		"an empty reason":        {text: "SDC542: ", faults: []string{`"SDC542:" has no reason`}},
		"an unknown code":        {text: "SDC999, SDC542: x", want: finding.Ignored{finding.UncalledService}, faults: []string{"unknown finding code \"SDC999\": `seldonctl explain --list codes` lists them"}},
		"an error":               {text: "SDC110: x", faults: []string{"SDC110 is an error and cannot be ignored"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, errs := finding.ParseIgnored(test.text)
			var faults []string
			for _, err := range errs {
				faults = append(faults, err.Error())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.faults, faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIgnoredDropsNoErrors(t *testing.T) {
	t.Parallel()
	warning := finding.New(finding.DuplicateUnit, nil, "twice")
	l := finding.List{warning, warning.As(finding.Error), finding.New(finding.UncalledService, nil, "x")}
	got := finding.Ignored{finding.DuplicateUnit}.Drop(l)
	if len(got) != 2 || got[0].Severity != finding.Error || got[1].Code != finding.UncalledService {
		t.Errorf("got %v", got)
	}
}
