// Package input reads manifests as seldonctl does: SeldonDeployments become what
// package render takes, with every fault at once, the line and column of each
// field, and suggestions for names that are misspelt. YAML is read as Kubernetes
// reads it.
//
// Start with [Read]. The package takes bytes and reads no files.
package input
