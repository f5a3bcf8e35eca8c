package krm

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// setPolicy applies the options about reports, and checks them.
func (r *run) setPolicy() {
	for _, code := range r.config.Disable {
		if _, ok := finding.Lookup(finding.Code(code)); !ok {
			r.report(finding.List{finding.New(finding.WrongOption, r.optionPath("disable"), "there is no finding %s", quoted(code)).
				WithHint("docs/findings.md lists them")}, r.configSubject())
		}
		r.policy.Disabled = append(r.policy.Disabled, finding.Code(code))
	}
	r.policy.Strict = r.config.Strict
}

// mode is what the option validate means.
func (r *run) mode() source.Mode {
	switch r.config.Validate {
	case "warn":
		return source.Warn
	case "ignore":
		return source.Ignore
	}
	return source.Strict
}

// inlineValues is the name of values that stand in the functionConfig.
const inlineValues = "functionConfig"

// settings returns the release and the values.
func (r *run) settings() (*release.Release, *values.Values) {
	rel := release.Default()
	if r.config.SeldonVersion != "" {
		named, err := release.Lookup(r.config.SeldonVersion)
		if err != nil {
			r.report(finding.List{finding.New(finding.WrongOption, r.optionPath("seldonVersion"), "%v", err)}, r.configSubject())
			return nil, nil
		}
		rel = named
	}
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
	v, findings := values.Load(rel, overlays...)
	r.reportSettings(findings)
	return rel, v
}

// reportSettings reports findings about the values.
func (r *run) reportSettings(findings finding.List) {
	for _, f := range findings {
		about := r.configSubject()
		if f.Pos.File == inlineValues {
			f.Pos, about.prefix = finding.Position{}, r.optionPath("values").String()
		}
		r.report(finding.List{f}, about)
	}
}
