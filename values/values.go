package values

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// Values are merged chart values, seen as the operator sees them. They do not
// change after [Load] and may be shared.
type Values struct {
	release *release.Release
	// merged are all values, the defaults included.
	merged *entry
	// own is the section seldonctl, which Helm ignores: nothing is below it, so
	// null is kept.
	own       *entry
	variables map[string]variable
	config    map[string]any
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

// Load merges values over a release's defaults. Later overlays win over earlier
// ones of their kind; values files win over operator files, Set wins over files
// and SetString over Set, in whatever order they come. With errors among the
// findings the Values are not to be used.
func Load(rel *release.Release, overlays ...Overlay) (*Values, finding.List) {
	l := loader{release: rel}
	return l.load(overlays), l.findings
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
	// own is the section seldonctl.
	own *entry
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
	v := &Values{release: l.release, merged: l.merged, own: l.own}
	v.variables = l.variables()
	v.config = l.config()
	return v
}

func (l *loader) add(o Overlay) {
	var list finding.List
	switch o.kind {
	case fileOverlay:
		var file *entry
		file, list = readFile(o.name, o.text)
		l.user = merge(l.user, file)
	case setOverlay, setStringOverlay:
		l.user, list = setOver(l.user, o)
	}
	l.findings = append(l.findings, list...)
}
