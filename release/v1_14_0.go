package release

// v1_14_0 serves Hugging Face models, mirrors a share of the traffic, and is
// built with the types of Kubernetes 1.23 and KEDA 2.7.
func v1_14_0() *Release {
	r := v1_13_0()
	r.chart("1.14.0")
	r.KubernetesAPI = "1.23"
	r.knows("KEDASpec", "idleReplicaCount", "fallback")
	r.knows("ScaleTrigger", "metricType")
	r.knows("ScaledObjectAuth", "kind")
	r.lacks("ScalerHPAConfig", "resourceMetrics")
	r.reads(value("EXECUTOR_FULL_HEALTH_CHECKS", "executor.fullHealthChecks"))
	r.Validation.NoModelURI = []string{"HUGGINGFACE_SERVER"}
	r.Validation.NoTensorflow = append(r.Validation.NoTensorflow, "HUGGINGFACE_SERVER")
	r.Validation.Traffic = SumLiveTraffic
	r.unitEnv("PREDICTIVE_UNIT_PARAMETERS", UnitVariable{"MLSERVER_MODEL_URI", ModelPath, DropAll, WithModelURI})
	r.unitEnv("PREDICTIVE_UNIT_ID", UnitVariable{"MLSERVER_MODEL_NAME", ContainerName, AppendAnyway, Always})
	r.unitEnv("PREDICTIVE_UNIT_METRICS_ENDPOINT",
		UnitVariable{"MLSERVER_METRICS_PORT", MetricsPort, AppendAnyway, WithMetricsPort},
		UnitVariable{"MLSERVER_METRICS_ENDPOINT", PrometheusPath, AppendAnyway, WithMetricsPort})
	r.Servers.Triton = TritonAsPodUser
	r.Servers.MLServer.Classes = append(r.Servers.MLServer.Classes, ServerClass{"HUGGINGFACE_SERVER", "mlserver_huggingface.HuggingFaceRuntime"})
	r.executorArgs("--protocol", ExecutorArg{Flag: "--transport", Value: ArgTransport})
	r.executorArgs("--log_write_timeout_ms", ExecutorArg{Flag: "--full_health_checks", Value: ArgFullHealthChecks, Joined: true})
	r.Istio.MirrorShare = MirrorPercentage
	r.Explainers.EnvSecret = ExplainerSecretOrDefault
	return r
}
