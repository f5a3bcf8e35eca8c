package cli

import (
	"context"
	"errors"

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
	report   reportFlags
}

// add adds the flags; arguments are files, unless the command says otherwise.
func (f *runFlags) add(cmd *cobra.Command) {
	f.input.add(cmd)
	if cmd.Args == nil {
		cmd.Args = f.input.takeArguments
	}
	f.settings.add(cmd, f.env)
	f.settings.addTarget(cmd)
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

// prepare turns the flags into a run that is ready for the second pass over the
// inputs, which are to be closed after it. Findings about the settings are added
// to the report; adjust changes the configuration, nil for no change.
func (f *runFlags) prepare(ctx context.Context, report *report, adjust func(*run.Config)) (*run.Run, *source.Inputs, error) {
	if f.input.readsStdin() && f.settings.stdinUses() > 0 {
		return nil, nil, usageErrorf("standard input can be used only once: the settings come from it, so name the manifests with -f FILE")
	}
	in, err := f.input.open(f.streams)
	if err != nil {
		return nil, nil, err
	}
	r, err := f.settings.start(ctx, in, f.streams, report, adjust)
	if err != nil {
		return nil, nil, errors.Join(err, in.Close())
	}
	return r, in, nil
}
