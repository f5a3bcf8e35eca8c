// Package manifest holds rendered objects and writes them: their order, the
// output formats, and what keeps an output back until a run has succeeded.
//
// Start with [Object]. A [Format] encodes objects, in parallel if wanted; the
// chunks go to a [Spool] for a stream or a single [File], or to a [Dir] with a
// file for each. Among the files, format_*.go has a format each, yaml.go and
// json.go the writers under them, noise.go what they leave out, order.go the order
// of kinds. The package imports finding and internal/textdiff only.
package manifest
