package release

// Variable is an environment variable of the operator's manager and the chart
// values it is made from (orchestrator-ingress.md, 9; differences.md, 18). The
// operator reads nothing but these variables and its ConfigMap, so a rule that
// asks for a variable works for a values file and for a running installation.
type Variable struct {
	Name string
	// Key is the dotted chart value, or empty where the chart has none.
	Key string
	// Image says that Key is a map of registry, repository and tag which the chart
	// joins to registry/repository:tag.
	Image bool
	// Fixed is what the chart sets, without asking the values. It counts only
	// where Key is empty; Set tells an empty text from a variable not set at all.
	Fixed string
	Set   bool
}

// ConfigKeys returns the keys of the operator's ConfigMap seldon-config. Each
// holds the JSON of the chart value of the same name.
func ConfigKeys() []string {
	return []string{"credentials", "explainer", "predictor_servers", "storageInitializer"}
}

func value(name, key string) Variable { return Variable{Name: name, Key: key} }
func image(name, key string) Variable { return Variable{Name: name, Key: key, Image: true} }
func fixed(name, text string) Variable {
	return Variable{Name: name, Fixed: text, Set: true}
}
func unset(name string) Variable { return Variable{Name: name} }
