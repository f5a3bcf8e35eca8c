package release

import (
	"slices"

	"github.com/seldonctl/seldonctl/templates"
)

// Release is one release of Seldon Core, described by what its operator does.
// A Release is a value: nothing compares version numbers, every difference
// between releases has a name and is a field here. The comment on each field
// gives the rule and its section in docs/behaviour.
type Release struct {
	// Version is the release's number, such as 1.7.0.
	Version string
	// ImageTag is the tag of the images that the release's chart installs: the
	// version, but for charts that were not raised.
	ImageTag string
	// License is the SPDX identifier of the licence of those images.
	License string
	// Values are the default values of the release's Helm chart, in the order in
	// which they are written.
	Values []templates.Value
	// KubernetesAPI is the version of the Kubernetes types the operator was built
	// with; fields that came later never reach its objects.
	KubernetesAPI string
	// UnknownFields are the fields of our types that the release does not have.
	UnknownFields FieldMask
	// Pruned are fields that the operator has, and the schema of its custom resource
	// has not, so that a cluster drops them before the operator sees them.
	Pruned FieldMask
	// Variables are the manager's environment variables that the operator reads.
	Variables []Variable

	Annotations  AnnotationLookup
	Defaulting   Defaulting
	Validation   Validation
	Pods         Pods
	UnitEnv      []UnitVariable
	Servers      Servers
	Storage      Storage
	Orchestrator Orchestrator
	Scaling      Scaling
	Istio        Istio
	Ambassador   AmbassadorForms
	Explainers   Explainers

	// charts are the files of package templates that make up Values, and unknown
	// the rows of UnknownFields about package seldon, until the release is complete.
	charts  []string
	unknown FieldMask
}

// AnnotationLookup says where deployment-wide annotations are read from
// (differences.md, 12).
type AnnotationLookup int

// Deployment-wide annotations are read from spec.annotations, or from there
// and then from metadata.annotations.
const (
	SpecAnnotations AnnotationLookup = iota + 1
	SpecThenMetadataAnnotations
)

// Defaulting is what the operator fills in before it builds objects.
type Defaulting struct {
	// Webhook (releases.md, 3): whether objects are completed before validation.
	Webhook Webhook
	// Containers (differences.md, 3): whether unit containers get the defaults a
	// cluster would give them.
	Containers ContainerDefaults
	// SeparateHosts (core.md, 3.4; differences.md, 3): when the separate-pod
	// annotation keeps units from being reached at localhost.
	SeparateHosts SeparateHosts
	// PrepackagedHost (core.md, 3.5; differences.md, 3): which pod the host of a
	// prepackaged unit is derived from.
	PrepackagedHost PrepackagedHost
	// HostSuffix (differences.md, 2) ends the in-cluster name of a unit's Service.
	HostSuffix string
}

// Webhook says what the operator's webhook does to an object.
type Webhook int

// The webhook validates what the user wrote; or it completes that first, and
// what it has stored is completed once more before objects are built.
const (
	ValidateAsWritten Webhook = iota + 1
	DefaultBeforeValidation
)

// ContainerDefaults says what is filled into a unit's container.
type ContainerDefaults int

// Pull policy and termination message settings of a unit's container stay
// empty, or get the values a cluster would give them.
const (
	LeaveContainerDefaults ContainerDefaults = iota + 1
	FillContainerDefaults
)

// SeparateHosts says which form of the separate-pod annotation counts while
// hosts are assigned.
type SeparateHosts int

// The annotation counts when its key is present, or when its value is true.
const (
	SeparateWhenPresent SeparateHosts = iota + 1
	SeparateWhenTrue
)

// PrepackagedHost says which pod a prepackaged unit is thought to live in.
type PrepackagedHost int

// A prepackaged unit counts as living in the first pod, or in the pod that
// holds its container.
const (
	HostOfFirstPod PrepackagedHost = iota + 1
	HostOfOwnPod
)

// Validation is what the operator's webhook refuses.
type Validation struct {
	// Protocols are the values spec.protocol may have, besides the empty one.
	Protocols []string
	// SvcNames (differences.md, 4): whether predictors may share a seldon.io/svc-name.
	SvcNames SvcNames
	// UntypedUnit (core.md, 4): what happens to a unit of the user's own without a type.
	UntypedUnit UntypedUnit
	// NoModelURI lists the servers that need no modelUri.
	NoModelURI []string
	// NoTensorflow lists the servers refused under the tensorflow protocol.
	NoTensorflow []string
	// Traffic (differences.md, 4): which predictors' traffic must add up to 100.
	Traffic TrafficSum
}

// SvcNames says whether a repeated seldon.io/svc-name is refused.
type SvcNames int

// Predictors may share a seldon.io/svc-name, or a repetition is refused.
const (
	AllowSameSvcName SvcNames = iota + 1
	RefuseSameSvcName
)

// UntypedUnit says what validation does with a unit that has neither type nor
// implementation.
type UntypedUnit int

// A unit of the user's own without type is refused (the webhook crashes on it),
// or accepted.
const (
	RefuseUntypedUnit UntypedUnit = iota + 1
	AcceptUntypedUnit
)

// TrafficSum says whose traffic counts.
type TrafficSum int

// The traffic of all predictors counts, or that of those that are not shadows
// (and a shadow's own must then be a percentage).
const (
	SumAllTraffic TrafficSum = iota + 1
	SumLiveTraffic
)

// Pods is how Deployments, their pods and Services are labelled and built.
type Pods struct {
	// Strategy (differences.md, 5): whether the update strategy names its type.
	Strategy Strategy
	// SecurityContext (core.md, 5.6; differences.md, 5): whether a component spec's own survives.
	SecurityContext PodSecurityContext
	// TrafficLabels (core.md, 7; differences.md, 5): which of default, canary and shadow are written.
	TrafficLabels TrafficLabels
	// ServiceLabel (core.md, 6.2; differences.md, 6): the key that container Services select by.
	ServiceLabel ServiceLabel
	// PredictorAnnotations (core.md, 5.3; differences.md, 5): what happens to them
	// on the Deployment that receives the orchestrator.
	PredictorAnnotations PredictorAnnotations
	// ServiceAnnotations (releases.md, 2): whether Services get the predictor's.
	ServiceAnnotations ServiceAnnotations
	// Metadata (releases.md, 6): whether a cluster keeps that of component specs,
	// which every operator would use.
	Metadata PodMetadata
}

// Strategy says how the update strategy is written.
type Strategy int

// The update strategy has no type, or is written as RollingUpdate.
const (
	UntypedStrategy Strategy = iota + 1
	RollingUpdateStrategy
)

// PodSecurityContext says whose pod security context is used.
type PodSecurityContext int

// The default user's security context replaces the component spec's, or is
// used where the component spec has none.
const (
	ReplacePodSecurityContext PodSecurityContext = iota + 1
	KeepPodSecurityContext
)

// TrafficLabels says which labels tell a predictor's share of the traffic.
type TrafficLabels int

// Labels tell default, canary and shadow predictors apart, or shadows only.
const (
	LabelEveryTraffic TrafficLabels = iota + 1
	LabelShadowTraffic
)

// ServiceLabel says how a container Service finds its pod.
type ServiceLabel int

// All containers of a pod share the label seldon-app-svc (the last one wins),
// also next to a seldon-app label on the Service; or each has a key of its own,
// next to that label.
const (
	SharedServiceLabel ServiceLabel = iota + 1
	SharedServiceLabelWithApp
	ServiceLabelPerContainer
)

// PredictorAnnotations says what the orchestrator's Deployment gets.
type PredictorAnnotations int

// The values of predictor annotations become annotation keys of the template,
// or the annotations are written once more over Deployment and template.
const (
	AnnotationValuesAsKeys PredictorAnnotations = iota + 1
	AnnotationsWrittenAgain
)

// ServiceAnnotations says what Services get of the predictor's annotations.
type ServiceAnnotations int

// Services have no annotations but those of an ingress, or the predictor's too.
const (
	PlainServices ServiceAnnotations = iota + 1
	AnnotatedServices
)

// PodMetadata says what a cluster does with the metadata of component specs.
type PodMetadata int

// The custom resource's schema does not list what metadata has, so that a cluster
// drops it, or does.
const (
	PodMetadataDropped PodMetadata = iota + 1
	PodMetadataKept
)

// Storage is how models get into pods.
type Storage struct {
	// Units (core.md, 9; differences.md, 9): which units get a storage initializer.
	Units StorageUnits
	// Image is used where neither unit nor values name one.
	Image string
	// UnitImage (core.md, 1; differences.md, 1.1): whether a cluster keeps a unit's
	// own image, which every operator would use.
	UnitImage UnitImage
	// Flavour says which program the release's default image holds (credentials.md).
	Flavour Initializer
	// Principals (credentials.md, 5.3): how rclone, in that image, is told who asks
	// Azure. It has no meaning for the kfserving initializer.
	Principals Principals
}

// Principals says where rclone reads service principals of Azure, and with them
// the identities of pods.
type Principals int

// They are in a file only, up to rclone 1.59; or in variables too, in 1.64.
const (
	PrincipalsInFile Principals = iota + 1
	PrincipalsInVariables
)

// StorageUnits says which units get a storage initializer.
type StorageUnits int

// Prepackaged units get a storage initializer, or every unit with a modelUri.
const (
	PrepackagedUnits StorageUnits = iota + 1
	UnitsWithModelURI
)

// UnitImage says what a cluster does with a unit's storageInitializerImage.
type UnitImage int

// The operator does not know the field; or it does and the custom resource's
// schema lacks it, so that a cluster drops it; or both have it.
const (
	UnitImageUnknown UnitImage = iota + 1
	UnitImageDropped
	UnitImageKept
)

// Scaling is which API versions the operator writes.
type Scaling struct {
	// HPA (core.md, 12.2; differences.md, 14) is the shape of HorizontalPodAutoscalers.
	HPA HPAVersion
	// PDB is the apiVersion of PodDisruptionBudgets.
	PDB PDBVersion
	// Stabilization (differences.md, 1.2): how the orchestrator is shown a KEDA
	// behavior without stabilizationWindowSeconds.
	Stabilization Stabilization
}

// Stabilization says how an absent stabilization window is written.
type Stabilization int

// A stabilization window that is absent is written as null, or not at all.
const (
	NullStabilization Stabilization = iota + 1
	OmitStabilization
)

// HPAVersion is a version of the autoscaling API group.
type HPAVersion int

// HorizontalPodAutoscalers are autoscaling/v2beta1 or autoscaling/v2.
const (
	HPAv2beta1 HPAVersion = iota + 1
	HPAv2
)

// PDBVersion is a version of the policy API group.
type PDBVersion int

// PodDisruptionBudgets are policy/v1beta1 or policy/v1.
const (
	PDBv1beta1 PDBVersion = iota + 1
	PDBv1
)

// Istio is how traffic is routed with Istio.
type Istio struct {
	// VirtualServices (orchestrator-ingress.md, 6; differences.md, 15).
	VirtualServices VirtualServices
	// GRPCPaths is the regular expression of the gRPC route.
	GRPCPaths string
	// Hosts says whether seldon.io/istio-host is read, and ExplainerHosts whether
	// it is for explainers.
	Hosts, ExplainerHosts IstioHosts
	// DestinationSuffix follows <service>.<namespace> in destination hosts; empty
	// means the short name without namespace.
	DestinationSuffix string
	// MirrorShare says whether a shadow's traffic becomes a mirror percentage.
	MirrorShare MirrorShare
}

// VirtualServices says how many VirtualServices a SeldonDeployment has.
type VirtualServices int

// There is one VirtualService for each transport, or one with both routes.
const (
	VirtualServicePerTransport VirtualServices = iota + 1
	SingleVirtualService
)

// IstioHosts says which hosts a VirtualService has.
type IstioHosts int

// VirtualServices are for all hosts, for the one that an annotation's whole text
// is, or for those that it lists.
const (
	AllIstioHosts IstioHosts = iota + 1
	AnnotatedIstioHost
	AnnotatedIstioHosts
)

// MirrorShare says how much traffic a shadow gets.
type MirrorShare int

// A shadow mirrors all traffic, or the percentage it names.
const (
	MirrorAll MirrorShare = iota + 1
	MirrorPercentage
)

// AmbassadorForms says how Ambassador is configured (orchestrator-ingress.md,
// 7; differences.md, 16).
type AmbassadorForms int

// Ambassador is configured by an annotation only, or by an annotation or
// Mapping objects as the values have it.
const (
	AmbassadorAnnotation AmbassadorForms = iota + 1
	AmbassadorAnnotationOrMappings
)

// Explainers is how explainers are run (orchestrator-ingress.md, 8;
// differences.md, 17).
type Explainers struct {
	// Modes says which servers run explainers.
	Modes ExplainerModes
	// MLServerImage is the variable with the image of those in MLServer; empty
	// where there are none.
	MLServerImage string
	// ModelName is the name an Alibi explainer asks for.
	ModelName ExplainerModelName
	// Env says which variables an Alibi explainer gets.
	Env ExplainerEnv
	// ServiceLabel says what the label seldon-app of an explainer's Service names.
	ServiceLabel ExplainerServiceLabel
	// Replicas says whether an explainer can have several pods.
	Replicas ExplainerReplicas
	// ServiceAccount says what an explainer's service account is for.
	ServiceAccount ExplainerServiceAccount
	// Scraping says whether Prometheus is to scrape explainers.
	Scraping ExplainerScraping
	// EnvSecret says whether the values' default secret reaches the explainer's storage initializer.
	EnvSecret ExplainerEnvSecret
}

// ExplainerModes says which servers run explainers.
type ExplainerModes int

// Explainers run in the Alibi server; there, but called by the kfserving
// protocol where that is the deployment's; or in MLServer under that protocol.
const (
	AlibiExplainers ExplainerModes = iota + 1
	AlibiExplainersForKFServing
	AlibiOrMLServerExplainers
)

// ExplainerModelName says which name an explainer asks the model for.
type ExplainerModelName int

// An explainer asks for the SeldonDeployment's name, or the graph root's.
const (
	ModelNameOfDeployment ExplainerModelName = iota + 1
	ModelNameOfGraphRoot
)

// ExplainerEnv says which variables the operator adds to an Alibi explainer.
type ExplainerEnv int

// An explainer gets the operator's variables, or the user's alone.
const (
	ExplainerOperatorEnv ExplainerEnv = iota + 1
	ExplainerUserEnv
)

// ExplainerServiceLabel says what the label seldon-app of an explainer's Service
// names.
type ExplainerServiceLabel int

// The label names the explainer, or the predictor.
const (
	ExplainerServiceOfItsOwn ExplainerServiceLabel = iota + 1
	ExplainerServiceOfPredictor
)

// ExplainerReplicas says how many pods an explainer has.
type ExplainerReplicas int

// The number of an explainer's pods is not written, or is its own (and none
// where the predictor has none).
const (
	ExplainerReplicasUnset ExplainerReplicas = iota + 1
	ExplainerReplicasOwn
)

// ExplainerServiceAccount says what an explainer's service account is for.
type ExplainerServiceAccount int

// The account brings credentials for the explainer's model, or is the pod's too.
const (
	ExplainerAccountFetches ExplainerServiceAccount = iota + 1
	ExplainerAccountOnPod
)

// ExplainerScraping says whether Prometheus is to scrape explainers.
type ExplainerScraping int

// The pods of explainers are scraped like those of models, or not.
const (
	ScrapeExplainers ExplainerScraping = iota + 1
	IgnoreExplainers
)

// ExplainerEnvSecret says where the environment secret of an explainer's
// storage initializer comes from.
type ExplainerEnvSecret int

// An explainer's environment secret is its own only, or else the default one.
const (
	ExplainerSecretOwn ExplainerEnvSecret = iota + 1
	ExplainerSecretOrDefault
)

// Variable returns the row of a manager variable, if the release reads it.
func (r *Release) Variable(name string) (Variable, bool) {
	i := slices.IndexFunc(r.Variables, func(v Variable) bool { return v.Name == name })
	if i < 0 {
		return Variable{}, false
	}
	return r.Variables[i], true
}
