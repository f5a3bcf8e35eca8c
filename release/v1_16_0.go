package release

// v1_16_0 is built with the types of Kubernetes 1.24, scales with autoscaling/v2
// and policy/v1, and writes what a cluster would fill in.
func v1_16_0() *Release {
	r := v1_15_0()
	r.chart("1.16.0")
	r.KubernetesAPI = "1.24"
	r.knows("HPASpec", "metricsv2")
	r.Defaulting.Containers = FillContainerDefaults
	r.Defaulting.SeparateHosts = SeparateWhenTrue
	r.Defaulting.PrepackagedHost = HostOfOwnPod
	r.Defaulting.HostSuffix = ".svc.cluster.local"
	r.Validation.SvcNames = RefuseSameSvcName
	r.Pods.Strategy = RollingUpdateStrategy
	r.Pods.PredictorAnnotations = AnnotationsWrittenAgain
	r.Servers.MLServer.Probes = MLServerHTTPProbes
	r.Scaling.HPA = HPAv2
	r.Scaling.PDB = PDBv1
	r.Istio.DestinationSuffix = ".svc.cluster.local"
	r.Istio.ExplainerHosts = AnnotatedIstioHost
	return r
}
