package release

// v1_10_0 runs MLflow and servers of the user's own in MLServer, routes its gRPC
// calls, and gives explainers their service account.
func v1_10_0() *Release {
	r := v1_9_0()
	r.chart("1.10.0")
	r.Servers.MLServer.Classes = append(r.Servers.MLServer.Classes, ServerClass{"MLFLOW_SERVER", "mlserver_mlflow.MLflowRuntime"})
	r.Servers.MLServer.OtherServers = AcceptOtherServers
	r.Istio.GRPCPaths = ".*tensorflow.*|.*seldon.protos.*|.*inference.*"
	r.Explainers.ServiceAccount = ExplainerAccountOnPod
	return r
}
