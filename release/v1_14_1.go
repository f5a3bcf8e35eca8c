package release

// v1_14_1 has the chart of 1.14.0, whose images it installs.
func v1_14_1() *Release {
	r := v1_14_0()
	r.ImageTag = "1.14.0"
	return r
}
