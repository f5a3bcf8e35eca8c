package finding

// Codes about what the operator's quirks do to a user's settings.
const ()

func quirkCodes() []Definition {
	return []Definition{}
}
