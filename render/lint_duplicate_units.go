package render

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// checkUnitNames looks for units of one name in a graph. The operator looks
// units up by name and takes the first for all of them (docs/behaviour/core.md,
// 3.5), and crashes when a later one brings a container and the first has none.
func (l *inspector) checkUnitNames() {
	for i := range l.sd.Spec.Predictors {
		pred := &l.sd.Spec.Predictors[i]
		first := map[string]*seldon.Unit{}
		for path, u := range pred.Graph.Walk(graphPath(i)) {
			if first[u.Name] == nil {
				first[u.Name] = u
				continue
			}
			if l.needsEndpoint(pred, first[u.Name]) {
				l.report(crash(path, u))
				break
			}
			l.tell(finding.DuplicateUnit, path.Child("name"), "rename one of them",
				"duplicate unit name %q: the operator uses the first unit of this name for both", u.Name)
		}
	}
}

// needsEndpoint reports whether a unit without endpoint has a container, which
// another unit of its name has brought along.
func (l *inspector) needsEndpoint(pred *seldon.Predictor, u *seldon.Unit) bool {
	if u.Endpoint != nil || u.Name == engineContainer || u.Name == tfservingContainer {
		return false
	}
	c, _ := l.find(pred).Container(u.Name)
	return c != nil
}

func crash(path *field.Path, u *seldon.Unit) finding.Finding {
	return finding.New(finding.DuplicateUnit, path.Child("name"),
		"duplicate unit name %q: the operator uses the first unit of this name, which has no container, and crashes", u.Name).
		WithHint("rename one of them").As(finding.Error)
}
