package cli

import (
	"context"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
)

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
