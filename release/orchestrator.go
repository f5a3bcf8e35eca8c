package release

// Orchestrator is how the service orchestrator is run (orchestrator-ingress.md,
// 1 and 2; differences.md, 11).
type Orchestrator struct {
	// Programs says whether the legacy Java engine can be chosen.
	Programs OrchestratorPrograms
	// Args are the executor's arguments, in order.
	Args []ExecutorArg
	// SecurityContext says what the orchestrator may do.
	SecurityContext OrchestratorSecurityContext
	// Numbers are the annotations of its pod that the executor parses as integers
	// when it starts, and ends at where it cannot. They were tried with 1.7.0 and
	// 1.18.2.
	Numbers []NumberAnnotation
	// LogVariable says whether SELDON_LOG_MESSAGES_EXTERNALLY is always written.
	LogVariable LogVariable
}

// OrchestratorPrograms says which orchestrators there are.
type OrchestratorPrograms int

// The orchestrator is the executor or the Java engine, or always the executor.
const (
	ExecutorOrEngine OrchestratorPrograms = iota + 1
	ExecutorOnly
)

// NumberAnnotation is an annotation that the executor parses.
type NumberAnnotation struct {
	Annotation string
	Check      NumberCheck
}

// NumberCheck says who else reads a NumberAnnotation.
type NumberCheck int

// The executor alone reads the annotation, or an ingress does so too, and the
// operator renders whatever it says where that is off.
const (
	NumberOfExecutor NumberCheck = iota + 1
	NumberOfIngressToo
)

// ExecutorArg is an argument of the executor.
type ExecutorArg struct {
	Flag  string
	Value ExecutorValue
	// Joined says that flag and value are one argument, flag=value.
	Joined bool
}

// ExecutorValue is where the value of an ExecutorArg comes from.
type ExecutorValue int

// The values of the executor's arguments.
const (
	ArgDeploymentName ExecutorValue = iota + 1
	ArgNamespace
	ArgPredictorName
	ArgHTTPPort
	ArgGRPCPort
	ArgProtocol
	ArgTransport
	ArgPrometheusPath
	ArgServerType
	ArgLogQueueSize
	ArgLogWriteTimeout
	ArgFullHealthChecks
)

// OrchestratorSecurityContext says what the orchestrator may do.
type OrchestratorSecurityContext int

// The orchestrator's user is set, or also that it cannot gain privileges.
const (
	OrchestratorUser OrchestratorSecurityContext = iota + 1
	OrchestratorUserNoEscalation
)

// LogVariable says whether SELDON_LOG_MESSAGES_EXTERNALLY is always written.
type LogVariable int

// The variable is written unless the user's environment has it, or never.
const (
	WriteLogVariable LogVariable = iota + 1
	DropLogVariable
)
