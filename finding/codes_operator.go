package finding

// Codes about the operator's own validation and rendering.
const ()

func operatorCodes() []Definition {
	return []Definition{}
}
