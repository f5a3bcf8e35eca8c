package render

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// maxAlike bounds findings that no person reads: how many of one code and
// severity a SeldonDeployment has.
const maxAlike = 100

// reporter collects the findings about one SeldonDeployment.
type reporter struct {
	locator  finding.Locator
	object   finding.Object
	findings finding.List
	alike    map[likeness]int
	said     map[saying]bool
}

type likeness struct {
	code     finding.Code
	severity finding.Severity
}

type saying struct {
	code       finding.Code
	path, text string
}

// report adds a finding, unless the same was said of the same place before or
// there are very many alike.
func (r *reporter) report(f finding.Finding) {
	like := likeness{f.Code, f.Severity}
	if r.full(f.Code, f.Severity) || !r.once(f.Code, f.Path, f.Message) {
		return
	}
	if r.alike == nil {
		r.alike = map[likeness]int{}
	}
	r.alike[like]++
	f = f.LocatedBy(r.locator)
	f.Object = r.object
	r.findings = append(r.findings, f)
}

// full reports whether there are so many findings of a code and severity that no
// more are taken: what it takes to make one can be saved.
func (r *reporter) full(code finding.Code, severity finding.Severity) bool {
	return r.alike[likeness{code, severity}] >= maxAlike
}

// tell reports a finding with the severity of its code. The hint may be empty.
func (r *reporter) tell(code finding.Code, path *field.Path, hint, format string, args ...any) {
	f := finding.New(code, path, format, args...)
	f.Hint = hint
	r.report(f)
}

// tellOnce is tell for findings of which one for each place is enough, whatever
// the words.
func (r *reporter) tellOnce(code finding.Code, path *field.Path, hint, format string, args ...any) {
	if r.once(code, path, "") {
		r.tell(code, path, hint, format, args...)
	}
}

// once reports whether it is asked for the first time about a code, a place and
// a text.
func (r *reporter) once(code finding.Code, path *field.Path, text string) bool {
	s := saying{code: code, text: text}
	if path != nil {
		s.path = path.String()
	}
	if r.said[s] {
		return false
	}
	if r.said == nil {
		r.said = map[saying]bool{}
	}
	r.said[s] = true
	return true
}
