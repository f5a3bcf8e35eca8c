package seldon

// Annotations of spec.annotations (core.md, 1.2; orchestrator-ingress.md, 10).
// Some releases read those marked with (metadata) from metadata.annotations too
// (differences.md, 12).
const (
	// AnnotationExecutor chooses the executor (true) or the Java engine (false).
	AnnotationExecutor = "seldon.io/executor"
	// AnnotationSeparatePod puts the orchestrator into a pod of its own (true).
	AnnotationSeparatePod = "seldon.io/engine-separate-pod"
	// AnnotationEnginePrefix starts the keys that become orchestrator variables.
	AnnotationEnginePrefix = "seldon.io/engine-"
	// AnnotationJavaOpts are the Java engine's options; default -server.
	AnnotationJavaOpts = "seldon.io/engine-java-opts"
	// AnnotationHeadless makes predictor Services headless (metadata).
	AnnotationHeadless = "seldon.io/headless-svc"
	// AnnotationNoStorageInitializer lets Triton read the modelUri itself (true).
	AnnotationNoStorageInitializer = "seldon.io/no-storage-initializer"
	// AnnotationLogQueueSize is the executor's queue of payloads to log (metadata).
	AnnotationLogQueueSize = "seldon.io/executor-logger-queue-size"
	// AnnotationLogWriteTimeout is in milliseconds (metadata).
	AnnotationLogWriteTimeout = "seldon.io/executor-logger-write-timeout-ms"

	// AnnotationIstioGateway is the gateway; default from the values (metadata).
	AnnotationIstioGateway = "seldon.io/istio-gateway"
	// AnnotationIstioHost lists the hosts, separated by commas (metadata).
	AnnotationIstioHost = "seldon.io/istio-host"
	// AnnotationIstioRetries is the number of attempts; default none (metadata).
	AnnotationIstioRetries = "seldon.io/istio-retries"
	// AnnotationIstioRetriesTimeout is in seconds for each try; default 1 (metadata).
	AnnotationIstioRetriesTimeout = "seldon.io/istio-retries-timeout"

	// AnnotationRESTTimeout is Ambassador's, in milliseconds; default 3000 (metadata).
	AnnotationRESTTimeout = "seldon.io/rest-timeout"
	// AnnotationGRPCTimeout is Ambassador's, in milliseconds; default 3000 (metadata).
	AnnotationGRPCTimeout = "seldon.io/grpc-timeout"
	// AnnotationAmbassadorConfig replaces the generated configuration (metadata).
	AnnotationAmbassadorConfig = "seldon.io/ambassador-config"
	// AnnotationAmbassadorServiceName is the external name; default the SeldonDeployment's (metadata).
	AnnotationAmbassadorServiceName = "seldon.io/ambassador-service-name"
	// AnnotationAmbassadorHeader holds key: value pairs (metadata).
	AnnotationAmbassadorHeader = "seldon.io/ambassador-header"
	// AnnotationAmbassadorRegexHeader turns the pairs of AnnotationAmbassadorHeader
	// into regular expressions; its own text is never read (metadata).
	AnnotationAmbassadorRegexHeader = "seldon.io/ambassador-regex-header"
	// AnnotationAmbassadorID selects an Ambassador (metadata).
	AnnotationAmbassadorID = "seldon.io/ambassador-id"
	// AnnotationAmbassadorRetries is the number of retries; default 0 (metadata).
	AnnotationAmbassadorRetries = "seldon.io/ambassador-retries"
	// AnnotationCircuitBreakersPrefix starts the keys of the circuit breakers: it
	// is followed by max-connections, max-pending-requests, max-requests or
	// max-retries (metadata).
	AnnotationCircuitBreakersPrefix = "seldon.io/ambassador-circuit-breakers-"
)

// Annotations of spec.predictors[].annotations.
const (
	// AnnotationNoEngine leaves the orchestrator out (true).
	AnnotationNoEngine = "seldon.io/no-engine"
	// AnnotationSvcName names the predictor's Service.
	AnnotationSvcName = "seldon.io/svc-name"
	// AnnotationGetAmbassador overrides the generated Ambassador configuration.
	AnnotationGetAmbassador = "getambassador.io/config"
)

// LabelControllerID in metadata.labels names the operator that is responsible.
const LabelControllerID = "seldon.io/controller-id"

// Labels that are written (orchestrator-ingress.md, 10).
const (
	LabelDeploymentID      = "seldon-deployment-id"
	LabelApp               = "seldon-app"
	LabelContainerService  = "seldon-app-svc"
	LabelContainsSvcOrch   = "seldon-deployment-contains-svcorch"
	LabelPlainApp          = "app"
	LabelFluentd           = "fluentd"
	LabelVersion           = "version"
	LabelManagedBy         = "app.kubernetes.io/managed-by"
	LabelRouter            = "seldon.io/router"
	LabelCombiner          = "seldon.io/combiner"
	LabelModel             = "seldon.io/model"
	LabelTransformer       = "seldon.io/transformer"
	LabelOutputTransformer = "seldon.io/output-transformer"
	LabelExplainer         = "seldon.io/explainer"
	LabelDefault           = "seldon.io/default"
	LabelShadow            = "seldon.io/shadow"
	LabelCanary            = "seldon.io/canary"
)
