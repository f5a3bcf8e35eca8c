package seldon

import (
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// HPASpec asks for a HorizontalPodAutoscaler.
type HPASpec struct {
	MinReplicas *int32 `json:"minReplicas,omitempty"`
	MaxReplicas int32  `json:"maxReplicas"`
	// Metrics have the shape of autoscaling/v2beta1. A list that is present, even
	// an empty one, keeps MetricsV2 out.
	Metrics []MetricV2Beta1 `json:"metrics,omitempty"`
	// MetricsV2 have the shape of autoscaling/v2.
	MetricsV2 []autoscalingv2.MetricSpec `json:"metricsv2,omitempty"`
}

// MetricV2Beta1 is a MetricSpec of autoscaling/v2beta1, which k8s.io/api no
// longer has.
type MetricV2Beta1 struct {
	Type              string                   `json:"type"`
	Object            *ObjectMetric            `json:"object,omitempty"`
	Pods              *PodsMetric              `json:"pods,omitempty"`
	Resource          *ResourceMetric          `json:"resource,omitempty"`
	ContainerResource *ContainerResourceMetric `json:"containerResource,omitempty"`
	External          *ExternalMetric          `json:"external,omitempty"`
}

// ObjectMetric is a metric of one Kubernetes object.
type ObjectMetric struct {
	Target       CrossVersionObjectReference `json:"target"`
	MetricName   string                      `json:"metricName"`
	TargetValue  resource.Quantity           `json:"targetValue"`
	Selector     *metav1.LabelSelector       `json:"selector,omitempty"`
	AverageValue *resource.Quantity          `json:"averageValue,omitempty"`
}

// CrossVersionObjectReference names the object of an ObjectMetric.
type CrossVersionObjectReference struct {
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	APIVersion string `json:"apiVersion,omitempty"`
}

// PodsMetric is a metric averaged over the pods.
type PodsMetric struct {
	MetricName         string                `json:"metricName"`
	TargetAverageValue resource.Quantity     `json:"targetAverageValue"`
	Selector           *metav1.LabelSelector `json:"selector,omitempty"`
}

// ResourceMetric is a metric of the pods' resources.
type ResourceMetric struct {
	Name string `json:"name"`
	// TargetAverageUtilization is in percent of the request.
	TargetAverageUtilization *int32             `json:"targetAverageUtilization,omitempty"`
	TargetAverageValue       *resource.Quantity `json:"targetAverageValue,omitempty"`
}

// ContainerResourceMetric is a metric of one container's resources.
type ContainerResourceMetric struct {
	Name                     string             `json:"name"`
	TargetAverageUtilization *int32             `json:"targetAverageUtilization,omitempty"`
	TargetAverageValue       *resource.Quantity `json:"targetAverageValue,omitempty"`
	Container                string             `json:"container"`
}

// ExternalMetric is a metric from outside the cluster.
type ExternalMetric struct {
	MetricName         string                `json:"metricName"`
	MetricSelector     *metav1.LabelSelector `json:"metricSelector,omitempty"`
	TargetValue        *resource.Quantity    `json:"targetValue,omitempty"`
	TargetAverageValue *resource.Quantity    `json:"targetAverageValue,omitempty"`
}

// KEDASpec asks for a ScaledObject of KEDA.
type KEDASpec struct {
	// PollingInterval and CooldownPeriod are in seconds.
	PollingInterval  *int32          `json:"pollingInterval,omitempty"`
	CooldownPeriod   *int32          `json:"cooldownPeriod,omitempty"`
	MinReplicaCount  *int32          `json:"minReplicaCount,omitempty"`
	MaxReplicaCount  *int32          `json:"maxReplicaCount,omitempty"`
	Advanced         *ScalerAdvanced `json:"advanced,omitempty"`
	Triggers         []ScaleTrigger  `json:"triggers"`
	IdleReplicaCount *int32          `json:"idleReplicaCount,omitempty"`
	Fallback         *ScalerFallback `json:"fallback,omitempty"`
}

// ScalerAdvanced is the advanced part of a KEDASpec.
type ScalerAdvanced struct {
	HorizontalPodAutoscalerConfig *ScalerHPAConfig `json:"horizontalPodAutoscalerConfig,omitempty"`
	RestoreToOriginalReplicaCount bool             `json:"restoreToOriginalReplicaCount,omitempty"`
}

// ScalerHPAConfig configures the autoscaler that KEDA makes.
type ScalerHPAConfig struct {
	ResourceMetrics []*autoscalingv2.ResourceMetricSource          `json:"resourceMetrics,omitempty"`
	Behavior        *autoscalingv2.HorizontalPodAutoscalerBehavior `json:"behavior,omitempty"`
}

// ScaleTrigger is an event source.
type ScaleTrigger struct {
	Type              string            `json:"type"`
	Name              string            `json:"name,omitempty"`
	Metadata          map[string]string `json:"metadata"`
	AuthenticationRef *ScaledObjectAuth `json:"authenticationRef,omitempty"`
	MetricType        string            `json:"metricType,omitempty"`
}

// ScaledObjectAuth names the TriggerAuthentication of a trigger.
type ScaledObjectAuth struct {
	Name string `json:"name"`
	Kind string `json:"kind,omitempty"`
}

// ScalerFallback says what to do when a trigger cannot be read.
type ScalerFallback struct {
	FailureThreshold int32 `json:"failureThreshold"`
	Replicas         int32 `json:"replicas"`
}
