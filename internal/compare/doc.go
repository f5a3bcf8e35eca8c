// Package compare tells what changes between two sets of Kubernetes objects, for
// people: as a diff of the YAML of each object, and whether a cluster can carry
// the change out at all.
//
// Start with [Differences]. match.go pairs the objects, text.go and secret.go
// make them readable and keep Secrets out of sight, replace.go knows what cannot
// be changed in place. The package is pure.
package compare
