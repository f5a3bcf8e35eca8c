package finding

// Codes about what a cluster refuses or breaks.
const ()

func clusterCodes() []Definition {
	return []Definition{}
}
