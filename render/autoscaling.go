package render

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// scale adds what scales a Deployment and guards it against disruption
// (docs/behaviour/core.md, 12.2; docs/behaviour/differences.md, 14).
func (p *plan) scale(cs *seldon.ComponentSpec, w *workload) {
	name := w.Metadata.Name
	switch {
	case cs.KEDASpec != nil:
		// A cluster without KEDA never sees the ScaledObject.
		if p.r.settings.keda {
			p.scaledObjects = append(p.scaledObjects, newObject(p, "keda.sh/v1alpha1", "ScaledObject", name, p.idLabel(),
				scaledObjectSpec{scaleTarget: deploymentTarget(name), KEDASpec: *cs.KEDASpec}))
		}
	case cs.HPASpec != nil:
		p.autoscalers = append(p.autoscalers, p.autoscaler(cs.HPASpec, name))
	}
	if cs.PDBSpec != nil {
		p.budgets = append(p.budgets, newObject(p, p.pdbVersion(), "PodDisruptionBudget", name, p.idLabel(),
			pdbSpec{
				MinAvailable:   cs.PDBSpec.MinAvailable,
				MaxUnavailable: cs.PDBSpec.MaxUnavailable,
				// Quirk (docs/behaviour/core.md, 12.2): all pods of the SeldonDeployment.
				Selector: metav1.LabelSelector{MatchLabels: p.idLabel()},
			}))
	}
}

type scaleTarget struct {
	ScaleTargetRef targetRef `json:"scaleTargetRef"`
}

type targetRef struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Name       string `json:"name"`
}

func deploymentTarget(name string) scaleTarget {
	return scaleTarget{targetRef{"apps/v1", "Deployment", name}}
}

type scaledObjectSpec struct {
	scaleTarget     `json:",inline"`
	seldon.KEDASpec `json:",inline"`
}

type pdbSpec struct {
	MinAvailable   *intstr.IntOrString  `json:"minAvailable,omitempty"`
	MaxUnavailable *intstr.IntOrString  `json:"maxUnavailable,omitempty"`
	Selector       metav1.LabelSelector `json:"selector"`
}

// hpaSpec is the spec of a HorizontalPodAutoscaler of any version; they differ
// in the metrics.
type hpaSpec[Metric any] struct {
	scaleTarget `json:",inline"`
	MinReplicas *int32   `json:"minReplicas,omitempty"`
	MaxReplicas int32    `json:"maxReplicas"`
	Metrics     []Metric `json:"metrics,omitempty"`
}

// hpaSpecV2 has what only a platform's rules say; the operator has no setting for
// it, and autoscaling/v2beta1 no field.
type hpaSpecV2 struct {
	hpaSpec[autoscalingv2.MetricSpec] `json:",inline"`
	Behavior                          *autoscalingv2.HorizontalPodAutoscalerBehavior `json:"behavior,omitempty"`
}

// autoscaler writes the metrics in the shape of its version.
//
// Quirk (docs/behaviour/differences.md, 14): metrics that are present, even
// empty, keep metricsv2 out.
func (p *plan) autoscaler(hpa *seldon.HPASpec, name string) manifest.Object {
	const kind = "HorizontalPodAutoscaler"
	version := p.hpaVersion()
	if version == hpaV2Beta1 {
		return newObject(p, version, kind, name, p.idLabel(), hpaSpec[seldon.MetricV2Beta1]{
			deploymentTarget(name), hpa.MinReplicas, hpa.MaxReplicas, hpa.Metrics,
		})
	}
	metrics := hpa.MetricsV2
	if hpa.Metrics != nil {
		metrics = make([]autoscalingv2.MetricSpec, len(hpa.Metrics))
		for i := range hpa.Metrics {
			metrics[i] = convertMetric(&hpa.Metrics[i])
		}
	}
	return newObject(p, version, kind, name, p.idLabel(), hpaSpecV2{hpaSpec: hpaSpec[autoscalingv2.MetricSpec]{
		deploymentTarget(name), hpa.MinReplicas, hpa.MaxReplicas, metrics,
	}})
}

// convertMetric turns a metric of autoscaling/v2beta1 into one of v2
// (docs/behaviour/differences.md, 14).
func convertMetric(m *seldon.MetricV2Beta1) autoscalingv2.MetricSpec {
	out := autoscalingv2.MetricSpec{Type: metricType(m.Type)}
	if r := m.Resource; r != nil {
		out.Resource = &autoscalingv2.ResourceMetricSource{
			Name: resourceName(r.Name), Target: utilization(r.TargetAverageUtilization, r.TargetAverageValue),
		}
	}
	if r := m.ContainerResource; r != nil {
		out.ContainerResource = &autoscalingv2.ContainerResourceMetricSource{
			Name: resourceName(r.Name), Container: r.Container,
			Target: utilization(r.TargetAverageUtilization, r.TargetAverageValue),
		}
	}
	if pods := m.Pods; pods != nil {
		out.Pods = &autoscalingv2.PodsMetricSource{
			Metric: autoscalingv2.MetricIdentifier{Name: pods.MetricName, Selector: pods.Selector},
			Target: autoscalingv2.MetricTarget{Type: autoscalingv2.AverageValueMetricType, AverageValue: &pods.TargetAverageValue},
		}
	}
	if o := m.Object; o != nil {
		out.Object = convertObjectMetric(o)
	}
	if e := m.External; e != nil {
		out.External = &autoscalingv2.ExternalMetricSource{
			Metric: autoscalingv2.MetricIdentifier{Name: e.MetricName, Selector: e.MetricSelector},
			Target: autoscalingv2.MetricTarget{
				Type:  valueOr(e.TargetValue, autoscalingv2.ValueMetricType, autoscalingv2.AverageValueMetricType),
				Value: e.TargetValue, AverageValue: e.TargetAverageValue,
			},
		}
	}
	return out
}

func convertObjectMetric(o *seldon.ObjectMetric) *autoscalingv2.ObjectMetricSource {
	return &autoscalingv2.ObjectMetricSource{
		DescribedObject: autoscalingv2.CrossVersionObjectReference{
			Kind: o.Target.Kind, Name: o.Target.Name, APIVersion: o.Target.APIVersion,
		},
		Metric: autoscalingv2.MetricIdentifier{Name: o.MetricName, Selector: o.Selector},
		Target: autoscalingv2.MetricTarget{
			Type: valueOr(o.AverageValue, autoscalingv2.AverageValueMetricType, autoscalingv2.ValueMetricType),
			// Quirk (docs/behaviour/differences.md, 14): written even where none was given.
			Value: &o.TargetValue, AverageValue: o.AverageValue,
		},
	}
}

// metricType keeps the known types; anything else becomes Object.
func metricType(t string) autoscalingv2.MetricSourceType {
	switch known := autoscalingv2.MetricSourceType(t); known {
	case autoscalingv2.PodsMetricSourceType, autoscalingv2.ResourceMetricSourceType,
		autoscalingv2.ContainerResourceMetricSourceType, autoscalingv2.ExternalMetricSourceType:
		return known
	}
	return autoscalingv2.ObjectMetricSourceType
}

func utilization(percent *int32, value *resource.Quantity) autoscalingv2.MetricTarget {
	return autoscalingv2.MetricTarget{
		Type:               valueOr(value, autoscalingv2.AverageValueMetricType, autoscalingv2.UtilizationMetricType),
		AverageUtilization: percent, AverageValue: value,
	}
}

// valueOr returns with where a quantity is given, else without.
func valueOr(q *resource.Quantity, with, without autoscalingv2.MetricTargetType) autoscalingv2.MetricTargetType {
	if q != nil {
		return with
	}
	return without
}
