// Package release says what differs between the releases of Seldon Core.
//
// Start with [Release]; v1_7_0.go and v1_18_2.go are the two values of it, to
// be read side by side. A third release is a new file like them, its default
// values under templates/ and a line in [All]; a new kind of behaviour is a new
// constant of an enum here and the code in package render that acts on it.
//
// The package imports templates only.
package release
