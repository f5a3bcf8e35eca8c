package release

// v1_18_0 is the first release under the Business Source License, and is built
// with the types of Kubernetes 1.28; its initializer runs rclone 1.64. The schema of its custom resource is that of
// 1.16, from Kubernetes 1.24.
func v1_18_0() *Release {
	r := v1_17_1()
	r.License = "BSL-1.1"
	r.KubernetesAPI = "1.28"
	r.Storage.Principals = PrincipalsInVariables
	r.Pruned = r.Pruned.merge(FieldMask{
		coreTypes + "Container":                {"resizePolicy", "restartPolicy"},
		coreTypes + "EphemeralContainerCommon": {"resizePolicy", "restartPolicy"},
		coreTypes + "PodSpec":                  {"hostUsers", "resourceClaims", "schedulingGates"},
		coreTypes + "ResourceRequirements":     {"claims"},
		coreTypes + "TopologySpreadConstraint": {"matchLabelKeys", "nodeAffinityPolicy", "nodeTaintsPolicy"},
		coreTypes + "TypedObjectReference":     {"namespace"},
		// Claim templates: today's type no longer has it.
		coreTypes + "VolumeResourceRequirements": {"claims"},
	})
	r.Orchestrator.Numbers = append(r.Orchestrator.Numbers, NumberAnnotation{"seldon.io/rest-timeout", NumberOfIngressToo})
	return r
}
