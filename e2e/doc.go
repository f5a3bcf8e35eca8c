// Package e2e holds the runs against a real Kubernetes control plane: what the
// program writes is created, applied twice, laid over what the operator left,
// upgraded from one release to the next, brought to life, held to Pod Security
// Standards, and compared with what is there (docs/e2e.md).
//
// The tests are the package. Start with main_test.go, which brings the control
// plane up and takes it down, then read one run, such as accepted_test.go. Below are
// controlplane (etcd, API server, controllers), programs (built, and watched over
// while they run), cluster (a client that keeps warnings), product (seldonctl as a
// program, and the cases) and agreement (what a server says against what seldonctl
// said).
//
// This is a module of its own so that client-go stays out of the program's.
package e2e
