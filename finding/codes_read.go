package finding

// Codes about reading documents.
const ()

func readCodes() []Definition {
	return []Definition{}
}
