package render

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// lintPlacement looks for rules about other pods that select none.
func (p *plan) lintPlacement(w *workload) {
	pod, path := w.pod(), podPath(w)
	rules := path.Child("topologySpreadConstraints")
	for i := range pod.TopologySpreadConstraints {
		if pod.TopologySpreadConstraints[i].LabelSelector == nil {
			p.selectorMissing(rules.Index(i))
		}
	}
	if pod.Affinity == nil {
		return
	}
	if a := pod.Affinity.PodAffinity; a != nil {
		p.lintAffinity(a.RequiredDuringSchedulingIgnoredDuringExecution, a.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity", "podAffinity"))
	}
	if a := pod.Affinity.PodAntiAffinity; a != nil {
		p.lintAffinity(a.RequiredDuringSchedulingIgnoredDuringExecution, a.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity", "podAntiAffinity"))
	}
}

func (p *plan) lintAffinity(required []corev1.PodAffinityTerm, preferred []corev1.WeightedPodAffinityTerm, path *field.Path) {
	for i := range required {
		if required[i].LabelSelector == nil {
			p.selectorMissing(path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i))
		}
	}
	for i := range preferred {
		if preferred[i].PodAffinityTerm.LabelSelector == nil {
			p.selectorMissing(path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i).Child("podAffinityTerm"))
		}
	}
}

func (p *plan) selectorMissing(path *field.Path) {
	p.tell(finding.SelectorMissing, path, "", "without labelSelector the rule matches no pod")
}
