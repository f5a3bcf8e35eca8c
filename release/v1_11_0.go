package release

// v1_11_0 is built with the types of Kubernetes 1.21, which scale by the
// resources of one container. Its schema has the metadata of claim templates as an
// object without fields.
func v1_11_0() *Release {
	r := v1_10_0()
	r.chart("1.11.0")
	r.KubernetesAPI = "1.21"
	r.Pruned = FieldMask{coreTypes + "PersistentVolumeClaimTemplate": {"metadata"}}
	r.knows("MetricV2Beta1", "containerResource")
	r.Scaling.Stabilization = OmitStabilization
	return r
}
