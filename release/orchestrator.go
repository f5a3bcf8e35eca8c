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
