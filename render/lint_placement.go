package render

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// lintPlacement looks for rules about other pods that select none.
func (l *inspector) lintPlacement(w *workload) {
	pod, path := w.pod(), podPath(w)
	for i := range pod.TopologySpreadConstraints {
		if pod.TopologySpreadConstraints[i].LabelSelector == nil {
			l.selectorMissing(path.Child("topologySpreadConstraints").Index(i))
		}
	}
	if pod.Affinity == nil {
		return
	}
	if a := pod.Affinity.PodAffinity; a != nil {
		l.lintAffinity(a.RequiredDuringSchedulingIgnoredDuringExecution, a.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity", "podAffinity"))
	}
	if a := pod.Affinity.PodAntiAffinity; a != nil {
		l.lintAffinity(a.RequiredDuringSchedulingIgnoredDuringExecution, a.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("affinity", "podAntiAffinity"))
	}
}

func (l *inspector) lintAffinity(required []corev1.PodAffinityTerm, preferred []corev1.WeightedPodAffinityTerm, path *field.Path) {
	for i := range required {
		if required[i].LabelSelector == nil {
			l.selectorMissing(path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i))
		}
	}
	for i := range preferred {
		if preferred[i].PodAffinityTerm.LabelSelector == nil {
			l.selectorMissing(path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i).Child("podAffinityTerm"))
		}
	}
}

func (l *inspector) selectorMissing(path *field.Path) {
	l.tell(finding.SelectorMissing, path, "", "without labelSelector the rule matches no pod")
}
