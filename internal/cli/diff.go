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

	from, to sideFlags
	// fromObjects name the objects of a cluster, in place of a from side.
	fromObjects      []string
	ignoreNamespaces bool
	onlyRendered     bool
	format           string
	stat             bool
}

func newDiffCommand(streams Streams, env Environment) *cobra.Command {
	o := &diffOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:        "diff [OLD NEW | -f FILE...]",
		SuggestFor: []string{"compare"},
		Short:      "Show what changes between two renders, or against a cluster",
		Long: `Diff renders twice and shows what differs, as a unified diff of the YAML of each
object. The flags that begin with --from and --to are for one side, all others
for both: a release, namespace or cluster version takes the place of the common
one, files, values and settings are added to the common ones and win over them.

With --from-objects one side is what is in a cluster, saved with kubectl get -o
yaml. What a server, kubectl, Argo CD, Flux, Helm and controllers put on objects
is not a difference then; -v names each such field.

Objects are the same when group, kind, namespace and name are; with two
namespaces, or --ignore-namespaces, when group, kind and name are. Each has a
verdict: unchanged, changes in place, pods restart, must be replaced, would be
created, would be removed, belongs to another owner. The predictor that
orchestrators are given is shown decoded, what Secrets hold is not shown. The
program in $KUBECTL_EXTERNAL_DIFF shows the differences, as for kubectl diff.

Exit codes: 0 no differences, 1 differences, 2 an error. A SeldonDeployment that
one side refuses is an error; the others are compared even so.`,
		Example: `  # What an upgrade changes
  seldonctl diff --from 1.7.0 --to 1.18.2 -f model.yaml --values values.yaml

  # What changes in a cluster, and whose pods restart
  kubectl get deploy,svc,hpa,pdb -A -o yaml > live.yaml
  seldonctl diff --from-objects live.yaml -f models/ --values values.yaml

  # The same for a pull request, or as a list
  seldonctl diff --from-objects live.yaml -f models/ -o markdown
  seldonctl diff --from-objects live.yaml -f models/ --stat

  # What a change of a file or a folder changes
  seldonctl diff old.yaml new.yaml
  git show HEAD:model.yaml | seldonctl diff - model.yaml

  # What another values file or a single value changes
  seldonctl diff -f models/ --from-values test.yaml --to-values production.yaml
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
	flags.StringArrayVar(&o.fromObjects, "from-objects", nil, "file, folder or - with objects of a cluster, saved with kubectl get -o yaml or json, in place of a from side; repeatable")
	flags.BoolVar(&o.ignoreNamespaces, "ignore-namespaces", false, "compare objects of the same name in different namespaces")
	flags.BoolVar(&o.onlyRendered, "only-rendered", false, "leave out documents that are not SeldonDeployments")
	addChoice(cmd, &o.format, "format", "o", "text", "format: text, json, or markdown for pull requests", "text", "json", "markdown")
	flags.BoolVar(&o.stat, "stat", false, "list the objects that differ with their verdicts, without the diffs")
	return cmd
}

// takeArguments reads two arguments as the files or folders of the two sides, and
// arguments as files of both sides where flags say how the sides differ.
func (o *diffOptions) takeArguments(cmd *cobra.Command, args []string) error {
	named := len(o.input.filenames) > 0
	differ := len(o.fromObjects) > 0 || !o.from.isZero() || !o.to.isZero()
	switch {
	case len(args) == 0:
		return nil
	case len(o.fromObjects) == 0 && len(args) == 2 && (named && !differ || o.hasSideFiles()):
		return fmt.Errorf("name the files of both sides as arguments or with flags, not both")
	case len(o.fromObjects) > 0 || differ && (named || len(args) != 2):
		return o.input.takeArguments(cmd, args)
	case len(args) != 2:
		return fmt.Errorf("expected two arguments, old and new, got %d: name files that both sides have with -f, and say how the sides differ, e.g. --to 1.18.2", len(args))
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
	case len(o.fromObjects) > 0 && !o.from.isZero():
		return usageErrorf("--from-objects takes the place of the from side: leave out the other flags that begin with --from, or write --to for what is rendered")
	case len(o.fromObjects) > 0:
		return o.validateStdin()
	case o.from.isZero() && o.to.isZero():
		return usageErrorf("nothing to compare: say what differs, e.g. --from 1.7.0 --to 1.18.2, two files old.yaml new.yaml, --to-set istio.enabled=true, or --from-objects live.yaml")
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
		o.fromObjects, o.input.filenames, o.settings.ValuesFiles, o.settings.Operator,
		o.from.filenames, o.from.settings.ValuesFiles, o.from.settings.Operator,
		o.to.filenames, o.to.settings.ValuesFiles, o.to.settings.Operator)
	n := countStdin(names)
	if len(o.input.filenames) == 0 && !o.hasSideFiles() {
		// Then manifests are read from it.
		n++
	}
	shared := slices.Contains(o.input.filenames, "-")
	if n > 1 || shared && o.hasSideFiles() {
		return usageErrorf("standard input (-) can be used only once")
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
	report, err := o.report.newReport(o.streams, o.env)
	if err != nil {
		return err
	}
	printer, err := o.newPrinter()
	if err != nil {
		return err
	}
	from, to, err := o.sides(ctx, report)
	if err != nil {
		return err
	}
	if len(o.fromObjects) > 0 {
		if !from.broken {
			report.add(checkSaved(from, to))
		}
		report.findings = slices.Concat(report.findings, from.report.findings, to.report.findings)
		report.failed = report.failed || from.report.failed || to.report.failed
	} else {
		mergeFindings(report, from, to)
	}
	if err := report.print(nil); err != nil {
		return err
	}
	if from.broken || to.broken || len(o.fromObjects) > 0 && len(to.objects)+len(to.refused) == 0 {
		return errReported
	}
	count, err := o.show(ctx, from, to, report, printer)
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

// diffPrinter writes what becomes of objects in a format.
type diffPrinter interface {
	// object takes an object, unchanged ones too.
	object(d *compare.Difference) error
	// end is called once, after all objects.
	end(ctx context.Context, s *compare.Summary) error
}

func (o *diffOptions) newPrinter() (diffPrinter, error) {
	color := useColor(o.report.color, o.streams.Out, o.env)
	external, _ := o.env(externalDiffVariable)
	switch {
	case o.format == "json":
		return &diffJSON{out: o.streams.Out, stat: o.stat}, nil
	case o.format == "markdown":
		return &diffMarkdown{out: o.streams.Out, stat: o.stat}, nil
	case o.stat:
		return &diffStat{out: o.streams.Out, verbose: o.report.verbose}, nil
	case external != "":
		if o.streams.files.Confined() {
			return nil, usageErrorf("$%s names a program, and a run that is confined starts none: unset it", externalDiffVariable)
		}
		return newExternalDiff(external, o.streams)
	}
	return &diffText{out: o.streams.Out, color: color}, nil
}

// show prints the differences and what they come to.
func (o *diffOptions) show(ctx context.Context, from, to *diffSide, report *report, printer diffPrinter) (changeCount, error) {
	var count changeCount
	var summary compare.Summary
	options := compare.Options{IgnoreNamespaces: o.ignoresNamespaces(), Live: len(o.fromObjects) > 0}
	for d, err := range compare.Differences(from.comparable(to), to.comparable(from), options) {
		if err != nil {
			return count, err
		}
		if d.Verdict == compare.Removed && to.refused[d.Model] {
			// Nobody knows what it would be rendered to.
			continue
		}
		count.add(&d)
		summary.Add(&d)
		if len(d.Ignored) > 0 {
			report.say("%s: no difference in %s", diffName(&d), strings.Join(d.Ignored, ", "))
		}
		if err := printer.object(&d); err != nil {
			return count, err
		}
	}
	if err := printer.end(ctx, &summary); err != nil {
		return count, err
	}
	if report.quiet || count.total() == 0 && !options.Live && !report.verbose {
		return count, nil
	}
	lines := []string{count.String()}
	if count.total() == 0 {
		lines = nil
	}
	if models := summary.String(); models != "" {
		lines = append(lines, models)
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(o.streams.Err, printable.Line(line)); err != nil {
			return count, err
		}
	}
	return count, nil
}

func (o *diffOptions) ignoresNamespaces() bool {
	return o.ignoreNamespaces || o.from.settings.Namespace != "" || o.to.settings.Namespace != ""
}

// changeCount is the number of objects by what becomes of them.
type changeCount map[compare.Verdict]int

func (c *changeCount) add(d *compare.Difference) {
	if *c == nil {
		*c = changeCount{}
	}
	if d.Differs() {
		(*c)[d.Verdict]++
	}
}

// total is the number of objects that differ.
func (c changeCount) total() int {
	n := 0
	for _, count := range c {
		n += count
	}
	return n
}

// String counts the objects that differ.
func (c changeCount) String() string {
	restarts := ""
	if n := c[compare.Restarts]; n > 0 {
		restarts = fmt.Sprintf(" (pods of %d restart)", n)
	}
	s := fmt.Sprintf("%d changed%s, %d added, %d removed, %d to be replaced", c[compare.Changes]+c[compare.Restarts], restarts,
		c[compare.Created], c[compare.Removed], c[compare.Replaced])
	if c[compare.Replaced] > 0 {
		s += " (docs/upgrading.md says how)"
	}
	if n := c[compare.Foreign]; n > 0 {
		s += fmt.Sprintf(", %d of another owner", n)
	}
	return s
}
