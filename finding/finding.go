package finding

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// Severity says what a finding means for the run.
type Severity int

// The severities, worst first. Error makes a run fail and keeps all output
// back; Warning tells of something that will surprise; Note is for information.
const (
	Error Severity = iota + 1
	Warning
	Note
)

// String returns the severity as it is printed: error, warning or note.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Note:
		return "note"
	}
	return "severity(" + strconv.Itoa(int(s)) + ")"
}

// Position is a place in a user's file. Line and Column count from 1 and are 0
// when unknown; Column counts characters, not bytes.
type Position struct {
	File   string
	Line   int
	Column int
}

// IsZero reports whether nothing is known about the place.
func (p Position) IsZero() bool { return p == Position{} }

// String returns file:line:column, without the parts that are unknown.
func (p Position) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			s += ":" + strconv.Itoa(p.Column)
		}
	}
	return s
}

// Locator finds the place of a field in the user's input. It is asked only when
// a finding is made. Where the field itself is absent it answers with the place
// of the nearest field above it.
type Locator interface {
	Locate(path *field.Path) Position
}

// Object names the Kubernetes object that a finding is about.
type Object struct {
	APIVersion string
	Kind       string
	Namespace  string
	Name       string
}

// String returns kind/name, the way kubectl names objects in messages.
func (o Object) String() string {
	if o.Name == "" {
		return o.Kind
	}
	return o.Kind + "/" + o.Name
}

// Finding is one thing that a user should know about the input.
type Finding struct {
	// Code is stable over releases of seldonctl and listed in docs/findings.md.
	Code Code
	// Severity is the code's own unless a flag changed it.
	Severity Severity
	// Object is what the finding is about; its zero value means the whole run.
	Object Object
	// Path is the field, or nil when the finding is about no single field.
	Path *field.Path
	// Pos is where the field stands in the input, if known.
	Pos Position
	// Message says what is wrong: lower case, no full stop, never a secret.
	Message string
	// Hint says what to do about it; it may be empty. It names no flag: see Option.
	Hint string
	// Option is what a run can be told to follow the hint, or empty. Who prints the
	// finding names it as its users know it (see Named).
	Option Option
	// Others is how many more findings say the same of other places and were left
	// out for this one (see Collapsed).
	Others int
}

// New returns a finding with the severity that is registered for the code. It
// panics for a code that is not registered: that is a mistake in this program.
func New(code Code, path *field.Path, format string, args ...any) Finding {
	def, ok := Lookup(code)
	if !ok {
		panic("finding: code " + string(code) + " is not registered")
	}
	return Finding{Code: code, Severity: def.Severity, Path: path, Message: fmt.Sprintf(format, args...)}
}

// WithHint returns the finding with what to do about it.
func (f Finding) WithHint(format string, args ...any) Finding {
	f.Hint = fmt.Sprintf(format, args...)
	return f
}

// WithOption returns the finding with the option that its hint is about.
func (f Finding) WithOption(o Option) Finding {
	f.Option = o
	return f
}

// Named returns the finding with its option in the hint, by the name that users
// have for it.
func (f Finding) Named(name func(Option) string) Finding {
	if f.Option != "" {
		f.Hint += " (" + name(f.Option) + ")"
		f.Option = ""
	}
	return f
}

// As returns the finding with another severity.
func (f Finding) As(s Severity) Finding {
	f.Severity = s
	return f
}

// At returns the finding with a position.
func (f Finding) At(p Position) Finding {
	f.Pos = p
	return f
}

// About returns the finding with the object it is about.
func (f Finding) About(o Object) Finding {
	f.Object = o
	return f
}

// LocatedBy returns the finding with the position of its path, unless it has
// one already. A nil locator is allowed.
func (f Finding) LocatedBy(l Locator) Finding {
	if l != nil && f.Pos.IsZero() {
		f.Pos = l.Locate(f.Path)
	}
	return f
}

// List is a number of findings.
type List []Finding

// HasErrors reports whether any finding is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Severity == Error })
}

// Count returns the number of findings of a severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, f := range l {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Sort orders the findings of one document by line and column; those without a
// line come last, in the order they were made.
func (l List) Sort() {
	line := func(f Finding) int {
		if f.Pos.Line == 0 {
			return math.MaxInt
		}
		return f.Pos.Line
	}
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(line(a), line(b)), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
}

// Policy changes what findings of a run are reported as.
type Policy struct {
	// Disabled codes are dropped, unless they are errors.
	Disabled []Code
	// Ignored reports whether a warning or note is dropped; nil drops none.
	Ignored func(Finding) bool
	// Strict turns warnings into errors.
	Strict bool
}

// Apply returns the findings as the policy has them. Disabling beats strictness.
func (p Policy) Apply(l List) List {
	out := make(List, 0, len(l))
	for _, f := range l {
		if f.Severity != Error && (slices.Contains(p.Disabled, f.Code) || p.Ignored != nil && p.Ignored(f)) {
			continue
		}
		if p.Strict && f.Severity == Warning {
			f.Severity = Error
		}
		out = append(out, f)
	}
	return out
}
