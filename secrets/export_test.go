package secrets

var (
	CheckKeyFile  = checkKeyFile
	CheckEndpoint = checkEndpoint
)

// ParseINI returns names of sections and their entries as text.
func ParseINI(data []byte) (map[string]map[string]string, bool) {
	sections, faults := parseINI(File{Name: "f", Data: data})
	out := map[string]map[string]string{}
	for _, s := range sections {
		out[s.name] = map[string]string{}
		for _, e := range s.entries {
			out[s.name][e.key] = e.value.Reveal()
		}
	}
	return out, !faults.HasErrors()
}

// Look returns what is known of a Secret with such values.
func Look(values map[string]string) Known {
	var k Known
	k.look(values)
	return k
}
