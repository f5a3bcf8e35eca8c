package finding

// Codes about the values.
const ()

func valuesCodes() []Definition {
	return []Definition{}
}
