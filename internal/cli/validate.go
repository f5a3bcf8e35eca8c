package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
)

// validateOptions are the options of seldonctl validate.
type validateOptions struct {
	runFlags

	format string
}

func newValidateCommand(streams Streams, env Environment) *cobra.Command {
	o := &validateOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:        "validate [FILE]...",
		SuggestFor: []string{"lint", "check", "verify", "test"},
		Short:      "Look for faults in SeldonDeployments without writing anything",
		Long: `Validate reads and renders like the command render and reports what it finds:
what the operator would refuse, what a cluster would refuse or silently break,
and settings that have no effect. It writes no manifests. The codes of findings
are explained in docs/findings.md.

The report goes to standard output. The exit code is 1 when it has an error.`,
		Example: `  # All models of a repository
  seldonctl validate -f models/ -R --values values.yaml

  # Warnings count too, except about Secrets that are not in the input
  seldonctl validate -f model.yaml --strict --disable SDC631

  # Annotations in a GitHub pull request
  seldonctl validate -f models/ -R -o github

  # For code scanning
  seldonctl validate -f models/ -R -o sarif > seldonctl.sarif`,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	o.runFlags.add(cmd)
	addChoice(cmd, &o.format, "format", "o", "text", "format of the report: text, json, sarif or github", finding.Formats()...)
	return cmd
}

func (o *validateOptions) run(ctx context.Context) (err error) {
	report, err := o.report.newReportAs(o.format, o.streams.Out, o.streams, o.env)
	if err != nil {
		return err
	}
	report.notes = !o.report.quiet
	if o.format == "text" {
		report.collapse()
	}
	r, in, err := o.prepare(ctx, report, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	deployments, err := o.check(ctx, r, report)
	if err := report.print(err); err != nil {
		return err
	}
	return o.conclude(deployments, report)
}

// check makes the second pass and returns the number of SeldonDeployments.
func (o *validateOptions) check(ctx context.Context, r *run.Run, report *report) (int, error) {
	deployments := 0
	err := follow(ctx, r, report, func(*run.Outcome) struct{} { return struct{}{} }, func(o *run.Outcome, _ struct{}) error {
		if o.Rendered() {
			deployments++
		}
		return nil
	})
	if err == nil && report.failed {
		err = errReported
	}
	return deployments, err
}

// conclude says, after a report without errors, that all is well.
func (o *validateOptions) conclude(deployments int, report *report) (err error) {
	switch {
	case deployments == 0:
		_, err = fmt.Fprintln(o.streams.Err, "no SeldonDeployment in the input")
	case o.format == "text" && !report.quiet && report.findings.Count(finding.Warning) == 0:
		_, err = fmt.Fprintf(o.streams.Out, "%s, no faults\n", counted(deployments, "SeldonDeployment"))
	}
	return err
}
