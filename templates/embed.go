// Package templates holds the default values of Seldon Core's Helm chart, a
// file for each release, with the keys and values of the chart itself.
package templates

import _ "embed"

//go:embed 1.7.0/values.yaml
var values1_7_0 []byte

//go:embed 1.18.2/values.yaml
var values1_18_2 []byte

// Values1_7_0 returns the default values of release 1.7.0, as YAML.
func Values1_7_0() []byte { return values1_7_0 }

// Values1_18_2 returns the default values of release 1.18.2, as YAML.
func Values1_18_2() []byte { return values1_18_2 }
