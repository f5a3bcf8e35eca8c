package release

// v1_17_1 is the last release under the Apache licence. It fetches the models of
// all units, not only those of prepackaged servers.
func v1_17_1() *Release {
	r := v1_17_0()
	r.Storage.Units = UnitsWithModelURI
	return r
}
