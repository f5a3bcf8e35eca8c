package cli

import (
	"context"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// prepareRun turns flags into a run that is ready for the second pass over the
// inputs, which are to be closed after it. Findings about the settings are added
// to the report.
func prepareRun(ctx context.Context, streams Streams, input *inputFlags, settings *settingsFlags, target *targetFlags, report *report) (*run.Run, *source.Inputs, error) {
	if (len(input.filenames) == 0 || slices.Contains(input.filenames, "-")) && settings.stdinUses() > 0 {
		return nil, nil, usageErrorf("standard input can be read once only: it has the settings, so name the manifests with -f FILE")
	}
	in, err := input.open(streams)
	if err != nil {
		return nil, nil, err
	}
	r, err := prepareRunOn(ctx, in, streams, input, settings, target, report)
	return r, in, err
}

// prepareRunOn is [prepareRun] for inputs that are open.
func prepareRunOn(ctx context.Context, in *source.Inputs, streams Streams, input *inputFlags, settings *settingsFlags, target *targetFlags, report *report) (*run.Run, error) {
	config, err := target.config()
	if err != nil {
		return nil, err
	}
	if config.Mode, err = input.mode(); err != nil {
		return nil, err
	}
	if config.Platform, err = target.platform.load(report); err != nil {
		return nil, err
	}
	var findings finding.List
	config.Release, config.Values, findings, err = settings.load(streams)
	if err != nil {
		return nil, err
	}
	report.add(findings)
	report.say("rendering as Seldon Core %s", config.Release.Version)
	if report.verbose {
		saySettings(report, config.Release, config.Values)
	}
	config.World = credentialWorld(config.Values, streams, settings.env)
	r, findings := run.New(ctx, in.Documents, config)
	report.add(findings)
	return r, nil
}

// follow makes the second pass of a run, with work that is done for each outcome
// in parallel: it reports what is found and calls use, in the order of the input,
// until that fails.
func follow[T any](ctx context.Context, r *run.Run, report *report, work func(*run.Outcome) T, use func(*run.Outcome, T) error) error {
	progress := newProgress(report.streams)
	defer progress.done()
	var foreign foreignKinds
	for o, result := range run.Each(ctx, r, work) {
		progress.step()
		report.add(o.Findings)
		foreign.note(o)
		if o.Document != nil {
			report.say("%s: read %s", o.Document.Start(), o.Document.Object())
		}
		if err := use(o, result); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		report.add(finding.List{finding.New(finding.Interrupted, nil, "interrupted: nothing was written")})
		return errReported
	}
	report.add(foreign.findings())
	return nil
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
