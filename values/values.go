package values

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// Values are merged chart values, seen as the operator sees them. They do not
// change after [Load] and may be shared.
type Values struct {
	release *release.Release
	// merged are all values, the defaults included.
	merged    *entry
	variables map[string]variable
	config    map[string]any
	// unquoted are the faults of the ConfigMap by its keys.
	unquoted map[string]finding.List
}

// Variable returns the text that the chart gives the manager's environment
// variable of that name, and whether it is set at all: a variable may be set to
// no text.
func (v *Values) Variable(name string) (text string, set bool) {
	x := v.variables[name]
	return x.text, x.set
}

// VariableOrigin returns where the text of a variable was set, for findings
// about it.
func (v *Values) VariableOrigin(name string) Origin { return v.variables[name].origin }

// Config returns the value of a key of the operator's ConfigMap
// (release.ConfigKeys), as decoded JSON whose leaves are strings, and whether it
// is there. It must not be changed.
func (v *Values) Config(key string) (any, bool) {
	c, ok := v.config[key]
	return c, ok
}

// ConfigFaults returns why the operator crashes when it reads a key of its
// ConfigMap: leaves that are not strings. They are errors of the SeldonDeployments
// that need the key, and of no other (docs/behaviour/orchestrator-ingress.md, 9).
func (v *Values) ConfigFaults(key string) finding.List { return v.unquoted[key] }

// Load merges values over a release's defaults. Later overlays win over earlier
// ones of their kind; values files win over operator files, Set wins over files
// and SetString over Set, in whatever order they come. Findings are in the order
// of files and lines; with errors among them the Values are not to be used.
func Load(rel *release.Release, overlays ...Overlay) (*Values, finding.List) {
	l := loader{release: rel}
	v := l.load(overlays)
	slices.SortStableFunc(l.findings, func(a, b finding.Finding) int {
		return cmp.Or(strings.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Column, b.Pos.Column))
	})
	return v, l.findings
}

// loader holds what is known while values are merged.
type loader struct {
	release  *release.Release
	findings finding.List
	// defaults are the chart's own values.
	defaults *entry
	// base are the defaults with what operator files say.
	base *entry
	// user are the values files and flags.
	user *entry
	// merged are user's values over base.
	merged *entry
	// own is the section seldonctl, which Helm ignores: there are no defaults
	// below it, so null is kept.
	own *entry
	// installed is the environment of a running manager; nil without one.
	installed map[string]variable
	// installedConfig says that the ConfigMap of a running operator is in base.
	installedConfig bool
	// unquoted are the faults that count where a key of the ConfigMap is read.
	unquoted map[string]finding.List
}

func (l *loader) load(overlays []Overlay) *Values {
	l.defaults = readDefaults(l.release)
	l.base = l.defaults
	l.user = newMap(Origin{Source: Default})
	for kind := range overlayKinds {
		for _, o := range overlays {
			if o.kind == kind {
				l.add(o)
			}
		}
	}
	l.own = l.user.fields[ownSection]
	l.merged = coalesce(l.base, l.user)
	if l.installedConfig {
		l.merged.fields["managerCreateResources"] = &entry{scalar: false, origin: l.merged.origin}
	}
	if l.own != nil {
		l.merged.fields[ownSection] = l.own
	}
	v := &Values{release: l.release, merged: l.merged, variables: l.variables()}
	v.config = l.config()
	v.unquoted = l.unquoted
	if len(overlays) > 0 {
		l.checkKeys()
		l.checkImages()
	}
	return v
}

func (l *loader) add(o Overlay) {
	var list finding.List
	switch o.kind {
	case operatorOverlay:
		list = l.addOperator(o)
	case fileOverlay:
		var file *entry
		file, list = readFile(o.name, o.text)
		l.user = merge(l.user, file)
	case setOverlay, setStringOverlay:
		l.user, list = setOver(l.user, o)
	}
	l.findings = append(l.findings, list...)
}
