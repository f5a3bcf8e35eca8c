// Package release says what differs between the releases of Seldon Core.
//
// Start with [Release]. Each file v*.go is a release, told by what it changes
// against the one before: read from v1_5_0.go on, they are the history of the
// operator. A further release is a new file like them, the changes of its chart
// under templates/ and its tags in history.go; a new kind of behaviour is a new
// constant of an enum here and the code in package render that acts on it.
package release
