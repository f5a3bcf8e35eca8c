package values

import (
	helmyaml "sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/release"
)

// readDefaults returns the chart's own values. They are part of this program,
// so that an error is a mistake of ours.
func readDefaults(rel *release.Release) *entry {
	var data map[string]any
	if err := helmyaml.Unmarshal(rel.Values, &data); err != nil {
		panic("values: defaults of release " + rel.Version + ": " + err.Error())
	}
	return newEntry(data, Origin{Source: Default})
}
