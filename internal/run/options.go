package run

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// Settings are what people say of a run, in a functionConfig or with flags, before
// anything is checked or read.
type Settings struct {
	SeldonVersion   string   `json:"seldonVersion"`
	KubeVersion     string   `json:"kubeVersion"`
	Namespace       string   `json:"namespace"`
	ValuesFiles     []string `json:"valuesFiles"`
	Operator        []string `json:"operator"`
	ServerSideApply bool     `json:"serverSideApply"`
	Validate        string   `json:"validate"`
	NoSecrets       bool     `json:"noSecrets"`
	// CreateServiceAccounts makes those that are used and are nowhere.
	CreateServiceAccounts bool     `json:"createServiceAccounts"`
	Mirrors               []string `json:"mirrors"`
	ImageLock             string   `json:"imageLock"`
	Platform              []string `json:"platform"`
}

// Reporting is what people say of the findings of a run.
type Reporting struct {
	Strict  bool     `json:"strict"`
	Disable []string `json:"disable"`
	// NoIgnore is for who renders what others write: their wish to leave out
	// findings is not heeded.
	NoIgnore bool `json:"noIgnore"`
}

// Option is one thing that people can say. The flags of the commands, the
// functionConfig, its schema, the function's definition and the documentation are
// all made of the options.
type Option struct {
	// Name is the key in a functionConfig, and what findings call the option by.
	Name finding.Option
	// Flag is the name of the flag without dashes, empty where there is none, and
	// Letter the short one.
	Flag, Letter string
	// Usage says what it is for, as the beginning of a sentence without full stop;
	// for a list, what one of its entries is.
	Usage string
	// Commas says that the flag takes several values, separated by commas: codes
	// cannot hold one, names of files can.
	Commas bool
	// Default is what holds when the option is not set; empty where that is nothing.
	Default string
	// Choices returns the values that are allowed; nil for any.
	Choices func() []string
	// To is where the value belongs: a pointer to a string, a bool or a []string, or
	// to something that only a functionConfig can hold.
	To any
}

// Options returns the settings as options that are bound to them, in the order of
// the documentation.
func (s *Settings) Options() []Option {
	return []Option{
		{Name: finding.OptionSeldonVersion, Flag: "seldon-version", Default: release.DefaultVersion, Choices: release.Names, To: &s.SeldonVersion,
			Usage: "release of Seldon Core, e.g. 1.12.0, or 1.12 for its newest patch; 'seldonctl version --releases' lists them"},
		{Name: finding.OptionKubeVersion, Flag: "kube-version", Default: "current", To: &s.KubeVersion,
			Usage: `version of the cluster, e.g. "1.24": picks API versions that it serves`},
		{Name: finding.OptionNamespace, Flag: "namespace", Letter: "n", Default: "default", To: &s.Namespace,
			Usage: "namespace of documents that have none"},
		{Name: "valuesFiles", Flag: "values", To: &s.ValuesFiles,
			Usage: "file with values of Seldon's Helm chart, later ones win"},
		{Name: "operator", Flag: "operator", To: &s.Operator,
			Usage: "saved ConfigMap seldon-config or Deployment seldon-controller-manager of a running operator"},
		{Name: finding.OptionServerSideApply, Flag: "server-side-apply", Default: "false", To: &s.ServerSideApply,
			Usage: "leave out repeated ports and variables, which server-side apply refuses, and name the strategy of Deployments"},
		{Name: "validate", Flag: "validate", Default: Modes()[0], Choices: Modes, To: &s.Validate,
			Usage: "what to do about unknown or repeated fields: strict (error), warn or ignore (drop them as a cluster would)"},
		{Name: "noSecrets", Flag: "no-secrets", Default: "false", To: &s.NoSecrets,
			Usage: "write no Secrets, for repositories that must not hold them; what refers to them stays"},
		{Name: finding.OptionCreateServiceAccounts, Flag: "create-service-accounts", Default: "false", To: &s.CreateServiceAccounts,
			Usage: "write a plain ServiceAccount for each that is used and is nowhere in the input"},
		{Name: "mirrors", Flag: "mirror", To: &s.Mirrors,
			Usage: "registry to pull images from, as FROM=TO, e.g. docker.io=registry.example.org/hub, the longest FROM wins"},
		{Name: "imageLock", Flag: "image-lock", To: &s.ImageLock,
			Usage: "file that maps images to digests, which are added to their names ('seldonctl images -o lock' writes one)"},
		{Name: "platform", Flag: "platform", To: &s.Platform,
			Usage: "file with rules of a platform (SeldonPlatform) for what is rendered, later rules win"},
	}
}

// Options is [Settings.Options] for reports.
func (r *Reporting) Options() []Option {
	return []Option{
		{Name: "strict", Flag: "strict", Default: "false", To: &r.Strict,
			Usage: "make warnings errors"},
		{Name: "disable", Flag: "disable", Commas: true, To: &r.Disable,
			Usage: "codes of warnings and notes to ignore, e.g. SDC401"},
		{Name: "noIgnore", Flag: "no-ignore", Default: "false", To: &r.NoIgnore,
			Usage: "report warnings and notes too that manifests, or .seldonctl.yaml, ask to ignore"},
	}
}
