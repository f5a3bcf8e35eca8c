package release

// v1_18_0 is the first release under the Business Source License, and is built
// with the types of Kubernetes 1.28.
func v1_18_0() *Release {
	r := v1_17_1()
	r.License = "BSL-1.1"
	r.KubernetesAPI = "1.28"
	r.Orchestrator.Numbers = append(r.Orchestrator.Numbers, NumberAnnotation{"seldon.io/rest-timeout", NumberOfIngressToo})
	return r
}
