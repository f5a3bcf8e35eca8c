package values

import (
	"fmt"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// ownSection is the part of the values that is ours and that Helm ignores; its
// map operator sets variables of the manager by name, and seldonVersion names the
// release.
const (
	ownSection      = "seldonctl"
	ownOperator     = "operator"
	ownRelease      = "seldonVersion"
	ownCredentials  = "credentials"
	exponentMinimum = 1_000_000
)

// variable is one of the manager's environment variables.
type variable struct {
	text   string
	set    bool
	origin Origin
}

// variables returns the manager's whole environment.
func (l *loader) variables() map[string]variable {
	out := make(map[string]variable, len(l.release.Variables))
	failed := map[string]bool{}
	for _, row := range l.release.Variables {
		x, ok := l.override(row.Name)
		if !ok {
			x, ok = l.fromInstallation(row)
		}
		if !ok {
			x = l.chartVariable(row, failed)
		}
		out[row.Name] = x
	}
	return out
}

// override returns what seldonctl.operator says about a variable: null there
// means that the variable is not set.
func (l *loader) override(name string) (variable, bool) {
	if !l.own.isMap() {
		return variable{}, false
	}
	operator := l.own.fields[ownOperator]
	if !operator.isMap() {
		return variable{}, false
	}
	e, ok := operator.fields[name]
	if !ok {
		return variable{}, false
	}
	if e.isNull() {
		return variable{origin: e.origin}, true
	}
	return variable{text: l.text(e, ownSection+"."+ownOperator+"."+name), set: true, origin: e.origin}, true
}

// chartVariable returns what the chart makes of a row. failed keeps maps that
// are missing, which are reported once.
func (l *loader) chartVariable(row release.Variable, failed map[string]bool) variable {
	if row.Key == "" {
		return variable{text: row.Fixed, set: row.Set, origin: Origin{Source: Default}}
	}
	x := variable{set: true}
	if !row.Image {
		x.text, x.origin = l.keyText(row.Key, failed)
		return x
	}
	registry, o1 := l.keyText(row.Key+".registry", failed)
	repository, o2 := l.keyText(row.Key+".repository", failed)
	tag, o3 := l.keyText(row.Key+".tag", failed)
	x.text = registry + "/" + repository + ":" + tag
	x.origin = o1
	for _, o := range []Origin{o2, o3} {
		if o.Source >= x.origin.Source {
			x.origin = o
		}
	}
	return x
}

// keyText returns what the chart's template prints for a key. A key that is
// gone prints nothing; a map that is gone makes the template fail.
func (l *loader) keyText(key string, failed map[string]bool) (string, Origin) {
	last, depth, whole := l.merged.reach(key)
	if whole {
		return l.text(last, key), last.origin
	}
	segments := strings.Split(key, ".")
	if last.isMap() && depth == len(segments)-1 {
		return "", l.removed(key)
	}
	missing := segments[:depth]
	if last.isMap() {
		missing = segments[:depth+1]
	}
	origin := l.removed(key)
	if at := strings.Join(missing, "."); !failed[at] {
		failed[at] = true
		l.findings = append(l.findings, finding.New(finding.ValuesWrongKind, keyPath(missing),
			"must be a map: the chart reads %s and fails without", key).At(origin.Pos).
			WithHint("remove the line to keep the chart's defaults, or set the keys inside to null"))
	}
	return "", origin
}

// removed returns where a key that is not there was set to null.
func (l *loader) removed(key string) Origin {
	last, _, _ := l.user.reach(key)
	if last.origin.Source == 0 {
		return Origin{Source: Default}
	}
	return last.origin
}

// text returns a scalar as Go templates print it.
func (l *loader) text(e *entry, key string) string {
	if e.fields != nil || e.items != nil {
		l.findings = append(l.findings, finding.New(finding.ValuesWrongKind, keyPath(strings.Split(key, ".")),
			"must be text, a number or a boolean, not %s", e.kind()).At(e.origin.Pos))
		return ""
	}
	switch value := e.scalar.(type) {
	case nil:
		return ""
	case string:
		return value
	case bool:
		return strconv.FormatBool(value)
	case float64:
		text := fmt.Sprint(value)
		if value >= exponentMinimum || value <= -exponentMinimum {
			l.findings = append(l.findings, finding.New(finding.ValuesExponent, keyPath(strings.Split(key, ".")),
				"the chart prints this number as %s, which the operator cannot read as a number", text).At(e.origin.Pos).
				WithHint("quote it: %q", strconv.FormatFloat(value, 'f', -1, 64)))
		}
		return text
	default:
		return fmt.Sprint(value)
	}
}

func keyPath(segments []string) *field.Path {
	return field.NewPath(segments[0], segments[1:]...)
}
