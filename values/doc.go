// Package values turns chart values into the settings of the operator: the
// release's defaults, values files over them with Helm's merge semantics, and
// --set expressions over those, every key knowing where it was set.
//
// Start with [Load]; [Values.Variable] and [Values.Config] answer as the
// operator's environment and its ConfigMap would. The package imports release
// and finding.
package values
