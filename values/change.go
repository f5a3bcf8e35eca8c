package values

import "maps"

// WithVariable returns the values with another text for a variable, as if its
// manager had been told so. The variable must be one of the release's.
func (v *Values) WithVariable(name, text string) *Values {
	changed := *v
	changed.variables = maps.Clone(v.variables)
	x := changed.variables[name]
	x.text, x.set = text, true
	changed.variables[name] = x
	return &changed
}

// WithConfig returns the values with other content under a key of the operator's
// ConfigMap, as [Values.Config] has it.
func (v *Values) WithConfig(key string, content any) *Values {
	changed := *v
	changed.config = maps.Clone(v.config)
	changed.config[key] = content
	return &changed
}
