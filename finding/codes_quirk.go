package finding

import "slices"

// Codes about what the operator's quirks do to a user's settings.
const (
	EnvironmentLost        Code = "SDC401"
	VariableOverruled      Code = "SDC402"
	ProbeReplaced          Code = "SDC403"
	PortsReplaced          Code = "SDC404"
	ImageReplaced          Code = "SDC405"
	PodSecurityContextLost Code = "SDC406"

	ModelURIIgnored   Code = "SDC411"
	UnitFieldIgnored  Code = "SDC412"
	EndpointReplaced  Code = "SDC413"
	UnitTypeReplaced  Code = "SDC414"
	ModelNotServed    Code = "SDC415"
	UnknownWord       Code = "SDC416"
	GraphPruned       Code = "SDC417"
	ExplainerIgnored  Code = "SDC421"
	ExplainerArgsLost Code = "SDC422"
	ExplainerEnvLost  Code = "SDC423"
	ExplainerUnread   Code = "SDC424"
	ExplainerInit     Code = "SDC425"

	AnnotationMisplaced Code = "SDC431"
	AnnotationUnread    Code = "SDC432"
	AnnotationIdle      Code = "SDC433"
	AnnotationValue     Code = "SDC434"
	GRPCMappingLost     Code = "SDC435"
	ControllerDiffers   Code = "SDC436"

	TLSContextMissing      Code = "SDC441"
	CertificateUnmounted   Code = "SDC442"
	IstioTLSMode           Code = "SDC443"
	OrchestratorUnreached  Code = "SDC444"
	OrchestratorGiven      Code = "SDC445"
	EngineResourcesIgnored Code = "SDC446"
	OrchestratorPorts      Code = "SDC447"
	OrchestratorLabel      Code = "SDC448"

	ScalerOff        Code = "SDC451"
	HPAIgnored       Code = "SDC452"
	MetricsIgnored   Code = "SDC453"
	ReplicasIgnored  Code = "SDC454"
	BudgetsOverlap   Code = "SDC455"
	BudgetSelectsAll Code = "SDC456"
	UnitImageDropped Code = "SDC457"
)

func quirkCodes() []Definition {
	return slices.Concat(containerQuirks(), unitQuirks(), annotationQuirks(), orchestratorQuirks(), scalingQuirks())
}

func containerQuirks() []Definition {
	return []Definition{
		{EnvironmentLost, Warning, "a container loses its environment",
			"The operator of this release empties the environment of a unit's container when it finds a variable there that it wants to set itself, and goes on with the empty list.",
			"Remove the variable that the finding names: the operator sets it anyway. All others are then kept."},
		{VariableOverruled, Warning, "a variable has another value than the one given",
			"The operator sets the variable too, and its value is the one that counts.",
			"Remove the variable. Parameters of a unit belong into its field parameters."},
		{ProbeReplaced, Warning, "a probe asks something else than what was given",
			"For MLServer the operator replaces what a probe does by its own HTTP request; only the timings stay.",
			"Give the timings only, or a startupProbe, which is left alone."},
		{PortsReplaced, Warning, "a container loses its ports",
			"For Triton and MLServer the operator replaces the list of ports by grpc and http.",
			"Use ports named grpc and http, whose numbers are kept. Nothing needs to be done if nobody looks for the other ports by name."},
		{ImageReplaced, Warning, "an image is replaced",
			"In front of TensorFlow Serving the operator always runs the proxy of the values, whatever image the unit's container names.",
			"Name the image of TensorFlow Serving in a container called tfserving, and that of the proxy under predictor_servers in the values."},
		{PodSecurityContextLost, Warning, "a pod's security context is discarded",
			"The operator of this release replaces the pod's security context by the default user of the values.",
			"Use the security contexts of the containers, or defaultUserID in the values."},
	}
}

func unitQuirks() []Definition {
	return []Definition{
		{ModelURIIgnored, Warning, "a modelUri without effect",
			"In this release only prepackaged model servers get a storage initializer; a unit of your own has to fetch its model itself.",
			"Remove modelUri, use a prepackaged server, or render as a later release."},
		{UnitFieldIgnored, Warning, "a field of a unit without effect",
			"The field says how a model is fetched, and no model is fetched for the unit.",
			"Remove the field; a pod's service account belongs into componentSpecs[].spec.serviceAccountName."},
		{EndpointReplaced, Warning, "an endpoint is replaced",
			"Host and ports of a unit with a container are computed by the operator; only endpoint.type is kept.",
			"Remove the fields. To choose a port give the container a port named http or grpc."},
		{UnitTypeReplaced, Warning, "a unit's type is replaced",
			"A prepackaged model server is always a MODEL.",
			"Remove type, or the implementation if the unit is a container of your own."},
		{ModelNotServed, Warning, "a model is never loaded",
			"A pod has one TensorFlow Serving, and it serves the model of the first TensorFlow unit in the pod.",
			"Give each TensorFlow unit a component spec of its own."},
		{UnknownWord, Warning, "a word that nobody knows",
			"The operator takes any text here, but knows some words only; capitals count.",
			"Use one of the words in the finding."},
		{GraphPruned, Note, "a graph deeper than a cluster accepts",
			"The schema of the custom resource ends after ten levels of children: a cluster with the operator drops what is below. Here it is rendered.",
			"Nothing needs to be done, unless the pods are to be equal to those of a running operator."},
		{ExplainerIgnored, Warning, "an explainer is left out",
			"An explainer counts only when it has a type.",
			"Give it a type such as AnchorTabular, or remove it."},
		{ExplainerArgsLost, Warning, "an explainer loses its arguments",
			"The operator writes the arguments of an explainer itself.",
			"Use explainer.config: each entry becomes an argument."},
		{ExplainerEnvLost, Warning, "an explainer loses its environment",
			"In MLServer the operator replaces the environment of an explainer by its own.",
			"Put the variables into a ConfigMap or Secret and name it in envFrom, which is kept."},
		{ExplainerUnread, Warning, "a field of an explainer without effect",
			"The Alibi server takes config, MLServer takes initParameters; which of them runs is decided by spec.protocol.",
			"Use the field that the finding names."},
		{ExplainerInit, Warning, "initParameters are not JSON",
			"The operator pastes initParameters into a JSON text as they are.",
			"Write a JSON object."},
	}
}

func annotationQuirks() []Definition {
	return []Definition{
		{AnnotationMisplaced, Warning, "an annotation stands where nobody reads it",
			"The operator reads each of its annotations in one place: most in spec.annotations, some in spec.predictors[].annotations.",
			"Move it to the place that the finding names."},
		{AnnotationUnread, Warning, "an annotation that this release or this ingress does not read",
			"The annotation belongs to another release, or to another way of configuring the ingress.",
			"See the finding for what is read instead."},
		{AnnotationIdle, Note, "an annotation without effect",
			"What the annotation configures is switched off in the values, or needs another annotation next to it.",
			"Nothing needs to be done if the manifest is used in several places."},
		{AnnotationValue, Warning, "an annotation's value means something else",
			"The operator compares the value with certain words only.",
			"Write one of the words in the finding."},
		{GRPCMappingLost, Warning, "the gRPC Mapping is lost",
			"The operator reads the annotation as a whole number; where it is none, it leaves the Mapping for gRPC out and says nothing.",
			"Write the milliseconds as a plain decimal number."},
		{ControllerDiffers, Warning, "a SeldonDeployment of another operator",
			"An operator handles the SeldonDeployments whose label seldon.io/controller-id equals controllerId of its values; absent and empty are equal.",
			"Render with the values of the operator that is meant, or correct the label."},
	}
}

func orchestratorQuirks() []Definition {
	return []Definition{
		{TLSContextMissing, Warning, "Mappings refer to a TLSContext that nobody creates",
			"The operator's names for TLSContexts do not fit those in its Mappings, or it creates none at all.",
			"Create a TLSContext of the name in the finding with the certificate's Secret."},
		{CertificateUnmounted, Warning, "a certificate is missing where it is needed",
			"The operator mounts the certificate into the pod of the graph's root, which is not always the orchestrator's, and nowhere without orchestrator.",
			"Put the root's container into the first component spec, or let the orchestrator have a pod of its own."},
		{IstioTLSMode, Warning, "istio.tlsMode has no effect",
			"The operator knows SIMPLE, MUTUAL and ISTIO_MUTUAL; any other word gives an empty TLS section.",
			"Use one of these words, or leave the value empty."},
		{OrchestratorUnreached, Warning, "Services and the orchestrator have different ports",
			"The ports of predictor Services, and with them ingresses and explainers, come from other settings than those the executor listens on.",
			"Give both the same number; where the release has no value for the Services, leave the executor's port alone."},
		{OrchestratorGiven, Warning, "a container keeps the orchestrator out",
			"A pod with a container named seldon-container-engine gets neither the orchestrator nor the label that the predictor's Service selects.",
			"Rename the container."},
		{EngineResourcesIgnored, Warning, "engineResources are ignored",
			"The operator hands the field on and does not use it.",
			"Use svcOrchSpec.resources."},
		{OrchestratorPorts, Warning, "server-side apply refuses the orchestrator's ports",
			"The operator gives the orchestrator two ports of one number, http and one for metrics. kubectl apply takes that with a warning; server-side apply, as used by Flux and optionally by Argo CD, refuses the Deployment.",
			"Render with --server-side-apply. With client-side apply nothing needs to be done: disable the finding."},
		{OrchestratorLabel, Note, "the orchestrator's pods have another seldon-deployment-id",
			"With a pod of its own the orchestrator is labelled with the name of the predictor's Service instead of the SeldonDeployment's name.",
			"Select its pods by seldon-app."},
	}
}

func scalingQuirks() []Definition {
	return []Definition{
		{ScalerOff, Warning, "kedaSpec while KEDA is off",
			"With kedaSpec the Deployment has no replicas, and with keda.enabled off there is no ScaledObject either: one pod runs.",
			"Switch keda.enabled on in the values, or remove kedaSpec."},
		{HPAIgnored, Warning, "hpaSpec is ignored",
			"Next to kedaSpec the operator leaves hpaSpec out.",
			"Remove one of them."},
		{MetricsIgnored, Warning, "metricsv2 is ignored",
			"A list hpaSpec.metrics that is present, even an empty one, keeps metricsv2 out.",
			"Remove hpaSpec.metrics."},
		{ReplicasIgnored, Note, "replicas are left to the autoscaler",
			"With hpaSpec or kedaSpec the Deployment has no replicas of its own.",
			"Use minReplicas; nothing needs to be done otherwise."},
		{BudgetsOverlap, Warning, "several disruption budgets for one pod",
			"A PodDisruptionBudget selects all pods of the SeldonDeployment, not those of its component spec. Kubernetes refuses to evict a pod that has two budgets: nodes cannot be drained.",
			"Give pdbSpec once."},
		{BudgetSelectsAll, Note, "a disruption budget for all pods",
			"A PodDisruptionBudget selects all pods of the SeldonDeployment, not those of its component spec.",
			"Choose the number with all pods in mind, or use a percentage."},
		{UnitImageDropped, Note, "an image that a cluster with the operator drops",
			"The schema of this release's custom resource lacks storageInitializerImage of graph units: an API server removes it, although the operator would use it. It is rendered.",
			"Nothing, if the image is meant. To get what the cluster runs today, remove the field."},
	}
}
