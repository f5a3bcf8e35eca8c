package cli

import (
	"context"
	"errors"
)

// preparePipeline turns flags into a pipeline that is ready for the second pass
// over the input. Findings about the settings are added to the report.
func preparePipeline(ctx context.Context, streams Streams, input *inputFlags, settings *settingsFlags, target *targetFlags, report *report) (*pipeline, error) {
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
	in, err := input.open(streams)
	if err != nil {
		return nil, err
	}
	p, findings := newPipeline(ctx, in, mode, rel, v, config)
	report.add(findings)
	return p, nil
}

// close frees what the inputs hold.
func (p *pipeline) close() error { return errors.Join(p.inputs.Close()) }
