package render

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// maxParts is how many units, component specs and containers a predictor may have.
// The orchestrator is handed the predictor in a variable, which Linux cuts off at
// 128 KiB: some 300 containers. What looks things up by name among them may then
// go through all of them.
const maxParts = 1000

// refuseSize reports predictors that no pod could be started for, and whether
// there are any.
func (l *inspector) refuseSize() bool {
	refused := false
	for i := range l.source.Spec.Predictors {
		pred, path := &l.source.Spec.Predictors[i], predictorPath(i)
		for _, part := range []struct {
			path *field.Path
			what string
			n    int
		}{
			{path.Child("graph"), "units", countUnits(&pred.Graph)},
			{path.Child("componentSpecs"), "component specs", len(pred.ComponentSpecs)},
			{path.Child("componentSpecs"), "containers", countContainers(pred)},
		} {
			if part.n > maxParts {
				l.tell(finding.TooLarge, part.path, "split the predictor", "%d %s: a predictor can have %d", part.n, part.what, maxParts)
				refused = true
			}
		}
	}
	return refused
}

func countUnits(u *seldon.Unit) int {
	n := 1
	for i := range u.Children {
		n += countUnits(&u.Children[i])
	}
	return n
}

func countContainers(pred *seldon.Predictor) int {
	n := 0
	for _, cs := range pred.ComponentSpecs {
		if cs != nil {
			n += len(cs.Spec.Containers) + len(cs.Spec.InitContainers) + len(cs.Spec.EphemeralContainers)
		}
	}
	return n
}
