package values

// Overlay is a layer of settings over a release's defaults.
type Overlay struct {
	kind overlayKind
	// name is the file's name, or empty.
	name string
	// text is the file's content, or the expression.
	text []byte
}

// overlayKind orders the layers: a later kind wins over an earlier one.
type overlayKind int

const (
	operatorOverlay overlayKind = iota
	fileOverlay
	setOverlay
	setStringOverlay
	overlayKinds
)

// Operator is a file with settings saved from a running operator: its ConfigMap
// seldon-config, its manager's Deployment, or a List of both, YAML or JSON, as
// kubectl prints them.
func Operator(name string, data []byte) Overlay {
	return Overlay{kind: operatorOverlay, name: name, text: data}
}

// File is a values file. The name is used in findings and for origins.
func File(name string, data []byte) Overlay {
	return Overlay{kind: fileOverlay, name: name, text: data}
}

// Set is an expression in the syntax of Helm's --set. The name stands before the
// key in findings and origins, such as that of a flag.
func Set(name, expr string) Overlay {
	return Overlay{kind: setOverlay, name: name, text: []byte(expr)}
}

// SetString is like [Set] for Helm's --set-string: its values are text.
func SetString(name, expr string) Overlay {
	return Overlay{kind: setStringOverlay, name: name, text: []byte(expr)}
}
