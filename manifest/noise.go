package manifest

// What is left out of every object that a render writes, in any format, because
// it says nothing:
//
//   - members that are null, such as creationTimestamp in older Kubernetes types
//   - the status of the object itself, whatever it holds: a cluster ignores it
//   - resources without anything in it, anywhere
//   - the strategy of a spec without anything in it
//
// All else stays. Other empty maps and lists have a meaning (emptyDir: {},
// podSelector: {}), and so do empty strings in labels and annotations.

// isStatus reports whether a member is the status of the object. Members of the
// object itself have depth 1.
func isStatus(key []byte, depth int) bool {
	return depth == 1 && string(key) == "status"
}

// isNoiseWhenEmpty reports whether a member says nothing when it is an empty map.
func isNoiseWhenEmpty[K string | []byte](key K, depth int) bool {
	return string(key) == "resources" || depth == 2 && string(key) == "strategy"
}
