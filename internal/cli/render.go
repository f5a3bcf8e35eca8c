package cli

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
)

// renderOptions are the options of seldonctl render.
type renderOptions struct {
	runFlags

	format       string
	output       string
	outputDir    string
	onlyRendered bool
	allowEmpty   bool
	keepGoing    bool
	syncWaves    bool
	check        checkFlags
	folder       folderFlags
}

func newRenderCommand(streams Streams, env Environment) *cobra.Command {
	o := &renderOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:        "render [FILE]...",
		SuggestFor: []string{"template", "build", "apply", "generate", "convert"},
		Short:      "Render SeldonDeployments into Kubernetes manifests",
		Long: `Render writes the objects that the Seldon Core operator would create for the
SeldonDeployments of the input. Other documents are passed through unchanged.

Nothing is written unless everything is right: every fault is named on standard
error as file:line:column: field: what is wrong, and the exit code is 1.

--check DIR stands in place of --output-dir DIR: it writes nothing, prints what
would change in the folder as a diff, and fails if anything would, old files
that a run with --prune would remove included.`,
		Example: `  # Render a model with the values of the Helm chart, and apply it
  seldonctl render -f model.yaml --values values.yaml | kubectl apply -f -

  # Render a folder of models, a file for each object
  seldonctl render -f models/ -R --output-dir rendered/

  # In CI: fail when the committed folder is not what would be written
  seldonctl render -f models/ -R --check rendered/

  # Render for server-side apply (Flux, kubectl apply --server-side)
  seldonctl render -f model.yaml --server-side-apply

  # Render as a later release, with Istio
  seldonctl render -f model.yaml --seldon-version 1.18.2 \
    --set istio.enabled=true`,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	o.runFlags.add(cmd)
	o.settings.addOptions(cmd, "noSecrets", finding.OptionCreateServiceAccounts, "mirrors", "imageLock")
	flags := cmd.Flags()
	addChoice(cmd, &o.format, "format", "o", "yaml", "output format: yaml, json (one List) or name", manifest.FormatNames()...)
	flags.StringVar(&o.output, "output", "", "write to this file instead of standard output (-)")
	flags.StringVar(&o.outputDir, "output-dir", "", "write a file for each object into this folder")
	flags.BoolVar(&o.onlyRendered, "only-rendered", false, "leave out documents that are not SeldonDeployments")
	flags.BoolVar(&o.allowEmpty, "allow-empty", false, "succeed even if nothing is rendered")
	flags.BoolVar(&o.keepGoing, "keep-going", false, "continue after errors: write the documents that have none; the exit code is still 1")
	flags.BoolVar(&o.syncWaves, "sync-waves", false, "annotate rendered objects with sync waves for Argo CD: Services before Deployments before autoscalers and routes")
	o.check.add(cmd)
	o.folder.add(cmd)
	return cmd
}

func (o *renderOptions) validate() error {
	switch {
	case slices.Contains(manifest.FormatNames(), o.output):
		return usageErrorf("--output takes a file; for the format write -o %s (for a file of that name ./%s)", o.output, o.output)
	case o.output != "" && o.outputDir != "":
		return usageErrorf("--output and --output-dir cannot be used together")
	case o.outputDir != "" && o.format != "yaml":
		return usageErrorf("--output-dir writes YAML only")
	}
	if err := o.folder.validate(o); err != nil {
		return err
	}
	return o.check.validate(o)
}

func (o *renderOptions) run(ctx context.Context) (err error) {
	format, err := manifest.NewFormat(o.format)
	if err != nil {
		return &usageError{err}
	}
	if err := o.validate(); err != nil {
		return err
	}
	report, err := o.newReport()
	if err != nil {
		return err
	}
	r, in, err := o.prepare(ctx, report, func(c *run.Config) { c.Passes, c.OnlyRendered = !o.onlyRendered, o.onlyRendered })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if report.failed {
		// The settings are wrong, and so would be all that is rendered with what is
		// left of them.
		o.keepGoing = false
	}
	e := &encoder{format: format, pass: !o.onlyRendered, passSecrets: !o.settings.NoSecrets, waves: o.syncWaves}
	return report.print(o.write(ctx, r, in, report, e))
}

// sink takes encoded objects and writes them when all is well.
type sink interface {
	add(manifest.Chunk) error
	commit() error
	close() error
}

func (o *renderOptions) write(ctx context.Context, r *run.Run, in *source.Inputs, report *report, e *encoder) (err error) {
	if !report.mayWrite(o.output, o.outputDir, o.check.dir) {
		return errReported
	}
	out, err := o.newSink(e.format, report, r, in)
	if err != nil {
		return o.failWrite(report, err)
	}
	defer func() { err = errors.Join(err, out.close()) }()
	var made summary
	n, err := o.collect(ctx, r, report, e, out, &made)
	switch {
	case err != nil:
		return o.failWrite(report, err)
	case report.failed && !o.keepGoing:
		return errReported
	case n == 0 && !o.allowEmpty:
		report.add(finding.List{finding.New(finding.NothingRendered, nil, "nothing to write: %s has no object", o.input.called()).
			WithHint("check what is there, or allow it with --allow-empty")})
		return errReported
	}
	if err := out.commit(); err != nil {
		return o.failWrite(report, err)
	}
	if report.failed {
		return errReported
	}
	report.summary = &made
	return nil
}

// collect makes the second pass and returns the number of objects. Findings are
// complete when it returns without an error.
func (o *renderOptions) collect(ctx context.Context, r *run.Run, report *report, e *encoder, out sink, made *summary) (int, error) {
	n := 0
	err := follow(ctx, r, report, e.encode, func(outcome *run.Outcome, result encoded) error {
		defer e.recycle(result)
		made.count(outcome)
		if report.failed && !o.keepGoing {
			return nil
		}
		for _, chunk := range result.chunks {
			if err := out.add(chunk); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil || report.failed && !o.keepGoing {
		return n, err
	}
	err = e.encodeDeclared(r, report, func(chunk manifest.Chunk) error {
		n++
		return out.add(chunk)
	})
	return n, err
}

// failWrite reports an error of writing.
func (o *renderOptions) failWrite(report *report, err error) error {
	var write *output.WriteError
	var foreign *output.ForeignFileError
	switch {
	case errors.As(err, &write):
		report.add(finding.List{write.Finding()})
	case errors.As(err, &foreign):
		report.add(foreign.Findings())
	default:
		return err
	}
	return errReported
}

func (o *renderOptions) newSink(format manifest.Format, report *report, r *run.Run, in *source.Inputs) (sink, error) {
	switch {
	case o.outputDir != "", o.check.dir != "":
		return o.newDirSink(report, r, in)
	case o.output != "" && o.output != "-":
		return &spoolSink{spool: output.NewSpool(format, 0), target: func(private bool, write func(io.Writer) error) error {
			return writeFile(o.output, private, write)
		}}, nil
	}
	return &spoolSink{spool: output.NewSpool(format, 0), target: func(_ bool, write func(io.Writer) error) error {
		return write(o.streams.Out)
	}}, nil
}
