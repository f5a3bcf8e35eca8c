// Package values turns chart values into the settings of the operator: the
// release's defaults, settings saved from a running operator, values files with
// Helm's merge semantics and --set expressions over those, every key knowing
// where it was set.
//
// Start with [Load]; [Values.Variable] and [Values.Config] answer as the
// operator's environment and its ConfigMap would. [Values.WriteYAML] prints
// values that load as the same settings.
//
// The places of keys come from go.yaml.in/yaml/v4; what the keys hold is read with
// sigs.k8s.io/yaml, as Helm does.
package values
