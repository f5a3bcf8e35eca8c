package agreement

import (
	"fmt"
	"os"
	"regexp"

	"sigs.k8s.io/yaml"
)

// Known is a disagreement that somebody has looked at and let stand.
type Known struct {
	// Says matches what the server said that no finding announces.
	Says string `json:"says,omitempty"`
	// Code is the finding whose announcement does not come true.
	Code string `json:"code,omitempty"`
	// Cases matches the cases it holds for, release/variant/name; empty is all.
	Cases string `json:"cases,omitempty"`
	// Why is the reason for letting it stand.
	Why string `json:"why"`

	says, cases *regexp.Regexp
	used        int
}

// List is a reviewed list of disagreements.
type List []*Known

// ReadList reads a list. Every entry needs a reason.
func ReadList(path string) (List, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list List
	if err := yaml.UnmarshalStrict(text, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for i, k := range list {
		if k.Why == "" || (k.Says == "") == (k.Code == "") {
			return nil, fmt.Errorf("%s: entry %d needs why, and either says or code", path, i+1)
		}
		if k.says, err = regexp.Compile(k.Says); err != nil {
			return nil, fmt.Errorf("%s: entry %d: says: %w", path, i+1, err)
		}
		if k.cases, err = regexp.Compile(k.Cases); err != nil {
			return nil, fmt.Errorf("%s: entry %d: cases: %w", path, i+1, err)
		}
	}
	return list, nil
}

// Forgive takes what is known out of the verdict on a case.
func (l List) Forgive(v *Verdict, name string) {
	var silent []Said
	for _, s := range v.Silent {
		if !l.uses(name, func(k *Known) bool { return k.Says != "" && k.says.MatchString(s.Text) }) {
			silent = append(silent, s)
		}
	}
	var wolf []string
	for _, code := range v.Wolf {
		if !l.uses(name, func(k *Known) bool { return k.Code == code }) {
			wolf = append(wolf, code)
		}
	}
	v.Silent, v.Wolf = silent, wolf
}

func (l List) uses(name string, is func(*Known) bool) bool {
	for _, k := range l {
		if is(k) && k.cases.MatchString(name) {
			k.used++
			return true
		}
	}
	return false
}

// Unused returns the entries that forgave nothing: they have been mended and
// can go.
func (l List) Unused() []string {
	var out []string
	for _, k := range l {
		if k.used == 0 {
			out = append(out, k.Says+k.Code+" "+k.Cases)
		}
	}
	return out
}

// Uses returns how often each reason was given.
func (l List) Uses() map[string]int {
	out := make(map[string]int)
	for _, k := range l {
		out[k.Why] += k.used
	}
	return out
}
