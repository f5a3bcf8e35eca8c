package finding

import "strings"

// Redundant tells which findings another one of the list says better: a warning
// ahead of what has become an error, quotes that are what is wrong with the value
// of an error, and an object without a namespace that a SeldonDeployment is told to
// miss.
func (l List) Redundant() func(Finding) bool {
	ahead := func(f Finding) bool { return f.Code == ValuesUnquotedAhead || f.Code == TypographicQuote }
	failed, missed := map[Position]bool{}, map[string]bool{}
	for _, f := range l {
		switch {
		case f.Code == ReferenceWithoutNamespace:
			missed[withoutNamespace(f)] = true
		case f.Severity == Error && !ahead(f):
			failed[f.Pos] = true
		}
	}
	return func(f Finding) bool {
		return ahead(f) && failed[f.Pos] || f.Code == PassedWithoutNamespace && missed[withoutNamespace(f)]
	}
}

// withoutNamespace is the object that a message begins with.
func withoutNamespace(f Finding) string {
	object, _, _ := strings.Cut(f.Message, " has no namespace")
	return object
}
