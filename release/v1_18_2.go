package release

// v1_18_2 is the newest release. It reads several Istio hosts.
func v1_18_2() *Release {
	r := v1_18_0()
	r.Istio.Hosts = AnnotatedIstioHosts
	r.Istio.ExplainerHosts = AnnotatedIstioHosts
	return r
}
