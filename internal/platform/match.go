package platform

import (
	"path"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/seldon"
)

// target is what a fragment may be for, as far as rules look at it.
type target struct {
	namespace, release string
	sd                 *seldon.Deployment
	// predictor is nil for what belongs to the whole SeldonDeployment.
	predictor *seldon.Predictor
	// unit is what a server or an initializer serves; nil for anything else.
	unit *seldon.Unit
	// uri is what an initializer fetches, if no unit says so.
	uri string
}

// matches reports whether the rule is for the target. A rule that asks for an
// implementation or a model is for pods, Services and the like of a predictor
// that has such a unit.
func (m *match) matches(t target, selector labels.Selector) bool {
	if !anyPattern(m.Namespaces, t.namespace) || !anyPattern(m.Names, t.sd.Metadata.Name) ||
		!selector.Matches(labels.Set(t.sd.Metadata.Labels)) || !anyRelease(m.Releases, t.release) {
		return false
	}
	if m.Shadow == nil && m.Explainer == nil && len(m.Implementations) == 0 && len(m.ModelURIs) == 0 {
		return true
	}
	if t.predictor == nil {
		return slices.ContainsFunc(t.sd.Spec.Predictors, func(p seldon.Predictor) bool {
			t.predictor = &p
			return m.matchesPredictor(t)
		})
	}
	return m.matchesPredictor(t)
}

func (m *match) matchesPredictor(t target) bool {
	if m.Shadow != nil && *m.Shadow != t.predictor.Shadow || m.Explainer != nil && *m.Explainer != t.predictor.Explained() {
		return false
	}
	if t.uri != "" {
		return len(m.Implementations) == 0 && m.matchesURI(t.uri)
	}
	if t.unit != nil {
		return m.matchesUnit(t.unit)
	}
	if len(m.Implementations) == 0 && len(m.ModelURIs) == 0 {
		return true
	}
	for _, u := range t.predictor.Graph.Walk(field.NewPath("graph")) {
		if m.matchesUnit(u) {
			return true
		}
	}
	return false
}

func (m *match) matchesUnit(u *seldon.Unit) bool {
	return (len(m.Implementations) == 0 || u.Implementation != nil && slices.Contains(m.Implementations, *u.Implementation)) && m.matchesURI(u.ModelURI)
}

func (m *match) matchesURI(uri string) bool {
	return len(m.ModelURIs) == 0 || slices.ContainsFunc(m.ModelURIs, func(prefix string) bool { return strings.HasPrefix(uri, prefix) })
}

func anyPattern(patterns []string, name string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
}

func anyRelease(names []string, version string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(name string) bool {
		name = strings.TrimPrefix(name, "v")
		return name == version || strings.HasPrefix(version, name+".")
	})
}
