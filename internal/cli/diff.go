package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/manifest"
)

// Exit codes of seldonctl diff, those of kubectl diff.
const (
	exitDiffers   = 1
	exitDiffFault = 2
)

// diffOptions are the options of seldonctl diff.
type diffOptions struct {
	// These are for both sides.
	runFlags

	from, to         sideFlags
	ignoreNamespaces bool
	onlyRendered     bool
}

func newDiffCommand(streams Streams, env Environment) *cobra.Command {
	o := &diffOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:   "diff [OLD NEW | -f FILE...]",
		Short: "Show what changes between two renders, object by object",
		Long: `Diff renders twice and shows what differs, as a unified diff of the YAML of each
object. The flags that begin with --from and --to are for one side, all others
for both: a release, namespace or cluster version takes the place of the common
one, files, values and settings are added to the common ones and win over them.

Objects are the same when group, kind, namespace and name are; with two
namespaces, or --ignore-namespaces, when group, kind and name are. One that a
cluster cannot change in place is marked "must be replaced" with the reason
(docs/upgrading.md), one whose pods it starts anew "pods restart". The predictor
that orchestrators are given is shown decoded, what Secrets hold is not shown.

Exit codes: 0 no differences, 1 differences, 2 an error. A SeldonDeployment that
one side refuses is an error; the others are compared even so.`,
		Example: `  # What an upgrade changes
  seldonctl diff --from 1.7.0 --to 1.18.2 -f model.yaml --values values.yaml

  # What a change of a file or a folder changes
  seldonctl diff old.yaml new.yaml
  git show HEAD:model.yaml | seldonctl diff - model.yaml

  # What another values file or a single value changes
  seldonctl diff -f models/ --from-values staging.yaml --to-values production.yaml
  seldonctl diff -f models/ --values values.yaml --to-set istio.enabled=true

  # How two environments differ
  seldonctl diff -f models/ --from-namespace staging --to-namespace production
  seldonctl diff --from-file staging/ --to-file production/ --ignore-namespaces`,
		RunE: func(cmd *cobra.Command, _ []string) error { return diffResult(o.run(cmd.Context())) },
	}
	cmd.Args = o.takeArguments
	o.runFlags.add(cmd)
	o.from.add(cmd, "from")
	o.to.add(cmd, "to")
	flags := cmd.Flags()
	flags.BoolVar(&o.ignoreNamespaces, "ignore-namespaces", false, "compare objects of the same name in different namespaces")
	flags.BoolVar(&o.onlyRendered, "only-rendered", false, "leave out documents that are not SeldonDeployments")
	return cmd
}

// takeArguments reads two arguments as the files or folders of the two sides.
func (o *diffOptions) takeArguments(_ *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case len(args) != 2:
		return fmt.Errorf("expected two arguments, old and new, got %d: name files that both sides have with -f", len(args))
	case len(o.input.filenames) > 0 || o.hasSideFiles():
		return fmt.Errorf("name the files of both sides as arguments or with flags, not both")
	}
	o.from.filenames, o.to.filenames = args[:1], args[1:]
	return nil
}

// diffResult gives errors the exit code that diff has for them.
func diffResult(err error) error {
	var exit *exitError
	if err == nil || errors.As(err, &exit) {
		return err
	}
	return &exitError{exitDiffFault, err}
}

func (o *diffOptions) validate() error {
	switch {
	case o.from.isZero() && o.to.isZero():
		return usageErrorf("nothing to compare: say what differs, e.g. --from 1.7.0 --to 1.18.2, two files old.yaml new.yaml, or --to-set istio.enabled=true")
	case len(o.input.filenames) > 0 || (len(o.from.filenames) == 0) == (len(o.to.filenames) == 0):
		return o.validateStdin()
	case len(o.from.filenames) == 0:
		return usageErrorf("nothing to read on one side: add --from-file, or -f for what both sides have")
	}
	return usageErrorf("nothing to read on one side: add --to-file, or -f for what both sides have")
}

// validateStdin returns an error when standard input would be read twice.
func (o *diffOptions) validateStdin() error {
	names := slices.Concat(
		o.input.filenames, o.settings.ValuesFiles, o.settings.Operator,
		o.from.filenames, o.from.settings.ValuesFiles, o.from.settings.Operator,
		o.to.filenames, o.to.settings.ValuesFiles, o.to.settings.Operator)
	n := countStdin(names)
	if len(o.input.filenames) == 0 && !o.hasSideFiles() {
		// Then manifests are read from it.
		n++
	}
	shared := slices.Contains(o.input.filenames, "-")
	if n > 1 || shared && o.hasSideFiles() {
		return usageErrorf("standard input (-) can be read once only")
	}
	return nil
}

func (o *diffOptions) hasSideFiles() bool {
	return len(o.from.filenames)+len(o.to.filenames) > 0
}

func (o *diffOptions) run(ctx context.Context) error {
	if err := o.validate(); err != nil {
		return err
	}
	color, err := useColor(o.report.color, o.streams.Out, o.env)
	if err != nil {
		return err
	}
	report, err := o.report.newReport(o.streams, o.env)
	if err != nil {
		return err
	}
	from, to, err := o.sides(ctx, report)
	if err != nil {
		return err
	}
	mergeFindings(report, from, to)
	if err := report.print(nil); err != nil {
		return err
	}
	if from.broken || to.broken {
		return errReported
	}
	count, err := o.show(from, to, color)
	switch {
	case err != nil:
		return err
	case report.failed:
		return errReported
	case count.total() > 0:
		return &exitError{exitDiffers, errReported}
	}
	return nil
}

// show prints the differences and their number.
func (o *diffOptions) show(from, to *diffSide, color bool) (changeCount, error) {
	var count changeCount
	options := compare.Options{IgnoreNamespaces: o.ignoresNamespaces()}
	for d, err := range compare.Differences(from.comparable(to), to.comparable(from), options) {
		if err != nil {
			return count, err
		}
		count.add(d)
		text := append([]byte(printable.Line(diffHeader(d))+"\n"), printable.Lines(d.Diff)...)
		if _, err := o.streams.Out.Write(paintDiff(text, color)); err != nil {
			return count, err
		}
	}
	if count.total() > 0 && !o.report.quiet {
		if _, err := fmt.Fprintln(o.streams.Err, count); err != nil {
			return count, err
		}
	}
	return count, nil
}

func (o *diffOptions) ignoresNamespaces() bool {
	return o.ignoreNamespaces || o.from.settings.Namespace != "" || o.to.settings.Namespace != ""
}

// diffHeader is the line before the diff of an object.
func diffHeader(d compare.Difference) string {
	name := qualified(d.To)
	if d.From != d.To {
		name = qualified(d.From) + " -> " + name
	}
	return "# " + d.To.Kind + " " + name + ": " + diffVerdict(d)
}

func diffVerdict(d compare.Difference) string {
	switch {
	case d.Change == compare.Added:
		return "added"
	case d.Change == compare.Removed:
		return "removed"
	case len(d.Replace) > 0:
		return "must be replaced: " + strings.Join(d.Replace, ", ")
	case len(d.Restart) == 1:
		return "pods restart: " + d.Restart[0]
	case len(d.Restart) > 1:
		return fmt.Sprintf("pods restart: %s and %d more", d.Restart[0], len(d.Restart)-1)
	}
	return "changed"
}

// changeCount is the number of differences by what they mean.
type changeCount struct {
	changed, added, removed, replaced int
	// restarted are those of the changed ones whose pods restart.
	restarted int
}

func (c *changeCount) add(d compare.Difference) {
	switch {
	case d.Change == compare.Added:
		c.added++
	case d.Change == compare.Removed:
		c.removed++
	case len(d.Replace) > 0:
		c.replaced++
	default:
		c.changed++
		if len(d.Restart) > 0 {
			c.restarted++
		}
	}
}

func (c changeCount) total() int { return c.changed + c.added + c.removed + c.replaced }

// String is the summary of a diff.
func (c changeCount) String() string {
	restarts := ""
	if c.restarted > 0 {
		restarts = fmt.Sprintf(" (pods of %d restart)", c.restarted)
	}
	s := fmt.Sprintf("%d changed%s, %d added, %d removed, %d to be replaced", c.changed, restarts, c.added, c.removed, c.replaced)
	if c.replaced > 0 {
		s += " (docs/upgrading.md says how)"
	}
	return s
}

func qualified(id manifest.ID) string {
	if id.Namespace == "" {
		return id.Name
	}
	return id.Namespace + "/" + id.Name
}
