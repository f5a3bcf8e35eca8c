package cli

import (
	"context"
	"slices"

	"github.com/seldonctl/seldonctl/internal/credentials"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// preparePipeline turns flags into a pipeline that is ready for the second pass
// over the input. Findings about the settings are added to the report.
func preparePipeline(ctx context.Context, streams Streams, input *inputFlags, settings *settingsFlags, target *targetFlags, report *report) (*pipeline, error) {
	if (len(input.filenames) == 0 || slices.Contains(input.filenames, "-")) && settings.stdinUses() > 0 {
		return nil, usageErrorf("standard input can be read once only: it has the settings, so name the manifests with -f FILE")
	}
	in, err := input.open(streams)
	if err != nil {
		return nil, err
	}
	return preparePipelineOn(ctx, in, streams, input, settings, target, report)
}

// preparePipelineOn is [preparePipeline] for inputs that are open.
func preparePipelineOn(ctx context.Context, in *source.Inputs, streams Streams, input *inputFlags, settings *settingsFlags, target *targetFlags, report *report) (*pipeline, error) {
	mode, err := input.mode()
	if err != nil {
		return nil, err
	}
	config, err := target.config()
	if err != nil {
		return nil, err
	}
	rel, v, findings, err := settings.load(streams.In)
	if err != nil {
		return nil, err
	}
	report.add(findings)
	report.say("rendering as Seldon Core %s", rel.Version)
	if report.verbose {
		saySettings(report, rel, v)
	}
	declared, findings := credentials.Read(v, credentialWorld(v, settings.env))
	report.add(findings)
	p, findings := newPipeline(ctx, in, mode, rel, v, config, declared)
	report.add(findings)
	return p, nil
}

// close frees what the inputs hold.
func (p *pipeline) close() error { return p.inputs.Close() }

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
