package release

// v1_6_0 validates SeldonDeployments as they are written. Its schema is the older
// one of 1.5.1.
func v1_6_0() *Release {
	r := v1_5_2()
	r.chart("1.6.0")
	r.knows("PodMeta", "managedFields")
	r.Pods.Metadata = PodMetadataDropped
	r.reads(fixed("USE_EXECUTOR", "true"))
	r.Defaulting.Webhook = ValidateAsWritten
	r.Servers.TritonConfig = TritonFindsConfig
	return r
}
