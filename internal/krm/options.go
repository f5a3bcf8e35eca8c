package krm

import (
	"encoding/json"
	"strings"

	"github.com/seldonctl/seldonctl/release"
)

// Config says how the function renders. Its zero value is what a ResourceList
// without functionConfig means.
type Config struct {
	SeldonVersion   string   `json:"seldonVersion"`
	KubeVersion     string   `json:"kubeVersion"`
	Namespace       string   `json:"namespace"`
	ValuesFiles     []string `json:"valuesFiles"`
	ServerSideApply bool     `json:"serverSideApply"`
	Validate        string   `json:"validate"`
	ValidateOnly    bool     `json:"validateOnly"`
	Strict          bool     `json:"strict"`
	Disable         []string `json:"disable"`
	NoSecrets       bool     `json:"noSecrets"`
	// CreateServiceAccounts makes those that are used and are nowhere.
	CreateServiceAccounts bool     `json:"createServiceAccounts"`
	Mirrors               []string `json:"mirrors"`
	ImageLock             string   `json:"imageLock"`
	// Origins annotates objects with where their fields come from.
	Origins  bool     `json:"origins"`
	Platform []string `json:"platform"`
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

// Option is one key of the functionConfig. The configuration, its schema, the
// function's definition, the documentation and the flags of seldonctl fn are all
// made of the options.
type Option struct {
	// Name is the key under spec, or in the data of a ConfigMap.
	Name string
	// Flag is the name of the flag without dashes; empty where there is none.
	Flag string
	// Usage says what it is for, as the beginning of a sentence without full stop.
	Usage string
	// Commas says that the flag takes several values, separated by commas: codes
	// cannot hold one, names of files can.
	Commas bool
	// Default is what holds when the option is not given; empty where that is
	// nothing.
	Default string
	// Choices are the values that are allowed; nil for any.
	Choices []string
	// Into returns where the value belongs: *string, *bool, *[]string, *Values or
	// *[]Deployment.
	Into func(*Config) any
}

// Options returns the options in the order of the documentation.
func Options() []Option {
	return []Option{
		{Name: "seldonVersion", Flag: "seldon-version", Default: release.DefaultVersion, Choices: release.Names(),
			Usage: "release of Seldon Core to render as", Into: func(c *Config) any { return &c.SeldonVersion }},
		{Name: "kubeVersion", Flag: "kube-version", Default: "current",
			Usage: "version of the cluster, such as 1.24, in quotes: picks API versions that it serves", Into: func(c *Config) any { return &c.KubeVersion }},
		{Name: "namespace", Flag: "namespace", Default: "default",
			Usage: "namespace of SeldonDeployments that have none", Into: func(c *Config) any { return &c.Namespace }},
		{Name: "values",
			Usage: "values of Seldon's Helm chart; they win over those of files", Into: func(c *Config) any { return &c.Values }},
		{Name: "valuesFiles", Flag: "values",
			Usage: "files with values of Seldon's Helm chart; later files win", Into: func(c *Config) any { return &c.ValuesFiles }},
		{Name: "files",
			Usage: "files with SeldonDeployments to render besides those among the items", Into: func(c *Config) any { return &c.Files }},
		{Name: "deployments",
			Usage: "SeldonDeployments to render besides those among the items", Into: func(c *Config) any { return &c.Deployments }},
		{Name: "serverSideApply", Flag: "server-side-apply", Default: "false",
			Usage: "leave out repeated ports and variables, which server-side apply refuses, and name the strategy of Deployments", Into: func(c *Config) any { return &c.ServerSideApply }},
		{Name: "validate", Flag: "validate", Default: "strict", Choices: []string{"strict", "warn", "ignore"},
			Usage: "what to do about unknown or repeated fields: strict (error), warn or ignore (drop them as a cluster would)", Into: func(c *Config) any { return &c.Validate }},
		{Name: "validateOnly", Flag: "validate-only", Default: "false",
			Usage: "report faults and leave the items as they are", Into: func(c *Config) any { return &c.ValidateOnly }},
		{Name: "strict", Flag: "strict", Default: "false",
			Usage: "make warnings errors", Into: func(c *Config) any { return &c.Strict }},
		{Name: "disable", Flag: "disable", Commas: true,
			Usage: "codes of warnings to leave out, such as SDC401", Into: func(c *Config) any { return &c.Disable }},
		{Name: "noSecrets", Flag: "no-secrets", Default: "false",
			Usage: "leave out Secrets that the values declare, for repositories that must not hold them", Into: func(c *Config) any { return &c.NoSecrets }},
		{Name: "createServiceAccounts", Flag: "create-service-accounts", Default: "false",
			Usage: "make a plain ServiceAccount of each that is used and is nowhere", Into: func(c *Config) any { return &c.CreateServiceAccounts }},
		{Name: "mirrors", Flag: "mirror",
			Usage: "registries to pull images from, as FROM=TO, such as docker.io=registry.example.org/hub; the longest FROM wins", Into: func(c *Config) any { return &c.Mirrors }},
		{Name: "imageLock", Flag: "image-lock",
			Usage: "file that maps images to digests, which are added to their names", Into: func(c *Config) any { return &c.ImageLock }},
		{Name: "origins", Flag: "origins", Default: "false",
			Usage: "annotate objects, never their pods, with where each field comes from (" + OriginsAnnotation + ")", Into: func(c *Config) any { return &c.Origins }},
		{Name: "platform", Flag: "platform",
			Usage: "files with rules of a platform for what is rendered (SeldonPlatform)", Into: func(c *Config) any { return &c.Platform }},
	}
}

func optionNames() string {
	var names []string
	for _, o := range Options() {
		names = append(names, o.Name)
	}
	return strings.Join(names, ", ")
}

// lookupOption returns the option of a name.
func lookupOption(name string) (Option, bool) {
	for _, o := range Options() {
		if o.Name == name {
			return o, true
		}
	}
	return Option{}, false
}
