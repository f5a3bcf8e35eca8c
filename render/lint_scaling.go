package render

import (
	"slices"

	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// components calls look with every component spec of what is rendered, the
// fields that the release does not know left out.
func (l *inspector) components(look func(i, j int, cs *seldon.ComponentSpec)) {
	for i := range l.sd.Spec.Predictors {
		for j, cs := range l.sd.Spec.Predictors[i].ComponentSpecs {
			if cs != nil {
				look(i, j, cs)
			}
		}
	}
}

// lintScaling looks at what scales component specs.
func (l *inspector) lintScaling() {
	l.components(func(i, j int, cs *seldon.ComponentSpec) {
		if cs.KEDASpec == nil && cs.HPASpec == nil && cs.PDBSpec == nil {
			return
		}
		path := componentPath(i, j)
		if cs.KEDASpec != nil && !l.r.settings.keda {
			l.tell(finding.ScalerOff, path.Child("kedaSpec"), "set keda.enabled to true in the values",
				"KEDA is disabled, so the Deployment has neither replicas nor a scaler")
		}
		if cs.KEDASpec != nil && cs.HPASpec != nil {
			l.tell(finding.HPAIgnored, path.Child("hpaSpec"), "", "hpaSpec is ignored because kedaSpec is set")
		} else if cs.HPASpec != nil {
			l.lintAutoscaler(cs.HPASpec, path.Child("hpaSpec"))
		}
		if cs.Replicas != nil && (cs.KEDASpec != nil || cs.HPASpec != nil) {
			l.tell(finding.ReplicasIgnored, path.Child("replicas"), "", "replicas is ignored because an autoscaler is set")
		}
		if pdb := cs.PDBSpec; pdb != nil && pdb.MinAvailable != nil && pdb.MaxUnavailable != nil {
			l.tell(finding.BudgetForm, path.Child("pdbSpec"), "", "minAvailable and maxUnavailable are mutually exclusive")
		}
	})
}

func (l *inspector) lintAutoscaler(hpa *seldon.HPASpec, path *field.Path) {
	switch least := hpa.MinReplicas; {
	case hpa.MaxReplicas < 1:
		l.tell(finding.AutoscalerBounds, path.Child("maxReplicas"), "", "maxReplicas must be at least 1, not %d", hpa.MaxReplicas)
	case least != nil && *least < 1:
		l.tell(finding.AutoscalerBounds, path.Child("minReplicas"), "", "minReplicas must be at least 1, not %d", *least)
	case least != nil && *least > hpa.MaxReplicas:
		l.tell(finding.AutoscalerBounds, path.Child("maxReplicas"), "", "maxReplicas (%d) is less than minReplicas (%d)", hpa.MaxReplicas, *least)
	}
	if hpa.Metrics != nil && len(hpa.MetricsV2) > 0 {
		l.tell(finding.MetricsIgnored, path.Child("metricsv2"), "remove hpaSpec.metrics, even if it is empty",
			"metricsv2 is ignored because hpaSpec.metrics is set")
	}
	for i := range hpa.Metrics {
		m := convertMetric(&hpa.Metrics[i])
		l.lintMetric(&m, path.Child("metrics").Index(i))
	}
	if hpa.Metrics == nil {
		for i := range hpa.MetricsV2 {
			l.lintMetric(&hpa.MetricsV2[i], path.Child("metricsv2").Index(i))
		}
	}
}

// lintMetric looks for a resource that clusters do not measure, and for what the
// API server checks in a metric of autoscaling/v2.
func (l *inspector) lintMetric(m *autoscalingv2.MetricSpec, path *field.Path) {
	measured := func(name corev1.ResourceName, path *field.Path) {
		known := []string{string(corev1.ResourceCPU), string(corev1.ResourceMemory)}
		if !slices.Contains(known, string(name)) {
			l.tell(finding.AutoscalerMetric, path.Child("name"), meantOr(string(name), known), "unknown resource %q: clusters measure cpu and memory", name)
		}
	}
	if m.Resource != nil {
		measured(m.Resource.Name, path.Child("resource"))
	}
	if m.ContainerResource != nil {
		measured(m.ContainerResource.Name, path.Child("containerResource"))
	}
	if l.hpaVersion() == hpaV2Beta1 {
		return
	}
	var target *autoscalingv2.MetricTarget
	switch {
	case m.Type == autoscalingv2.ResourceMetricSourceType && m.Resource != nil:
		target = &m.Resource.Target
	case m.Type == autoscalingv2.ContainerResourceMetricSourceType && m.ContainerResource != nil:
		target = &m.ContainerResource.Target
	case m.Type == autoscalingv2.PodsMetricSourceType && m.Pods != nil:
		target = &m.Pods.Target
	case m.Type == autoscalingv2.ObjectMetricSourceType && m.Object != nil:
		target = &m.Object.Target
	case m.Type == autoscalingv2.ExternalMetricSourceType && m.External != nil:
		target = &m.External.Target
	default:
		l.tell(finding.AutoscalerMetric, path, "", "a metric of type %s requires the field for that type", m.Type)
		return
	}
	perResource := m.Resource != nil || m.ContainerResource != nil
	positive := func(q *resource.Quantity) bool { return q == nil || q.Sign() > 0 }
	switch n := count(target.AverageUtilization != nil) + count(target.AverageValue != nil) + count(target.Value != nil); {
	case n == 0:
		l.tell(finding.AutoscalerMetric, path, "", "the metric has no target")
	case !positive(target.Value) || !positive(target.AverageValue):
		l.tell(finding.AutoscalerMetric, path, "", "the target of the metric must be greater than 0")
	case target.AverageUtilization != nil && *target.AverageUtilization < 1:
		l.tell(finding.AutoscalerMetric, path, "", "the target of the metric must be greater than 0")
	case n > 1 && (perResource || m.External != nil):
		l.tell(finding.AutoscalerMetric, path, "", "the metric has more than one target")
	}
}

// count is 1 for a condition that holds.
func count(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// lintReplicas looks for counts that the API server refuses.
func (l *inspector) lintReplicas() {
	spec := field.NewPath
	check := func(n *int32, path func() *field.Path) {
		if n != nil && *n < 0 {
			l.tell(finding.ReplicaCount, path(), "", "replicas must not be negative, but is %d", *n)
		}
	}
	check(l.source.Spec.Replicas, func() *field.Path { return spec("spec", "replicas") })
	for i := range l.sd.Spec.Predictors {
		pred := &l.sd.Spec.Predictors[i]
		check(pred.Replicas, func() *field.Path { return predictorPath(i).Child("replicas") })
		check(pred.SvcOrchSpec.Replicas, func() *field.Path { return predictorPath(i).Child("svcOrchSpec", "replicas") })
		if pred.Explained() {
			check(pred.Explainer.Replicas, func() *field.Path { return predictorPath(i).Child("explainer", "replicas") })
		}
		if n := pred.ProgressDeadlineSeconds; n != nil && *n <= 0 {
			l.tell(finding.ReplicaCount, predictorPath(i).Child("progressDeadlineSeconds"), "", "progressDeadlineSeconds must be positive, not %d", *n)
		}
	}
	l.components(func(i, j int, cs *seldon.ComponentSpec) {
		check(cs.Replicas, func() *field.Path { return componentPath(i, j).Child("replicas") })
	})
}

// lintBudgets looks for disruption budgets that meant one component spec only.
func (l *inspector) lintBudgets() {
	if len(l.budgets) == 0 {
		return
	}
	pods := 0
	for _, w := range l.deployments {
		pods += count(w.Spec.Template.Labels[seldon.LabelDeploymentID] == l.id)
	}
	n := 0
	l.components(func(i, j int, cs *seldon.ComponentSpec) {
		if cs.PDBSpec == nil || pods < 2 {
			return
		}
		path := componentPath(i, j).Child("pdbSpec")
		if n++; n > 1 {
			l.tell(finding.BudgetsOverlap, path, "",
				"this disruption budget also selects all pods of the SeldonDeployment: Kubernetes does not evict a pod that has two budgets")
		} else {
			l.tell(finding.BudgetSelectsAll, path, "", "the disruption budget selects the pods of all %d Deployments", pods)
		}
	})
}
