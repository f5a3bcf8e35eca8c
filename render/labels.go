package render

import (
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// roleLabels calls set with the labels that tell what a unit is and how much
// traffic its predictor has (docs/behaviour/core.md, 7). The unit may be nil.
func (p *subject) roleLabels(pred *predictorPlan, u *seldon.Unit, set func(key, value string)) {
	switch {
	case u != nil && u.Type != nil:
		if label := typeLabel(*u.Type); label != "" {
			set(label, "true")
		}
	case pred.Explained():
		// Quirk (docs/behaviour/core.md, 7): so is the pod of a sidecar.
		set(seldon.LabelExplainer, "true")
	}
	every := p.release.Pods.TrafficLabels == release.LabelEveryTraffic
	if pred.Shadow {
		set(seldon.LabelShadow, "true")
	} else if every && (pred.Traffic >= 50 || pred.Traffic == 0) {
		set(seldon.LabelDefault, "true")
	}
	if every && pred.Traffic > 0 && pred.Traffic < 50 {
		set(seldon.LabelCanary, "true")
	}
	set(seldon.LabelManagedBy, "seldon-core")
}

func typeLabel(unitType string) string {
	switch unitType {
	case seldon.Router:
		return seldon.LabelRouter
	case seldon.Combiner:
		return seldon.LabelCombiner
	case seldon.Model:
		return seldon.LabelModel
	case seldon.Transformer:
		return seldon.LabelTransformer
	case seldon.OutputTransformer:
		return seldon.LabelOutputTransformer
	}
	return ""
}
