package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// settingsFlags say what is rendered for, and how.
type settingsFlags struct {
	run.Settings
	env       Environment
	set       []string
	setString []string
	// read are the files that were read.
	read []settingsFile
}

// settingsFile is a file with settings, as it was read.
type settingsFile struct {
	name string
	data []byte
}

// maxSettingsFile is the size in bytes of the largest file with settings that is
// read: anything larger was named by mistake.
const maxSettingsFile = 16 << 20

const seldonVersionVariable = "SELDONCTL_SELDON_VERSION"

// add adds the flags for the release and the operator's settings.
func (f *settingsFlags) add(cmd *cobra.Command, env Environment) {
	f.env = env
	f.addOptions(cmd, finding.OptionSeldonVersion)
	flag := cmd.Flags().Lookup("seldon-version")
	flag.Usage = strings.TrimSuffix(flag.Usage, ")") + ", or $" + seldonVersionVariable + ", or what the values or --operator say)"
	f.SeldonVersion, _ = env(seldonVersionVariable)
	f.addValues(cmd)
}

// addValues adds the flags for the operator's settings alone.
func (f *settingsFlags) addValues(cmd *cobra.Command) {
	f.addOptions(cmd, "valuesFiles", "operator")
	flags := cmd.Flags()
	flags.StringArrayVar(&f.set, "set", nil, "value in Helm's syntax, e.g. istio.enabled=true; repeatable")
	flags.StringArrayVar(&f.setString, "set-string", nil, "like --set, for text that must not become a number or boolean")
	completeValues(cmd, f, "set", "set-string")
}

// addTarget adds the flags for the cluster that objects are for.
func (f *settingsFlags) addTarget(cmd *cobra.Command) {
	f.addOptions(cmd, "validate", finding.OptionNamespace, finding.OptionKubeVersion, finding.OptionServerSideApply, "platform")
	cmd.Flags().Lookup("validate").NoOptDefVal = run.Modes()[0]
	completeFlag(cmd, "kube-version", kubeVersions()...)
}

// addOptions adds the flags of the options with these names.
func (f *settingsFlags) addOptions(cmd *cobra.Command, names ...finding.Option) {
	for _, o := range f.Options() {
		if slices.Contains(names, o.Name) {
			addOption(cmd, o)
		}
	}
}

// stdinUses is how many of the files with settings are standard input.
func (f *settingsFlags) stdinUses() int { return countStdin(f.Operator) + countStdin(f.ValuesFiles) }

// load returns what the settings say to a run. What is wrong with files is added to
// the report.
func (f *settingsFlags) load(streams Streams, report *report) (run.Config, error) {
	switch {
	case f.stdinUses() > 1:
		return run.Config{}, usageErrorf("standard input (-) can be used only once")
	case f.ImageLock == "-":
		return run.Config{}, usageErrorf("--image-lock takes a file, not standard input")
	case slices.Contains(f.Platform, "-"):
		return run.Config{}, usageErrorf("--platform takes a file, not standard input")
	}
	config, faults := f.Config()
	if len(faults) > 0 {
		return config, optionError(faults[0])
	}
	var overlays []values.Overlay
	for _, expr := range f.set {
		overlays = append(overlays, values.Set("--set", expr))
	}
	for _, expr := range f.setString {
		overlays = append(overlays, values.SetString("--set-string", expr))
	}
	findings, err := f.Load(&config, func(_ finding.Option, name string) (string, []byte, bool) {
		data, err := streams.readFile(name, maxSettingsFile)
		if err != nil {
			report.add(finding.List{source.Missing(streams.files, name, err)})
			return "", nil, false
		}
		f.read = append(f.read, settingsFile{name, data})
		return name, data, true
	}, overlays...)
	if err != nil {
		return config, &usageError{err}
	}
	report.add(findings)
	return config, nil
}

// optionError is a usage error about a flag.
func optionError(fault run.OptionError) error {
	if fault.Option.Name == finding.OptionSeldonVersion {
		// It may come from the environment.
		return &usageError{fault.Err}
	}
	return usageErrorf("--%s: %w", fault.Option.Flag, fault.Err)
}

// start makes a run of open inputs, which is ready for the second pass over them.
// adjust changes the configuration; nil for no change.
func (f *settingsFlags) start(ctx context.Context, in *source.Inputs, streams Streams, report *report, adjust func(*run.Config)) (*run.Run, error) {
	config, err := f.load(streams, report)
	if err != nil {
		return nil, err
	}
	report.say("rendering as Seldon Core %s", config.Release.Version)
	if report.verbose {
		saySettings(report, config.Release, config.Values)
	}
	config.NoIgnore = report.noIgnore
	config.Passes, config.World = true, credentialWorld(config.Values, streams, f.env)
	if adjust != nil {
		adjust(&config)
	}
	r, findings := run.New(ctx, in.Documents, config)
	report.add(findings)
	return r, nil
}

// saySettings tells where the settings come from that are not the chart's.
func saySettings(report *report, rel *release.Release, v *values.Values) {
	for _, variable := range rel.Variables {
		if origin := v.VariableOrigin(variable.Name); origin.Source != values.Default && origin.Source != 0 {
			report.say("%s is set by %s", orName(variable), origin)
		}
	}
	for _, key := range release.ConfigKeys() {
		if origin := v.Origin(key); origin.Source != values.Default {
			report.say("%s is set by %s", key, origin)
		}
	}
	report.say("everything else has the default of the chart of Seldon Core %s (seldonctl values prints all)", rel.Version)
}

func orName(v release.Variable) string {
	if v.Key != "" {
		return v.Key
	}
	return v.Name
}
