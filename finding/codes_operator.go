package finding

// Codes about the operator's own validation and rendering: what it refuses.
const (
	InvalidProtocol        Code = "SDC201"
	InvalidTransport       Code = "SDC202"
	InvalidServerType      Code = "SDC203"
	KafkaVariables         Code = "SDC204"
	LoneShadow             Code = "SDC205"
	NoPredictors           Code = "SDC206"
	NoEngineGraph          Code = "SDC207"
	DuplicatePredictor     Code = "SDC208"
	NoContainer            Code = "SDC209"
	NoMethods              Code = "SDC210"
	UntypedUnit            Code = "SDC211"
	ModelURIRequired       Code = "SDC212"
	NoTensorflowProtocol   Code = "SDC213"
	UnknownServer          Code = "SDC214"
	LoggerMode             Code = "SDC215"
	EndpointTypes          Code = "SDC216"
	MixedTransport         Code = "SDC217"
	SeveralShadows         Code = "SDC218"
	TrafficSum             Code = "SDC219"
	SingleTraffic          Code = "SDC220"
	ShadowTraffic          Code = "SDC221"
	DuplicateSvcName       Code = "SDC222"
	NullEntry              Code = "SDC223"
	NoLocalUnit            Code = "SDC231"
	NoLocalPod             Code = "SDC232"
	NoServerConfig         Code = "SDC233"
	NoProtocolImage        Code = "SDC234"
	UnsupportedServer      Code = "SDC235"
	AnnotationNotANumber   Code = "SDC236"
	AmbassadorHeader       Code = "SDC237"
	CertificateWithoutPod  Code = "SDC238"
	ExplainerType          Code = "SDC239"
	ExplainerWithoutModel  Code = "SDC240"
	ModelURIWithoutPod     Code = "SDC241"
	DuplicateUnit          Code = "SDC242"
	ServerInOtherPod       Code = "SDC243"
	SettingNotANumber      Code = "SDC251"
	SettingNotAQuantity    Code = "SDC252"
	OrchestratorImage      Code = "SDC253"
	ServerWithoutProtocols Code = "SDC254"
)

func operatorCodes() []Definition {
	return []Definition{
		{InvalidProtocol, Error, "unknown protocol", "The release does not support this spec.protocol.", "Use one of the protocols in the message, or omit the field for seldon."},
		{InvalidTransport, Error, "unknown transport", "spec.transport is neither rest nor grpc.", "Use rest or grpc, in lower case."},
		{InvalidServerType, Error, "unknown server type", "spec.serverType is neither rpc nor kafka.", "Use rpc or kafka."},
		{KafkaVariables, Error, "Kafka settings missing", "With serverType kafka the orchestrator needs its broker and topics.", "Add the variables KAFKA_BROKER, KAFKA_INPUT_TOPIC and KAFKA_OUTPUT_TOPIC to svcOrchSpec.env."},
		{LoneShadow, Error, "a shadow as the only predictor", "A shadow receives a copy of another predictor's traffic, but the SeldonDeployment has no other predictor.", "Add the predictor to be shadowed, or remove shadow."},
		{NoPredictors, Error, "no predictors", "The SeldonDeployment has no predictor.", "Add one to spec.predictors."},
		{NoEngineGraph, Error, "a graph without orchestrator has several units", "The annotation seldon.io/no-engine is present (its value does not matter here), and the graph has children.", "Remove the annotation or the children."},
		{DuplicatePredictor, Error, "a duplicate predictor name", "Objects are named after their predictor, so predictor names must be unique.", "Rename one of them."},
		{NoContainer, Error, "a unit without container", "A unit of your own needs a container of the same name.", "Give a container in componentSpecs the name of the unit, or set the unit's implementation."},
		{NoMethods, Error, "a unit without type and methods", "The type is UNKNOWN_TYPE and no methods are listed.", "Set type to MODEL, ROUTER, COMBINER, TRANSFORMER or OUTPUT_TRANSFORMER, or list its methods."},
		{UntypedUnit, Error, "a unit without type", "This release's webhook crashes on a unit of your own that has no type, and the API server then refuses the object.", "Set type to MODEL, ROUTER, COMBINER, TRANSFORMER or OUTPUT_TRANSFORMER."},
		{ModelURIRequired, Error, "a model server without modelUri", "A prepackaged model server needs to know where the model is.", "Give the unit's modelUri, e.g. gs://bucket/path."},
		{NoTensorflowProtocol, Error, "a server that does not support protocol tensorflow", "The model server cannot be used with spec.protocol tensorflow.", "Use the seldon protocol, or a TENSORFLOW_SERVER."},
		{UnknownServer, Error, "an unknown model server", "predictor_servers in the values has no entry for the implementation, and the unit does not set an image of its own.", "Correct the name, or add the server to predictor_servers."},
		{LoggerMode, Error, "a logger without mode", "A logger must specify what it logs.", "Set mode to all, request or response."},
		{EndpointTypes, Error, "different endpoint types", "All units of a SeldonDeployment must have the same endpoint type.", "Remove endpoint.type and use spec.transport."},
		{MixedTransport, Error, "endpoint types that conflict with spec.transport", "The units' endpoint.type conflicts with spec.transport.", "Remove endpoint.type."},
		{SeveralShadows, Error, "more than one shadow", "Traffic can be mirrored to only one predictor.", "Keep one shadow."},
		{TrafficSum, Error, "traffic does not add up", "The traffic of several predictors must add up to 100.", "Make spec.predictors[].traffic add up to 100."},
		{SingleTraffic, Error, "a single predictor without all traffic", "A single predictor must have all the traffic.", "Remove traffic, or set it to 100."},
		{ShadowTraffic, Error, "invalid traffic for a shadow", "A shadow's traffic is the percentage of requests that is mirrored to it.", "Use a number from 0 to 100."},
		{DuplicateSvcName, Error, "a duplicate Service name", "Two predictors have the same annotation seldon.io/svc-name.", "Give each predictor its own name."},
		{NullEntry, Error, "an empty entry in a list", "The operator crashes on a null entry of componentSpecs or of svcOrchSpec.env.", "Remove the entry, or say what it is."},
		{NoLocalUnit, Error, "no unit in the orchestrator's pod", "The operator adds the orchestrator to the pod of the first unit with the host localhost. No unit has it: no unit has a container in the first component spec, or the annotation seldon.io/engine-separate-pod is present with a value other than true.", "Move a unit's container to the first component spec, or set the annotation seldon.io/engine-separate-pod to \"true\"."},
		{NoLocalPod, Error, "no pod for the unit at localhost", "The unit's host is localhost, but no pod has its container.", "Remove endpoint.service_host, or add a container of the unit's name."},
		{NoServerConfig, Error, "a model server without configuration", "predictor_servers in the values has no entry for the implementation.", "Correct the name, or add the server to predictor_servers."},
		{NoProtocolImage, Error, "a model server without image for the protocol", "The server's entry in predictor_servers has no image for the protocol.", "Add the protocol to the entry, or use another protocol."},
		{UnsupportedServer, Error, "a server that MLServer does not support", "With this protocol the release supports only some model servers.", "Use another protocol, or one of the servers in the message."},
		{AnnotationNotANumber, Error, "an annotation that must be an integer", "The operator parses the annotation as an integer and fails if it cannot.", "Write an integer, without a unit."},
		{AmbassadorHeader, Error, "a malformed header annotation", "The operator splits the annotation into names and values at every colon, and crashes if a value is missing.", "Write name: value, without other colons."},
		{CertificateWithoutPod, Error, "a certificate for a root unit without pod", "With ssl the certificate is mounted in the pod of the root unit; the operator crashes if the root unit has no pod.", "Remove ssl, or make the root a unit with a container."},
		{ExplainerType, Error, "an explainer type that MLServer does not support", "With protocol v2 explainers run in MLServer, which supports only some types.", "Use one of the types in the message."},
		{ExplainerWithoutModel, Error, "an explainer without a model to call", "The predictor runs without orchestrator and has no Service; the operator crashes.", "Remove the explainer or the annotation seldon.io/no-engine."},
		{ModelURIWithoutPod, Error, "a modelUri without pod", "The model is fetched into the pod of the unit's container, but the unit has no container.", "Remove modelUri, or give the unit a container."},
		{DuplicateUnit, Warning, "a duplicate unit name", "The operator looks units up by name and uses the first unit in the graph for all of them. If that one has no container and a later one has, the operator crashes, which is an error here.", "Rename one of them."},
		{ServerInOtherPod, Error, "a model server whose container is in another pod", "Two Deployments have the same name. The operator looks for the server's container in the first of them, does not find it, and fails.", "Rename a predictor or a container, so that the names differ."},
		{SettingNotANumber, Error, "a setting that must be an integer", "The operator parses the value as an integer and fails if it cannot. Numbers of seven or more digits in a values file become scientific notation unless they are quoted.", "Write an integer, in quotes."},
		{SettingNotAQuantity, Error, "a setting that must be a quantity", "The operator parses the value as a Kubernetes quantity and fails if it is invalid or missing.", "Write a quantity such as 500m or 1Gi."},
		{OrchestratorImage, Error, "no image for the orchestrator", "The values do not set an image for the service orchestrator.", "Set executor.image (engine.image for the Java engine) in the values."},
		{ServerWithoutProtocols, Error, "a model server without protocols", "The operator crashes if a RELATED_IMAGE variable is set for a server whose entry has no protocols.", "Add a protocol to the server's entry in predictor_servers."},
	}
}
