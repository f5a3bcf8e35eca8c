package finding

// Codes about credentials.
const ()

func credentialCodes() []Definition {
	return []Definition{}
}
