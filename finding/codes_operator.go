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
	NullComponentSpec      Code = "SDC223"
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
	SettingNotANumber      Code = "SDC251"
	SettingNotAQuantity    Code = "SDC252"
	OrchestratorImage      Code = "SDC253"
	ServerWithoutProtocols Code = "SDC254"
)

func operatorCodes() []Definition {
	return []Definition{
		{InvalidProtocol, Error, "unknown protocol", "spec.protocol is not one that the release has.", "Use one of the protocols in the message, or leave the field out for seldon."},
		{InvalidTransport, Error, "unknown transport", "spec.transport is neither rest nor grpc.", "Use rest or grpc, in lower case."},
		{InvalidServerType, Error, "unknown server type", "spec.serverType is neither rpc nor kafka.", "Use rpc or kafka."},
		{KafkaVariables, Error, "Kafka settings missing", "With serverType kafka the orchestrator needs its broker and topics.", "Give svcOrchSpec.env the variables KAFKA_BROKER, KAFKA_INPUT_TOPIC and KAFKA_OUTPUT_TOPIC."},
		{LoneShadow, Error, "a shadow as only predictor", "A shadow gets a copy of another predictor's traffic, and there is none.", "Add the predictor to be shadowed, or remove shadow."},
		{NoPredictors, Error, "no predictors", "The SeldonDeployment has no predictor.", "Add one to spec.predictors."},
		{NoEngineGraph, Error, "a graph without orchestrator has several units", "The annotation seldon.io/no-engine is present (its value does not matter here), and the graph has children.", "Remove the annotation or the children."},
		{DuplicatePredictor, Error, "two predictors of one name", "Objects are named after their predictor.", "Rename one of them."},
		{NoContainer, Error, "a unit without container", "A unit of your own needs a container of the same name.", "Name a container of the componentSpecs like the unit, or give the unit an implementation."},
		{NoMethods, Error, "a unit that says nothing about what it does", "The type is UNKNOWN_TYPE and no methods are listed.", "Set type to MODEL, ROUTER, COMBINER, TRANSFORMER or OUTPUT_TRANSFORMER, or list its methods."},
		{UntypedUnit, Error, "a unit without type", "This release's webhook crashes on a unit of your own that has no type, and the API server then refuses the object.", "Set type to MODEL, ROUTER, COMBINER, TRANSFORMER or OUTPUT_TRANSFORMER."},
		{ModelURIRequired, Error, "a model server without modelUri", "A prepackaged model server needs to know where the model is.", "Give the unit's modelUri, e.g. gs://bucket/path."},
		{NoTensorflowProtocol, Error, "a server that does not speak the tensorflow protocol", "The model server has no implementation of spec.protocol tensorflow.", "Use the seldon protocol, or a TENSORFLOW_SERVER."},
		{UnknownServer, Error, "an unknown model server", "The values have no entry under predictor_servers for the implementation, and the unit brings no image of its own.", "Correct the name, or add the server to predictor_servers."},
		{LoggerMode, Error, "a logger without mode", "A logger has to say what it logs.", "Set mode to all, request or response."},
		{EndpointTypes, Error, "units of different transports", "The units of all graphs must be called in the same way.", "Remove endpoint.type and use spec.transport."},
		{MixedTransport, Error, "endpoint types against spec.transport", "The units' endpoint.type contradicts spec.transport.", "Remove endpoint.type."},
		{SeveralShadows, Error, "more than one shadow", "Traffic can be mirrored to one predictor only.", "Keep one shadow."},
		{TrafficSum, Error, "traffic does not add up", "Several predictors share the traffic, and their shares are not 100 in all.", "Make spec.predictors[].traffic add up to 100."},
		{SingleTraffic, Error, "one predictor with part of the traffic", "A single predictor cannot have less than all traffic.", "Remove traffic, or set it to 100."},
		{ShadowTraffic, Error, "a shadow's traffic is no percentage", "A shadow's traffic is the share of requests that is mirrored to it.", "Use a number from 0 to 100."},
		{DuplicateSvcName, Error, "two predictors of one Service name", "Two predictors have the same annotation seldon.io/svc-name.", "Give each a name of its own."},
		{NullComponentSpec, Error, "an empty entry in componentSpecs", "The operator crashes on an entry that is null.", "Remove the entry or fill it."},
		{NoLocalUnit, Error, "no unit in the orchestrator's pod", "The orchestrator is put into the pod of the first unit that it reaches at localhost, and there is none: no unit has a container in the first component spec, or the annotation seldon.io/engine-separate-pod is present with a value other than true.", "Put a unit's container into the first component spec, or set the annotation seldon.io/engine-separate-pod to \"true\"."},
		{NoLocalPod, Error, "no pod for the unit at localhost", "A unit says that it is reached at localhost, but no pod has its container.", "Remove endpoint.service_host, or add a container of the unit's name."},
		{NoServerConfig, Error, "a model server without configuration", "The values have no entry under predictor_servers for the implementation.", "Correct the name, or add the server to predictor_servers."},
		{NoProtocolImage, Error, "a model server without image for the protocol", "The server's entry under predictor_servers has no image that speaks the protocol.", "Add the protocol to the entry, or use another protocol."},
		{UnsupportedServer, Error, "a server that MLServer cannot run", "Under this protocol the release can run only some model servers.", "Use another protocol, or one of the servers in the message."},
		{AnnotationNotANumber, Error, "an annotation that must be a number", "The operator reads the annotation as a whole number and stops when it is none.", "Write a plain decimal number."},
		{AmbassadorHeader, Error, "a malformed header annotation", "The operator splits the annotation at every colon into names and values, and crashes when the parts do not fit.", "Write name: value, without further colons."},
		{CertificateWithoutPod, Error, "a certificate for a graph root without pod", "With ssl the certificate is mounted into the pod of the graph's root; the operator crashes when the root has none.", "Remove ssl, or make the root a unit with a container."},
		{ExplainerType, Error, "an explainer type that MLServer lacks", "Under the v2 protocol explainers run in MLServer, which knows some types only.", "Use one of the types in the message."},
		{ExplainerWithoutModel, Error, "an explainer without a model to ask", "The predictor runs without orchestrator and has no Service of its own; the operator crashes.", "Remove the explainer or the annotation seldon.io/no-engine."},
		{ModelURIWithoutPod, Error, "a modelUri without pod", "The model would be fetched into the pod of the unit's container, and the unit has none.", "Remove modelUri, or give the unit a container."},
		{DuplicateUnit, Warning, "two units of one name", "The operator looks units up by name and takes the first of a graph for all of them. Where that one has no container and a later one brings its own, the operator crashes, which is an error here.", "Rename one of them."},
		{SettingNotANumber, Error, "a setting that must be a number", "The operator reads the value as a whole number and stops when it is none. Numbers of seven digits and more in a values file turn into scientific notation unless they are quoted.", "Write a whole number, in quotes."},
		{SettingNotAQuantity, Error, "a setting that must be a quantity", "The operator reads the value as a Kubernetes quantity and stops when it is none or missing.", "Write a quantity such as 500m or 1Gi."},
		{OrchestratorImage, Error, "no image for the orchestrator", "The settings name no image for the service orchestrator.", "Set executor.image (engine.image for the Java engine) in the values."},
		{ServerWithoutProtocols, Error, "a model server without protocols", "The operator crashes when a RELATED_IMAGE variable is set for a server whose entry has no protocols.", "Give the server's entry under predictor_servers a protocol."},
	}
}
