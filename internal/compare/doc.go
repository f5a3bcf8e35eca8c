// Package compare tells what changes between two sets of Kubernetes objects, for
// people: a verdict about each object, as far as whether a cluster can carry the
// change out at all, and a diff of its YAML.
//
// Start with [Differences]. match.go pairs the objects, live.go knows what to make
// of those of a cluster, text.go and secret.go make them readable and keep Secrets
// out of sight, replace.go knows what cannot be changed in place and restart.go
// what starts new pods. A [Summary] adds up what becomes of SeldonDeployments. The
// package is pure.
package compare
