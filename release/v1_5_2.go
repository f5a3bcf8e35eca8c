package release

// v1_5_2 does not know who managed which field of a component spec's metadata.
func v1_5_2() *Release {
	r := v1_5_0()
	r.lacks("PodMeta", "managedFields")
	return r
}
