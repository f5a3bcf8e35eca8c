package release

// v1_13_0 speaks the v2 protocol by that name, has no Java engine any more, and
// tells every unit MLServer's ports.
func v1_13_0() *Release {
	r := v1_12_0()
	r.chart("1.13.0")
	r.ignores("USE_EXECUTOR", "RELATED_IMAGE_ENGINE",
		"ENGINE_CONTAINER_IMAGE_AND_VERSION", "ENGINE_CONTAINER_IMAGE_PULL_POLICY",
		"ENGINE_CONTAINER_SERVICE_ACCOUNT_NAME", "ENGINE_CONTAINER_USER",
		"ENGINE_DEFAULT_CPU_REQUEST", "ENGINE_DEFAULT_CPU_LIMIT",
		"ENGINE_DEFAULT_MEMORY_REQUEST", "ENGINE_DEFAULT_MEMORY_LIMIT",
		"ENGINE_LOG_MESSAGES_EXTERNALLY", "ENGINE_PROMETHEUS_PATH")
	r.reads(unset("ENGINE_SERVER_PORT"), unset("ENGINE_SERVER_GRPC_PORT"))
	r.Validation.Protocols = append(r.Validation.Protocols, "v2")
	r.unitVariable("PREDICTIVE_UNIT_HTTP_SERVICE_PORT").Collision = DropAll
	r.unitVariable("PREDICTIVE_UNIT_GRPC_SERVICE_PORT").Collision = DropAll
	r.unitVariable("PREDICTIVE_UNIT_PARAMETERS").Collision = DropAll
	r.unitEnv("PREDICTIVE_UNIT_HTTP_SERVICE_PORT", UnitVariable{"MLSERVER_HTTP_PORT", HTTPPort, DropAll, Always})
	r.unitEnv("PREDICTIVE_UNIT_GRPC_SERVICE_PORT", UnitVariable{"MLSERVER_GRPC_PORT", GRPCPort, DropAll, Always})
	r.Servers.ImageProtocol = V2OrKFServing
	r.Orchestrator.Programs = ExecutorOnly
	r.Orchestrator.LogVariable = DropLogVariable
	return r
}
