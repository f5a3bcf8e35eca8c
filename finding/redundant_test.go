package finding_test

import (
	"slices"
	"testing"

	"github.com/seldonctl/seldonctl/finding"
)

func TestRedundant(t *testing.T) {
	t.Parallel()
	at := func(line int) finding.Position { return finding.Position{File: "values.yaml", Line: line, Column: 1} }
	list := finding.List{
		finding.New(finding.ValuesUnquotedAhead, nil, "kept").At(at(1)),
		finding.New(finding.ValuesUnquotedAhead, nil, "told below").At(at(2)),
		finding.New(finding.PassedWithoutNamespace, nil, "Secret \"a\" has no namespace: it goes elsewhere"),
		finding.New(finding.PassedWithoutNamespace, nil, "Secret \"b\" has no namespace: it goes elsewhere"),
		finding.New(finding.PassedWithoutNamespace, nil, "ServiceAccount \"a\" has no namespace: it goes elsewhere"),
		finding.New(finding.ValuesUnquoted, nil, "an error").At(at(2)),
		finding.New(finding.TypographicQuote, nil, "kept").At(at(1)),
		finding.New(finding.TypographicQuote, nil, "an error has a hint").At(at(2)),
		finding.New(finding.ReferenceWithoutNamespace, nil, "Secret \"a\" has no namespace and is not used"),
	}
	redundant := list.Redundant()
	var got []int
	for i, f := range list {
		if redundant(f) {
			got = append(got, i)
		}
	}
	if want := []int{1, 2, 7}; !slices.Equal(got, want) {
		t.Errorf("redundant are %v, want %v", got, want)
	}
}
