package finding

import (
	"slices"
	"strings"
	"sync"
)

// Code is the stable name of a kind of finding, such as SDC201. The hundreds
// are topics: 1 reading, 2 the operator's own rules, 3 values, 4 quirks that
// touch a user's settings, 5 what a cluster refuses or breaks, 6 credentials,
// 7 running and writing, 8 KRM functions and platform files.
type Code string

// Definition is what docs/findings.md says about a code.
type Definition struct {
	Code     Code
	Severity Severity
	// Title is a short sentence without a full stop.
	Title string
	// Cause says how the input comes to be wrong.
	Cause string
	// Cure says what to change.
	Cure string
}

// URL is where the page about the code can be read.
func (d Definition) URL() string { return findingsDoc + "#" + strings.ToLower(string(d.Code)) }

// Definitions returns all codes in ascending order.
func Definitions() []Definition {
	return slices.Clone(definitions())
}

// Lookup returns the definition of a code.
func Lookup(code Code) (Definition, bool) {
	defs := definitions()
	i, ok := slices.BinarySearchFunc(defs, code, func(d Definition, c Code) int {
		return strings.Compare(string(d.Code), string(c))
	})
	if !ok {
		return Definition{}, false
	}
	return defs[i], true
}

var definitions = sync.OnceValue(func() []Definition {
	all := slices.Concat(readCodes(), operatorCodes(), valuesCodes(), quirkCodes(), clusterCodes(), credentialCodes(), runCodes(), functionCodes(), platformCodes())
	slices.SortFunc(all, func(a, b Definition) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return all
})
