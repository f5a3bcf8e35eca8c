// Package graph draws a SeldonDeployment: the inference graph and what it is
// rendered to, as text, Mermaid, DOT or SVG (docs/graph.md).
//
// Start with [New], which reads a SeldonDeployment and its objects, and [Write].
// Names of any kind come out as themselves: every format escapes what it must.
//
// The package knows what was rendered, not how.
package graph
