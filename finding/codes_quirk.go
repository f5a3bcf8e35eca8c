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

	ModelURIIgnored      Code = "SDC411"
	UnitFieldIgnored     Code = "SDC412"
	EndpointReplaced     Code = "SDC413"
	UnitTypeReplaced     Code = "SDC414"
	ModelNotServed       Code = "SDC415"
	UnknownWord          Code = "SDC416"
	GraphPruned          Code = "SDC417"
	BuiltinMissing       Code = "SDC418"
	ExplainerIgnored     Code = "SDC421"
	ExplainerArgsLost    Code = "SDC422"
	ExplainerEnvLost     Code = "SDC423"
	ExplainerUnread      Code = "SDC424"
	ExplainerInit        Code = "SDC425"
	ExplainerUnreachable Code = "SDC426"

	AnnotationMisplaced Code = "SDC431"
	AnnotationUnread    Code = "SDC432"
	AnnotationIdle      Code = "SDC433"
	AnnotationValue     Code = "SDC434"
	GRPCMappingLost     Code = "SDC435"
	ControllerDiffers   Code = "SDC436"
	InvalidIgnore       Code = "SDC437"
	OrchestratorNumber  Code = "SDC438"
	ForeignPrefix       Code = "SDC439"

	TLSContextMissing      Code = "SDC441"
	CertificateUnmounted   Code = "SDC442"
	IstioTLSMode           Code = "SDC443"
	OrchestratorUnreached  Code = "SDC444"
	OrchestratorGiven      Code = "SDC445"
	EngineResourcesIgnored Code = "SDC446"
	OrchestratorPorts      Code = "SDC447"
	OrchestratorLabel      Code = "SDC448"

	ScalerOff          Code = "SDC451"
	HPAIgnored         Code = "SDC452"
	MetricsIgnored     Code = "SDC453"
	ReplicasIgnored    Code = "SDC454"
	BudgetsOverlap     Code = "SDC455"
	BudgetSelectsAll   Code = "SDC456"
	UnitImageDropped   Code = "SDC457"
	PodMetadataDropped Code = "SDC458"
)

func quirkCodes() []Definition {
	return slices.Concat(containerQuirks(), unitQuirks(), annotationQuirks(), orchestratorQuirks(), scalingQuirks())
}

func containerQuirks() []Definition {
	return []Definition{
		{EnvironmentLost, Warning, "a container loses its environment",
			"If a unit's container sets a variable that the operator of this release also sets, the operator clears the container's environment first.",
			"Remove the variable in the finding, which the operator sets anyway. All others are then kept."},
		{VariableOverruled, Warning, "a variable is overridden",
			"The operator also sets the variable, and its value is used.",
			"Remove the variable. Set parameters of a unit in its field parameters."},
		{ProbeReplaced, Warning, "a probe is replaced",
			"For MLServer the operator replaces the handler of a probe with its own HTTP request and keeps only the timings.",
			"Set only the timings, or use a startupProbe, which is kept."},
		{PortsReplaced, Warning, "a container loses its ports",
			"For Triton and MLServer the operator replaces the list of ports with grpc and http.",
			"Use ports named grpc and http, whose numbers are kept. No change is needed if the other ports are not used by name."},
		{ImageReplaced, Warning, "an image is replaced",
			"In front of TensorFlow Serving the operator always runs the proxy set in the values, whatever the image of the unit's container.",
			"Set the image of TensorFlow Serving on a container named tfserving, and that of the proxy in predictor_servers in the values."},
		{PodSecurityContextLost, Warning, "a pod's security context is discarded",
			"The operator of this release replaces the pod's security context with the default user of the values.",
			"Use the security contexts of the containers, or defaultUserID in the values."},
	}
}

func unitQuirks() []Definition {
	return []Definition{
		{ModelURIIgnored, Warning, "modelUri has no effect",
			"In this release only prepackaged model servers have a storage initializer; a custom unit must fetch its model itself.",
			"Remove modelUri, use a prepackaged server, or render as a later release."},
		{UnitFieldIgnored, Warning, "a field of a unit has no effect",
			"The field configures how a model is fetched, but no model is fetched for the unit.",
			"Remove the field. To set a pod's service account, use componentSpecs[].spec.serviceAccountName."},
		{EndpointReplaced, Warning, "an endpoint is replaced",
			"The operator computes host and ports of a unit that has a container, and keeps only endpoint.type.",
			"Remove the fields. To choose a port, add a container port named http or grpc."},
		{UnitTypeReplaced, Warning, "a unit's type is replaced",
			"A prepackaged model server is always a MODEL.",
			"Remove type, or the implementation if the unit is a container of your own."},
		{ModelNotServed, Warning, "a model is never loaded",
			"A pod has one TensorFlow Serving, and it serves the model of the first TensorFlow unit in the pod.",
			"Give each TensorFlow unit a component spec of its own."},
		{UnknownWord, Warning, "an unknown value",
			"The operator accepts any text here, but recognises only certain values; they are case-sensitive.",
			"Use one of the values in the finding."},
		{GraphPruned, Note, "a graph deeper than a cluster accepts",
			"The schema of the custom resource has ten levels of children, and a cluster that runs the operator drops what is below. seldonctl renders it.",
			"No change is needed, unless the pods must equal those of a running operator."},
		{BuiltinMissing, Warning, "a built-in unit that the executor does not have",
			"The Java engine ran AVERAGE_COMBINER and SIMPLE_ROUTER. The executor knows RANDOM_ABTEST only: its pod is ready, but every prediction through the unit fails.",
			"Run a container of your own as the unit, or route with RANDOM_ABTEST."},
		{ExplainerIgnored, Warning, "an explainer is ignored",
			"The operator ignores an explainer without a type.",
			"Set a type such as AnchorTabular, or remove the explainer."},
		{ExplainerArgsLost, Warning, "an explainer loses its arguments",
			"The operator sets the arguments of an explainer itself.",
			"Use explainer.config: each entry becomes an argument."},
		{ExplainerEnvLost, Warning, "an explainer loses its environment",
			"With MLServer the operator replaces the environment of an explainer with its own.",
			"Put the variables in a ConfigMap or Secret and use envFrom, which is kept."},
		{ExplainerUnread, Warning, "a field of an explainer has no effect",
			"The Alibi server reads config, MLServer reads initParameters; spec.protocol decides which of them runs.",
			"Use the field in the finding."},
		{ExplainerInit, Warning, "initParameters are not valid JSON",
			"The operator inserts initParameters into JSON verbatim.",
			"Write a JSON object."},
		{ExplainerUnreachable, Warning, "an explainer that cannot call its model",
			"An Alibi explainer calls the model by REST and protocol seldon or tensorflow. With the v2 protocol before MLServer explainers, with transport grpc, or with an endpoint of type GRPC, it is given an address that does not answer.",
			"Use REST, and a protocol that the explainer of the release has."},
	}
}

func annotationQuirks() []Definition {
	return []Definition{
		{AnnotationMisplaced, Warning, "an annotation in the wrong place",
			"The operator reads each of its annotations in one place: most in spec.annotations, some in spec.predictors[].annotations.",
			"Move it to the place in the finding."},
		{AnnotationUnread, Warning, "an annotation that is not read",
			"The annotation is misspelt, for another release, or for another way of configuring the ingress.",
			"See the finding for what is read instead."},
		{AnnotationIdle, Note, "an annotation has no effect",
			"What the annotation configures is disabled in the values, or needs another annotation as well.",
			"No change is needed if the manifest is used in several places."},
		{AnnotationValue, Warning, "an annotation with an unexpected value",
			"The operator recognises only certain values.",
			"Use one of the values in the finding."},
		{GRPCMappingLost, Warning, "the gRPC Mapping is lost",
			"The operator parses the annotation as an integer; if it cannot, it omits the Mapping for gRPC without an error.",
			"Write the milliseconds as an integer."},
		{ForeignPrefix, Warning, "a Mapping takes requests of others",
			"Mappings in seldon.io/ambassador-config or getambassador.io/config are copied as they are. Ambassador routes by prefix, whoever wrote it: a prefix of another SeldonDeployment or namespace takes its requests.",
			"Use a prefix below that of the SeldonDeployment: /seldon/NAMESPACE/NAME/."},
		{ControllerDiffers, Warning, "a SeldonDeployment of another operator",
			"An operator handles only SeldonDeployments whose label seldon.io/controller-id equals controllerId in its values; a missing label equals an empty controllerId.",
			"Render with the values of the intended operator, or correct the label."},
		{OrchestratorNumber, Error, "an annotation at which the orchestrator stops",
			"The executor parses the annotation of its pod as an integer when it starts, and exits if it cannot: seldon.io/grpc-max-message-size (bytes) in every release, and from 1.18.0 seldon.io/rest-timeout (milliseconds), which is a warning because the operator renders it.",
			"Write an integer, without a unit."},
		{InvalidIgnore, Warning, "an invalid seldonctl.io/ignore annotation",
			"An entry has no reason, an unknown code, or the code of an error, which cannot be ignored.",
			"Write one entry a line, codes before the colon and the reason after it: \"SDC533, SDC542: the sidecar is our mesh\"."},
	}
}

func orchestratorQuirks() []Definition {
	return []Definition{
		{TLSContextMissing, Warning, "Mappings refer to a TLSContext that is not created",
			"The names of the operator's TLSContexts do not match those in its Mappings, or it does not create any.",
			"Create a TLSContext with the name in the finding and the certificate's Secret."},
		{CertificateUnmounted, Warning, "a certificate is missing where it is needed",
			"The operator mounts the certificate in the pod of the root unit, which is not always the orchestrator's pod, and does not mount it if there is no orchestrator.",
			"Move the root unit's container to the first component spec, or run the orchestrator in its own pod."},
		{IstioTLSMode, Warning, "istio.tlsMode has no effect",
			"The operator recognises SIMPLE, MUTUAL and ISTIO_MUTUAL; any other value results in an empty TLS section.",
			"Use one of these values, or leave the value empty."},
		{OrchestratorUnreached, Warning, "Services and the orchestrator have different ports",
			"The ports of predictor Services, and with them ingresses and explainers, come from other settings than those the executor listens on.",
			"Set both to the same number; if the release has no value for the Services, do not change the executor's port."},
		{OrchestratorGiven, Warning, "a container that replaces the orchestrator",
			"A pod with a container named seldon-container-engine gets neither the orchestrator nor the label that the predictor's Service selects.",
			"Rename the container."},
		{EngineResourcesIgnored, Warning, "engineResources are ignored",
			"The operator passes the field on without using it.",
			"Use svcOrchSpec.resources."},
		{OrchestratorPorts, Note, "the orchestrator's ports differ for server-side apply",
			"The operator gives the orchestrator two ports with the same number, http and one for metrics. kubectl apply accepts that with a warning; server-side apply, as used by Flux and optionally by Argo CD, rejects the Deployment, so --server-side-apply omits one of them.",
			"No change is needed with server-side apply. To keep pods equal to the operator's, use client-side apply without the flag."},
		{OrchestratorLabel, Note, "the orchestrator's pods have another seldon-deployment-id",
			"An orchestrator in its own pod is labelled with the name of the predictor's Service instead of the SeldonDeployment's name.",
			"Select its pods by seldon-app."},
	}
}

func scalingQuirks() []Definition {
	return []Definition{
		{ScalerOff, Warning, "kedaSpec while KEDA is disabled",
			"With kedaSpec the Deployment has no replicas, and without keda.enabled the operator creates no ScaledObject: one pod runs.",
			"Set keda.enabled in the values, or remove kedaSpec."},
		{HPAIgnored, Warning, "hpaSpec is ignored",
			"If kedaSpec is set, the operator ignores hpaSpec.",
			"Remove one of them."},
		{MetricsIgnored, Warning, "metricsv2 is ignored",
			"If the list hpaSpec.metrics is present, even if empty, the operator ignores metricsv2.",
			"Remove hpaSpec.metrics."},
		{ReplicasIgnored, Note, "replicas are ignored",
			"With hpaSpec or kedaSpec the Deployment has no replicas.",
			"Remove replicas; use minReplicas for a minimum."},
		{BudgetsOverlap, Warning, "overlapping disruption budgets",
			"A PodDisruptionBudget selects all pods of the SeldonDeployment, not those of its component spec. Kubernetes does not evict a pod that has two budgets, so nodes cannot be drained.",
			"Set pdbSpec only once."},
		{BudgetSelectsAll, Note, "a disruption budget for all pods",
			"A PodDisruptionBudget selects all pods of the SeldonDeployment, not those of its component spec.",
			"Choose the number for all pods, or use a percentage."},
		{UnitImageDropped, Note, "an image that a cluster with the operator drops",
			"The schema of this release's custom resource has no storageInitializerImage for graph units: an API server removes the field, although the operator would use it. seldonctl renders it.",
			"No change is needed to use the image. To get what the cluster runs today, remove the field."},
		{PodMetadataDropped, Warning, "metadata of a component spec that a cluster drops",
			"The custom resource of Seldon Core 1.5.0, 1.5.1 and 1.6.0 does not list the fields of componentSpecs[].metadata, so a cluster drops them before the operator sees them. seldonctl renders them, as later releases do.",
			"Remove the metadata to render what runs there now, or keep it and expect a rollout."},
	}
}
