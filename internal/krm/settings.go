package krm

import (
	"encoding/json"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// OptionError says what is wrong with the value of an option.
type OptionError struct {
	Option Option
	Err    error
}

// Check returns what is wrong with the values of options.
func (c Config) Check() []OptionError {
	_, _, faults := c.settings()
	return faults
}

// settings are what the options say to a run, apart from the values, and the
// policy for reports.
func (c Config) settings() (settings run.Config, policy finding.Policy, faults []OptionError) {
	check := func(name string, err error) {
		if err != nil {
			o, _ := lookupOption(name)
			faults = append(faults, OptionError{o, err})
		}
	}
	settings = run.Config{
		Release: release.Default(), Namespace: c.Namespace, ServerSideApply: c.ServerSideApply,
		NoSecrets: c.NoSecrets, CreateServiceAccounts: c.CreateServiceAccounts, Edit: removeReserved, FormerNames: formerNames,
	}
	policy.Strict = c.Strict
	var err error
	policy.Disabled, err = run.ParseCodes(c.Disable)
	check("disable", err)
	settings.Mode, err = run.ParseMode(c.Validate)
	check("validate", err)
	settings.KubeVersion, err = render.ParseKubeVersion(c.KubeVersion)
	check("kubeVersion", err)
	check("namespace", run.CheckNamespace(c.Namespace))
	settings.Images.Mirrors, err = images.ParseMirrors(c.Mirrors)
	check("mirrors", err)
	if c.SeldonVersion != "" {
		settings.Release, err = release.Lookup(c.SeldonVersion)
		check("seldonVersion", err)
	}
	return settings, policy, faults
}

// inlineValues is the name of values that stand in the functionConfig.
const inlineValues = "functionConfig"

// loadValues adds the values to the settings.
func (r *function) loadValues(settings *run.Config) {
	var overlays []values.Overlay
	for _, name := range r.config.ValuesFiles {
		if text, ok := r.readNamed(name, "valuesFiles"); ok {
			overlays = append(overlays, values.File(r.resolve(name), text))
		}
	}
	text := []byte(r.config.valuesText)
	if len(r.config.Values) > 0 {
		var err error
		text, err = json.Marshal(r.config.Values)
		if err != nil {
			panic(err)
		}
	}
	if len(text) > 0 {
		overlays = append(overlays, values.File(inlineValues, text))
	}
	if named := values.NamedRelease(overlays...); named != "" && r.config.SeldonVersion == "" {
		rel, err := release.Lookup(named)
		if err != nil {
			r.report(finding.List{finding.New(finding.WrongOption, nil, "seldonctl.seldonVersion in the values: %v", err)}, r.configSubject())
			rel = settings.Release
		}
		settings.Release = rel
	}
	v, findings := values.Load(settings.Release, overlays...)
	r.report(findings, r.configSubject())
	settings.Values, settings.World = v, r.world(v)
}

// loadLock adds the digests of images to the settings.
func (r *function) loadLock(settings *run.Config) {
	if r.config.ImageLock == "" {
		return
	}
	text, ok := r.readNamed(r.config.ImageLock, "imageLock")
	if !ok {
		return
	}
	var findings finding.List
	settings.Images.Lock, findings = images.ReadLock(r.resolve(r.config.ImageLock), text)
	r.report(findings, r.configSubject())
}

// loadPlatform adds the rules of a platform to the settings.
func (r *function) loadPlatform(settings *run.Config) {
	if len(r.config.Platform) == 0 {
		return
	}
	settings.Platform = &platform.Platform{}
	for _, name := range r.config.Platform {
		if text, ok := r.readNamed(name, "platform"); ok {
			r.report(settings.Platform.Read(r.resolve(name), text), r.configSubject())
		}
	}
}
