package release

// v1_8_0 fetches models with rclone, runs newer MLServers, accepts units without
// a type and takes the first ports of units from the chart.
func v1_8_0() *Release {
	r := v1_7_0()
	r.chart("1.8.0")
	r.reads(
		value("PREDICTIVE_UNIT_HTTP_SERVICE_PORT", "predictiveUnit.httpPort"),
		value("PREDICTIVE_UNIT_GRPC_SERVICE_PORT", "predictiveUnit.grpcPort"))
	r.Validation.UntypedUnit = AcceptUntypedUnit
	r.Pods.ServiceLabel = SharedServiceLabelWithApp
	r.Servers.MLServer.Classes = []ServerClass{
		{"SKLEARN_SERVER", "mlserver_sklearn.SKLearnModel"},
		{"XGBOOST_SERVER", "mlserver_xgboost.XGBoostModel"},
		{"TEMPO_SERVER", "tempo.mlserver.InferenceRuntime"},
	}
	r.Servers.MLServer.Args = MLServerImageCommand
	r.Servers.MLServer.Tempo = TempoOptions
	r.Storage.UnitImage = UnitImageKept
	r.Storage.Flavour = RcloneInitializer
	r.Explainers.Env = ExplainerUserEnv
	r.Explainers.ServiceLabel = ExplainerServiceOfPredictor
	return r
}
