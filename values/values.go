package values

// Values are merged chart values, seen as the operator sees them.
type Values struct{}

// Variable returns the text that the chart gives the manager's environment
// variable of that name, and whether it is set at all.
func (v *Values) Variable(name string) (text string, set bool) { return "", false }

// Config returns the value of a key of the operator's ConfigMap, as decoded
// JSON, and whether it is there.
func (v *Values) Config(key string) (any, bool) { return nil, false }
