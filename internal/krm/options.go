package krm

import (
	"encoding/json"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
)

// Config says how the function renders. Its zero value is what a ResourceList
// without functionConfig means.
type Config struct {
	run.Settings
	run.Reporting
	ValidateOnly bool `json:"validateOnly"`
	// Origins annotates objects with where their fields come from.
	Origins bool `json:"origins"`
	// Values are chart values that the functionConfig holds, and Files and
	// Deployments SeldonDeployments besides those among the items.
	Values      Values       `json:"values"`
	Files       []string     `json:"files"`
	Deployments []Deployment `json:"deployments"`
	// valuesText are the values of a ConfigMap, as YAML.
	valuesText string
}

// Values are chart values.
type Values map[string]anything

// Deployment is a SeldonDeployment.
type Deployment map[string]anything

// anything is a value that is read by others.
type anything struct{ json.RawMessage }

// Options returns the keys of the functionConfig, bound to the configuration, in
// the order of the documentation.
func (c *Config) Options() []run.Option {
	return append(append(c.Settings.Options(), c.Reporting.Options()...),
		run.Option{Name: finding.OptionValues, To: &c.Values,
			Usage: "values of Seldon's Helm chart; they win over those of files"},
		run.Option{Name: "files", To: &c.Files,
			Usage: "file with SeldonDeployments to render besides those among the items"},
		run.Option{Name: "deployments", To: &c.Deployments,
			Usage: "SeldonDeployments to render besides those among the items"},
		run.Option{Name: "validateOnly", Flag: "validate-only", Default: "false", To: &c.ValidateOnly,
			Usage: "report faults and leave the items as they are"},
		run.Option{Name: "origins", Flag: "origins", Default: "false", To: &c.Origins,
			Usage: "annotate objects, never their pods, with where each field comes from (" + OriginsAnnotation + ")"},
	)
}

// Check returns what is wrong with the values of options.
func (c *Config) Check() []run.OptionError {
	_, faults := c.Settings.Config()
	_, more := c.Policy()
	return append(faults, more...)
}
