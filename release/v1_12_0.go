package release

// v1_12_0 makes one VirtualService, probes MLServer by HTTP, runs explainers in
// it, and tunes the logging of requests.
func v1_12_0() *Release {
	r := v1_11_0()
	r.chart("1.12.0")
	r.knows("Explainer", "initParameters")
	r.reads(
		value("DEPLOYMENT_NAME_AS_PREFIX", "manager.deploymentNameAsPrefix"),
		value("EXECUTOR_REQUEST_LOGGER_WORK_QUEUE_SIZE", "executor.requestLogger.workQueueSize"),
		value("EXECUTOR_REQUEST_LOGGER_WRITE_TIMEOUT_MS", "executor.requestLogger.writeTimeoutMs"))
	r.Servers.MLServer.Probes = MLServerHTTPProbesWithoutScheme
	r.executorArgs("--server_type",
		ExecutorArg{Flag: "--log_work_buffer_size", Value: ArgLogQueueSize},
		ExecutorArg{Flag: "--log_write_timeout_ms", Value: ArgLogWriteTimeout})
	r.Istio.VirtualServices = SingleVirtualService
	r.Explainers.Modes = AlibiOrMLServerExplainers
	r.Explainers.MLServerImage = "RELATED_IMAGE_EXPLAINER"
	r.Explainers.ModelName = ModelNameOfGraphRoot
	r.Explainers.Scraping = IgnoreExplainers
	return r
}
