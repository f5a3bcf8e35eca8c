// Package gitops holds runs of Flux's and Argo CD's own code against a real
// Kubernetes API server: the calls by which their controllers apply objects and
// compare them with what is there (docs/e2e.md).
//
// The tests are the package. Start with main_test.go, then read flux_test.go or
// argocd_test.go. This is a module of its own because the two are made for one
// release of Kubernetes' libraries.
package gitops
