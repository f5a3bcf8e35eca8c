// Package manifest holds Kubernetes objects and encodes them: their identity, their
// order, the output formats.
//
// Start with [Object]. A [Format] encodes objects, in parallel if wanted; [Sort]
// and [RankOf] know the order that kubectl apply likes. Among the files,
// format_*.go has a format each, yaml.go and json.go the writers under them,
// encoder.go what a value says to a writer, noise.go what is left out, order.go
// the order of kinds. The package touches no files.
package manifest
