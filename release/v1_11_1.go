package release

// v1_11_1 has a chart that installs the model servers of 1.11.0.
func v1_11_1() *Release {
	r := v1_11_0()
	r.chart("1.11.1")
	return r
}
