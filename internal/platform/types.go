package platform

import (
	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/seldon"
)

// Kind and APIVersion are those of a platform file.
const (
	Kind       = "SeldonPlatform"
	APIVersion = "seldonctl.io/v1alpha1"
)

// file is a document of a platform file.
type file struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        metadata `json:"metadata,omitempty"`
	Spec            spec     `json:"spec"`
}

type metadata struct {
	Name        string            `json:"name,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type spec struct {
	Rules []rule `json:"rules"`
}

// rule says what is given to what it matches.
type rule struct {
	// Name is for messages.
	Name  string `json:"name,omitempty"`
	Match match  `json:"match,omitempty"`
	// Defaults give way to what the SeldonDeployment says, Enforce does not.
	Defaults fragments `json:"defaults,omitempty"`
	Enforce  fragments `json:"enforce,omitempty"`

	// PodSecurity is a Pod Security Standard: restricted or baseline.
	PodSecurity      string    `json:"podSecurity,omitempty"`
	ImagePullSecrets []string  `json:"imagePullSecrets,omitempty"`
	CABundle         *caBundle `json:"caBundle,omitempty"`
	// Mirrors are FROM=TO, Lock has a digest for each image.
	Mirrors        []string          `json:"mirrors,omitempty"`
	Lock           map[string]string `json:"lock,omitempty"`
	TopologySpread *topologySpread   `json:"topologySpread,omitempty"`
	Budget         *budget           `json:"budget,omitempty"`
	PodMonitor     *podMonitor       `json:"podMonitor,omitempty"`
}

// match says what a rule is for. What is left out matches everything; all that is
// given must match.
type match struct {
	// Namespaces and Names are patterns of path.Match.
	Namespaces []string `json:"namespaces,omitempty"`
	Names      []string `json:"names,omitempty"`
	// Labels are those of the SeldonDeployment.
	Labels *metav1.LabelSelector `json:"labels,omitempty"`
	// Implementations are servers such as TRITON_SERVER; ModelURIs are prefixes.
	Implementations []string `json:"implementations,omitempty"`
	ModelURIs       []string `json:"modelUris,omitempty"`
	// Releases are tags such as 1.18.2, or minors such as 1.18.
	Releases []string `json:"releases,omitempty"`
	// Shadow and Explainer are traits of the predictor.
	Shadow    *bool `json:"shadow,omitempty"`
	Explainer *bool `json:"explainer,omitempty"`
}

// fragments are parts of objects by the role of what they are merged into.
type fragments struct {
	Pod          *podFragment        `json:"pod,omitempty"`
	Initializer  *corev1.Container   `json:"initializer,omitempty"`
	Orchestrator *corev1.Container   `json:"orchestrator,omitempty"`
	Server       *corev1.Container   `json:"server,omitempty"`
	Explainer    *corev1.Container   `json:"explainer,omitempty"`
	Deployment   *deploymentFragment `json:"deployment,omitempty"`
	Service      *serviceFragment    `json:"service,omitempty"`
	Autoscaler   *autoscalerFragment `json:"autoscaler,omitempty"`
	// ScaledObject is what KEDA scales by in place of an autoscaler.
	ScaledObject *scaledObjectFragment `json:"scaledObject,omitempty"`
	Budget       *budgetFragment       `json:"budget,omitempty"`
}

type labelled struct {
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// specified is an object's metadata and its spec.
type specified[Spec any] struct {
	Metadata labelled `json:"metadata,omitempty"`
	Spec     Spec     `json:"spec,omitempty"`
}

type (
	podFragment          = specified[corev1.PodSpec]
	deploymentFragment   = specified[appsv1.DeploymentSpec]
	serviceFragment      = specified[corev1.ServiceSpec]
	autoscalerFragment   = specified[autoscalingv2.HorizontalPodAutoscalerSpec]
	scaledObjectFragment = specified[seldon.KEDASpec]
	budgetFragment       = specified[budgetSize]
)

// budgetSize is a PodDisruptionBudget without its selector.
type budgetSize struct {
	MinAvailable   *intstr.IntOrString `json:"minAvailable,omitempty"`
	MaxUnavailable *intstr.IntOrString `json:"maxUnavailable,omitempty"`
}
