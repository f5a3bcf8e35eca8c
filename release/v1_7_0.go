package release

// v1_7_0 is the last release with kfserving's storage initializer. It annotates
// Services, and units may name an initializer of their own.
func v1_7_0() *Release {
	r := v1_6_0()
	r.lacks("PodMeta", "managedFields")
	r.Pods.Metadata = PodMetadataKept
	r.knows("Unit", "storageInitializerImage")
	r.knows("Explainer", "storageInitializerImage")
	r.Pods.ServiceAnnotations = AnnotatedServices
	r.Storage.UnitImage = UnitImageDropped
	return r
}
