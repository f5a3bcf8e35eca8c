// Command podfields writes release/podfields.go: the fields of today's
// Kubernetes types that the API of a release does not know.
//
// It reads the source of k8s.io/api and k8s.io/apimachinery in the version the
// project requires and in those the releases were built with, walks everything
// that a SeldonDeployment can hold, from the types in target.roots on, and compares the
// versions by JSON name. Run it from this folder's module, or by go generate:
//
//	go -C tools run ./podfields           # writes release/podfields.go
//	go -C tools run ./podfields -check    # fails when that file is stale
//	go -C tools run ./podfields -report   # lists what else differs
//
// Start with main. The command imports the standard library only.
package main
