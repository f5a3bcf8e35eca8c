package release

// v1_15_0 configures Ambassador with Mappings, and not unless told to, and gives
// each container of a pod a label of its own.
func v1_15_0() *Release {
	r := v1_14_0()
	r.chart("1.15.0")
	r.knows("Predictor", "progressDeadlineSeconds")
	r.reads(
		value("AMBASSADOR_VERSION", "ambassador.version"),
		fixed("RELATED_IMAGE_EXPLAINER_V2", ""),
		fixed("RELATED_IMAGE_SKLEARNSERVER_V2", ""),
		fixed("RELATED_IMAGE_XGBOOSTSERVER_V2", ""),
		fixed("RELATED_IMAGE_MLFLOWSERVER_V2", ""))
	r.ignores("RELATED_IMAGE_TENSORFLOW", "RELATED_IMAGE_TFPROXY")
	r.Pods.ServiceLabel = ServiceLabelPerContainer
	r.Servers.RelatedImages = RelatedImageReplacesProtocol
	r.Servers.Related = []RelatedImage{
		{"RELATED_IMAGE_SKLEARNSERVER", "SKLEARN_SERVER", "seldon"},
		{"RELATED_IMAGE_XGBOOSTSERVER", "XGBOOST_SERVER", "seldon"},
		{"RELATED_IMAGE_MLFLOWSERVER", "MLFLOW_SERVER", "seldon"},
		{"RELATED_IMAGE_SKLEARNSERVER_V2", "SKLEARN_SERVER", "v2"},
		{"RELATED_IMAGE_XGBOOSTSERVER_V2", "XGBOOST_SERVER", "v2"},
		{"RELATED_IMAGE_MLFLOWSERVER_V2", "MLFLOW_SERVER", "v2"},
	}
	r.Servers.TritonRepository = TritonMayReadModelURI
	r.Orchestrator.SecurityContext = OrchestratorUserNoEscalation
	r.Ambassador = AmbassadorAnnotationOrMappings
	r.Explainers.MLServerImage = "RELATED_IMAGE_EXPLAINER_V2"
	return r
}
