package finding

// Codes about running and writing.
const ()

func runCodes() []Definition {
	return []Definition{}
}
