package seldon

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// Kind and ListKind are the kinds of the API group.
const (
	Group    = "machinelearning.seldon.io"
	Kind     = "SeldonDeployment"
	ListKind = "SeldonDeploymentList"
)

// APIVersions returns the apiVersions a SeldonDeployment may have. They share
// one schema and one behaviour.
func APIVersions() []string {
	return []string{Group + "/v1", Group + "/v1alpha2", Group + "/v1alpha3"}
}

// Deployment is a SeldonDeployment.
type Deployment struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec            DeploymentSpec    `json:"spec,omitempty"`
	// Defaulted says that the defaults of the custom resource's schema are filled in,
	// as a decoder does it that can tell an absent field from an empty one. Without
	// it rendering fills in what is empty.
	Defaulted bool `json:"-"`
	// Status is accepted, because people pass what kubectl get printed, and ignored.
	Status *Ignored `json:"status,omitempty"`
}

// Ignored is a value that is accepted and not looked at.
type Ignored struct{}

// UnmarshalJSON accepts any value.
func (*Ignored) UnmarshalJSON([]byte) error { return nil }

// DeploymentSpec is the spec of a SeldonDeployment.
type DeploymentSpec struct {
	// Name is deprecated; it names the object in the operator's own messages.
	Name        string            `json:"name,omitempty"`
	Predictors  []Predictor       `json:"predictors"`
	OauthKey    string            `json:"oauth_key,omitempty"`
	OauthSecret string            `json:"oauth_secret,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
	// Protocol is seldon (also when empty), tensorflow, kfserving or v2.
	Protocol string `json:"protocol,omitempty"`
	// Transport is rest (also when empty) or grpc.
	Transport string `json:"transport,omitempty"`
	// Replicas is the least specific replica count.
	Replicas *int32 `json:"replicas,omitempty"`
	// ServerType is rpc (also when empty) or kafka.
	ServerType string `json:"serverType,omitempty"`
}

// Predictor is one inference graph with the pods that serve it.
type Predictor struct {
	Name            string                      `json:"name"`
	Graph           Unit                        `json:"graph"`
	ComponentSpecs  []*ComponentSpec            `json:"componentSpecs,omitempty"`
	Replicas        *int32                      `json:"replicas,omitempty"`
	Annotations     map[string]string           `json:"annotations,omitempty"`
	EngineResources corev1.ResourceRequirements `json:"engineResources,omitempty"`
	Labels          map[string]string           `json:"labels,omitempty"`
	SvcOrchSpec     SvcOrchSpec                 `json:"svcOrchSpec,omitempty"`
	// Traffic is a percentage.
	Traffic   int32      `json:"traffic,omitempty"`
	Explainer *Explainer `json:"explainer,omitempty"`
	// Shadow predictors get a copy of the traffic and their answers are dropped.
	Shadow bool `json:"shadow,omitempty"`
	SSL    *SSL `json:"ssl,omitempty"`
	// ProgressDeadlineSeconds is in seconds.
	ProgressDeadlineSeconds *int32 `json:"progressDeadlineSeconds,omitempty"`
}

// SSL names the Secret with the certificate of a predictor.
type SSL struct {
	CertSecretName string `json:"certSecretName,omitempty"`
}

// SvcOrchSpec configures the service orchestrator.
type SvcOrchSpec struct {
	Resources *corev1.ResourceRequirements `json:"resources,omitempty"`
	// Env may hold nil, which the operator crashes on.
	Env      []*corev1.EnvVar `json:"env,omitempty"`
	Replicas *int32           `json:"replicas,omitempty"`
}

// Explainer asks for an explainer next to the model. It is active only with a
// type.
type Explainer struct {
	Type                    string            `json:"type,omitempty"`
	ModelURI                string            `json:"modelUri,omitempty"`
	ServiceAccountName      string            `json:"serviceAccountName,omitempty"`
	ContainerSpec           corev1.Container  `json:"containerSpec,omitempty"`
	Config                  map[string]string `json:"config,omitempty"`
	Endpoint                *Endpoint         `json:"endpoint,omitempty"`
	EnvSecretRefName        string            `json:"envSecretRefName,omitempty"`
	StorageInitializerImage string            `json:"storageInitializerImage,omitempty"`
	Replicas                *int32            `json:"replicas,omitempty"`
	InitParameters          string            `json:"initParameters,omitempty"`
}

// ComponentSpec is a pod template with its scaling; it becomes a Deployment.
type ComponentSpec struct {
	Metadata PodMeta        `json:"metadata,omitempty"`
	Spec     corev1.PodSpec `json:"spec,omitempty"`
	HPASpec  *HPASpec       `json:"hpaSpec,omitempty"`
	Replicas *int32         `json:"replicas,omitempty"`
	KEDASpec *KEDASpec      `json:"kedaSpec,omitempty"`
	PDBSpec  *PDBSpec       `json:"pdbSpec,omitempty"`
}

// PodMeta is the metadata of a component spec. Only name, labels and
// annotations have an effect; the rest travels into ENGINE_PREDICTOR.
type PodMeta struct {
	metav1.ObjectMeta `json:",inline"`
	// ClusterName was dropped from Kubernetes' own type in 1.24.
	ClusterName string `json:"clusterName,omitempty"`
	// ManagedFields stand before those of ObjectMeta: few releases know them here.
	ManagedFields []metav1.ManagedFieldsEntry `json:"managedFields,omitempty"`
}

// PDBSpec asks for a PodDisruptionBudget.
type PDBSpec struct {
	MinAvailable   *intstr.IntOrString `json:"minAvailable,omitempty"`
	MaxUnavailable *intstr.IntOrString `json:"maxUnavailable,omitempty"`
}

// Unit is a node of the inference graph. Type, Implementation and Methods tell
// an absent value from an empty one: defaulting depends on it.
type Unit struct {
	// Name matches the container of the same name, if there is one.
	Name     string `json:"name"`
	Children []Unit `json:"children,omitempty"`
	// Type is one of the UnitType constants by convention; nothing enforces it.
	Type *string `json:"type,omitempty"`
	// Implementation is a built-in of the orchestrator or a prepackaged server.
	Implementation *string     `json:"implementation,omitempty"`
	Methods        *[]string   `json:"methods,omitempty"`
	Endpoint       *Endpoint   `json:"endpoint,omitempty"`
	Parameters     []Parameter `json:"parameters,omitempty"`
	// ModelURI says where the storage initializer fetches the model from.
	ModelURI                string  `json:"modelUri,omitempty"`
	ServiceAccountName      string  `json:"serviceAccountName,omitempty"`
	EnvSecretRefName        string  `json:"envSecretRefName,omitempty"`
	StorageInitializerImage string  `json:"storageInitializerImage,omitempty"`
	Logger                  *Logger `json:"logger,omitempty"`
}

// Endpoint is where a unit listens. For units with a container everything but
// Type is overwritten by defaulting.
type Endpoint struct {
	ServiceHost string `json:"service_host,omitempty"`
	ServicePort int32  `json:"service_port,omitempty"`
	// Type is REST or GRPC, in capitals; anything else counts as REST.
	Type     string `json:"type,omitempty"`
	HTTPPort int32  `json:"httpPort,omitempty"`
	GRPCPort int32  `json:"grpcPort,omitempty"`
}

// Parameter is handed to the unit in PREDICTIVE_UNIT_PARAMETERS.
type Parameter struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// Type is INT, FLOAT, DOUBLE, STRING or BOOL.
	Type string `json:"type"`
}

// Logger asks the orchestrator to log the payloads of a unit.
type Logger struct {
	URL *string `json:"url,omitempty"`
	// Mode is all, request or response.
	Mode string `json:"mode,omitempty"`
}
