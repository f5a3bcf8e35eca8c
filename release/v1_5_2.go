package release

// v1_5_2 has a schema that keeps a component spec's metadata, and does not know who
// managed which field of it.
func v1_5_2() *Release {
	r := v1_5_0()
	r.lacks("PodMeta", "managedFields")
	r.Pods.Metadata = PodMetadataKept
	return r
}
