// Package storage holds the run of storage initializers: Secrets that seldonctl
// makes, in manifests that it renders, must let the initializers' programs fetch a
// model, and what keeps one from fetching must have been a finding
// (docs/e2e-storage.md).
//
// The tests are the package. Start with forms_test.go, the ways in, then
// faults_test.go, what can be wrong with them. Below are clouds (Amazon, Google
// and Azure on loopback), initializer (init containers without a kubelet) and
// kfserving, which stands for a Python program. Each of the other folders pins a
// program.
//
// This is a module of its own so that clients of clouds stay out of the program's.
package storage
