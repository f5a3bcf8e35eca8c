// Package podsecurity holds the platform rule podSecurity against the evaluator of
// Kubernetes' own admission plugin. It is a module of its own, so that the plugin
// is in nobody's dependency graph.
package podsecurity
