package run

import (
	"cmp"
	"fmt"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// OptionError says what is wrong with the value of an option.
type OptionError struct {
	Option Option
	Err    error
}

// check returns the error of an option, if there is one.
func check(options []Option, name finding.Option, err error) []OptionError {
	if err == nil {
		return nil
	}
	i := slices.IndexFunc(options, func(o Option) bool { return o.Name == name })
	return []OptionError{{options[i], err}}
}

// Config returns what the settings say to a run, apart from the files that they
// name, and what is wrong with them.
func (s *Settings) Config() (Config, []OptionError) {
	c := Config{
		Release: release.Default(), Namespace: s.Namespace, ServerSideApply: s.ServerSideApply,
		NoSecrets: s.NoSecrets, CreateServiceAccounts: s.CreateServiceAccounts,
	}
	options := s.Options()
	var faults []OptionError
	var err error
	if s.SeldonVersion != "" {
		c.Release, err = release.Lookup(s.SeldonVersion)
		faults = append(faults, check(options, finding.OptionSeldonVersion, err)...)
	}
	c.KubeVersion, err = render.ParseKubeVersion(s.KubeVersion)
	faults = append(faults, check(options, finding.OptionKubeVersion, err)...)
	if s.Namespace != "" && len(validation.IsDNS1123Label(s.Namespace)) > 0 {
		faults = append(faults, check(options, finding.OptionNamespace, fmt.Errorf(`invalid namespace %q: use lower-case letters, digits and "-", at most 63`, s.Namespace))...)
	}
	c.Mode, err = parseMode(s.Validate)
	faults = append(faults, check(options, "validate", err)...)
	c.Images.Mirrors, err = images.ParseMirrors(s.Mirrors)
	return c, append(faults, check(options, "mirrors", err)...)
}

// Policy returns the policy for reports, and what is wrong with it.
func (r *Reporting) Policy() (finding.Policy, []OptionError) {
	codes, err := parseCodes(r.Disable)
	return finding.Policy{Strict: r.Strict, Disabled: codes}, check(r.Options(), "disable", err)
}

// Reader reads a file that an option names. It returns what findings call the file,
// and itself tells of a file that it cannot read.
type Reader func(o finding.Option, name string) (called string, text []byte, ok bool)

// Load reads the files that the settings name: it adds the values, the release that
// they or the operator are of where the settings name none, the platform and the
// digests of images to the configuration. Overlays win over files. The error is
// about the release; all else is loaded for the default one then.
func (s *Settings) Load(c *Config, read Reader, overlays ...values.Overlay) (finding.List, error) {
	var all []values.Overlay
	var operator [][]byte
	for _, name := range s.Operator {
		if called, text, ok := read("operator", name); ok {
			operator = append(operator, text)
			all = append(all, values.Operator(called, text))
		}
	}
	for _, name := range s.ValuesFiles {
		if called, text, ok := read("valuesFiles", name); ok {
			all = append(all, values.File(called, text))
		}
	}
	all = append(all, overlays...)
	findings, wrong := s.chooseRelease(c, operator, values.NamedRelease(all...))
	v, more := values.Load(c.Release, all...)
	c.Values, findings = v, append(findings, more...)
	if s.ImageLock != "" {
		if called, text, ok := read("imageLock", s.ImageLock); ok {
			c.Images.Lock, more = images.ReadLock(called, text)
			findings = append(findings, more...)
		}
	}
	if len(s.Platform) > 0 {
		c.Platform = &platform.Platform{}
	}
	for _, name := range s.Platform {
		if called, text, ok := read("platform", name); ok {
			findings = append(findings, c.Platform.Read(called, text)...)
		}
	}
	return findings, wrong
}

// chooseRelease sets the release that the settings name, or else the values, or
// that the operator is of.
func (s *Settings) chooseRelease(c *Config, operator [][]byte, inValues string) (finding.List, error) {
	if s.SeldonVersion == "" && inValues != "" {
		rel, err := release.Lookup(inValues)
		if err != nil {
			return nil, fmt.Errorf("seldonctl.seldonVersion in the values: %w", err)
		}
		c.Release = rel
	}
	running, known := values.DetectRelease(operator...)
	if running == "" || running == c.Release.Version || running == c.Release.ImageTag {
		return nil, nil
	}
	rel, unknown := release.Lookup(running)
	named := cmp.Or(s.SeldonVersion, inValues)
	switch {
	case named == "" && known:
		c.Release = rel
	case named == "":
		return finding.List{finding.New(finding.OperatorRelease, nil,
			"the running operator is of an %s; rendering as %s", unknown, c.Release.Version).
			WithHint("pods may differ from those that run: upgrade the operator to a release that `seldonctl version --releases` lists, or accept a rollout and name one").
			WithOption(finding.OptionSeldonVersion)}, nil
	case known:
		return finding.List{finding.New(finding.OperatorRelease, nil,
			"the running operator is of release %s; rendering as %s", running, c.Release.Version)}, nil
	}
	return nil, nil
}

// Modes are the words that the option validate takes, the default first.
func Modes() []string { return []string{"strict", "warn", "ignore"} }

// parseMode returns the mode of a word; kubectl's older words true and false
// mean strict and ignore, and no word strict.
func parseMode(word string) (source.Mode, error) {
	switch word {
	case "", "strict", "true":
		return source.Strict, nil
	case "warn":
		return source.Warn, nil
	case "ignore", "false":
		return source.Ignore, nil
	}
	return 0, fmt.Errorf("must be %s, not %q%s", spelling.Alternatives(Modes()), word, spelling.Meant(word, Modes()))
}

// parseCodes returns the codes of findings that are to be left out, whatever case
// they are written in.
func parseCodes(words []string) ([]finding.Code, error) {
	codes := make([]finding.Code, len(words))
	for i, word := range words {
		code, err := finding.ParseCode(word)
		if err != nil {
			return nil, err
		}
		codes[i] = code
	}
	return codes, nil
}
