package release

// v1_9_0 reads annotations of the metadata too, one Istio host among them, and
// lets a user's environment win over MLServer's.
func v1_9_0() *Release {
	r := v1_8_0()
	r.knows("Explainer", "replicas")
	r.Annotations = SpecThenMetadataAnnotations
	r.Pods.TrafficLabels = LabelShadowTraffic
	r.Servers.MLServer.Env = MergeMLServerEnv
	r.Istio.Hosts = AnnotatedIstioHost
	r.Explainers.Modes = AlibiExplainersForKFServing
	r.Explainers.Replicas = ExplainerReplicasOwn
	return r
}
