package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
)

// runFlags are those of every command that renders: what is read, what it is
// rendered for, and what is reported.
type runFlags struct {
	streams Streams
	env     Environment

	input    inputFlags
	settings settingsFlags
	target   targetFlags
	report   reportFlags
}

// add adds the flags; arguments are files, unless the command says otherwise.
func (f *runFlags) add(cmd *cobra.Command) {
	f.input.add(cmd)
	if cmd.Args == nil {
		cmd.Args = f.input.takeArguments
	}
	f.settings.add(cmd, f.env)
	f.target.add(cmd)
	f.report.add(cmd)
}

// newReport returns a report on standard error, in which findings that say the
// same are joined.
func (f *runFlags) newReport() (*report, error) {
	report, err := f.report.newReport(f.streams, f.env)
	if err == nil {
		report.collapse()
	}
	return report, err
}

// newFaultReport is [runFlags.newReport] for commands that show something of what
// is rendered: warnings are what render and validate are for.
func (f *runFlags) newFaultReport() (*report, error) {
	report, err := f.newReport()
	if err == nil {
		report.quiet = !f.report.verbose
	}
	return report, err
}

// prepare is [prepareRun] with these flags.
func (f *runFlags) prepare(ctx context.Context, report *report) (*run.Run, *source.Inputs, error) {
	return prepareRun(ctx, f.streams, &f.input, &f.settings, &f.target, report)
}
