package krm

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// settings are what the options say to a run, apart from the values, and the
// policy for reports.
func (r *function) settings() run.Config {
	c := r.config
	settings := run.Config{
		Release: release.Default(), Namespace: c.Namespace, ServerSideApply: c.ServerSideApply,
		NoSecrets: c.NoSecrets, CreateServiceAccounts: c.CreateServiceAccounts, Edit: removeReserved,
	}
	r.policy.Strict = c.Strict
	var err error
	r.policy.Disabled, err = run.ParseCodes(c.Disable)
	r.checkOption("disable", err)
	settings.Mode, err = run.ParseMode(c.Validate)
	r.checkOption("validate", err)
	settings.KubeVersion, err = render.ParseKubeVersion(c.KubeVersion)
	r.checkOption("kubeVersion", err)
	r.checkOption("namespace", run.CheckNamespace(c.Namespace))
	settings.Images.Mirrors, err = images.ParseMirrors(c.Mirrors)
	r.checkOption("mirrors", err)
	if c.SeldonVersion != "" {
		settings.Release, err = release.Lookup(c.SeldonVersion)
		r.checkOption("seldonVersion", err)
	}
	return settings
}

// checkOption reports what is wrong with the value of an option.
func (r *function) checkOption(name string, err error) {
	if err != nil {
		r.report(finding.List{finding.New(finding.WrongOption, r.optionPath(name), "%v", err)}, r.configSubject())
	}
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
	if n := r.config.Values.node; n != nil {
		text, err := encodeNode(n, false)
		if err != nil {
			r.report(finding.List{finding.New(finding.WrongOption, r.optionPath("values"), "the values cannot be written as YAML")}, r.configSubject())
		}
		overlays = append(overlays, values.File(inlineValues, text))
	}
	v, findings := values.Load(settings.Release, overlays...)
	r.reportSettings(findings)
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
	r.reportSettings(findings)
}

// reportSettings reports findings about the values.
func (r *function) reportSettings(findings finding.List) {
	for _, f := range findings {
		about := r.configSubject()
		if f.Pos.File == inlineValues {
			f.Pos, about.prefix = finding.Position{}, r.optionPath("values").String()
		}
		r.report(finding.List{f}, about)
	}
}
