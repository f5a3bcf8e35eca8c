package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/run"
)

// reportFlags say what is reported, and as what.
type reportFlags struct {
	run.Reporting
	quiet   bool
	verbose bool
	color   string
}

func (f *reportFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	for _, o := range f.Options() {
		addOption(cmd, o)
	}
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "also print notes, what was read and where values come from")
	addChoice(cmd, &f.color, "color", "", "auto", "colours: auto (on a terminal, unless NO_COLOR is set), always or never", "auto", "always", "never")
	completeFlagLater(cmd, "disable", disableWords)
}

// report collects the findings of a run.
type report struct {
	policy   finding.Policy
	reporter finding.Reporter
	quiet    bool
	notes    bool
	verbose  bool
	// noIgnore says that no manifest has a say in what is left out.
	noIgnore bool
	// findings are those to print; collapsed holds them where those that say the
	// same are joined at once.
	findings  finding.List
	collapsed *finding.Collapsed
	failed    bool
	// summary is printed after the findings; nil for none.
	summary *summary
	streams Streams
}

// newReport returns a report that prints as text on standard error.
func (f *reportFlags) newReport(streams Streams, env Environment) (*report, error) {
	return f.newReportAs("text", streams.Err, streams, env)
}

// newReportAs returns a report of a format that goes to a stream.
func (f *reportFlags) newReportAs(format string, to io.Writer, streams Streams, env Environment) (*report, error) {
	if f.quiet && f.verbose {
		return nil, usageErrorf("--quiet and --verbose cannot be used together")
	}
	color := useColor(f.color, to, env)
	root, err := os.Getwd()
	if err != nil {
		root = ""
	}
	r := &report{
		quiet: f.quiet, verbose: f.verbose, noIgnore: f.NoIgnore,
		notes: f.verbose || format != "text", streams: streams,
	}
	lines := &lineReader{files: streams.files}
	r.reporter, err = finding.NewReporter(format, to, finding.ReportOptions{
		Excerpt: isTerminal(to), Source: lines.line, Secret: lines.mayBeSecret, Width: width(to),
		Color: color, Collapse: true, Root: root, Version: programVersion(),
	})
	if err != nil {
		return nil, &usageError{err}
	}
	var faults []run.OptionError
	if r.policy, faults = f.Policy(); len(faults) > 0 {
		return nil, optionError(faults[0])
	}
	if f.NoIgnore {
		return r, nil
	}
	project, err := readProject(streams.files)
	if err != nil {
		return nil, err
	}
	r.policy.Ignored = func(f finding.Finding) bool { return project.ignores(f, root) }
	return r, nil
}

// useColor decides about colours on a stream.
func useColor(word string, to io.Writer, env Environment) bool {
	if word != "auto" {
		return word == "always"
	}
	off, _ := env("NO_COLOR")
	term, _ := env("TERM")
	return off == "" && term != "dumb" && isTerminal(to)
}

// add takes findings in the order of the input. It keeps those that will be
// printed only, so that a large fleet does not fill the memory.
func (r *report) add(findings finding.List) {
	if len(findings) == 0 {
		return
	}
	kept := r.policy.Apply(findings)
	for i := range kept {
		kept[i] = kept[i].Named(flagOf)
	}
	r.failed = r.failed || kept.HasErrors()
	kept = slices.DeleteFunc(kept, func(f finding.Finding) bool {
		return f.Severity == finding.Note && !r.notes || f.Severity != finding.Error && r.quiet
	})
	if r.collapsed != nil {
		r.collapsed.Add(kept)
		r.findings = r.collapsed.List()
		return
	}
	r.findings = append(r.findings, kept...)
}

// flagOf returns the flag that an option is called by.
func flagOf(o finding.Option) string {
	var flag strings.Builder
	flag.WriteString("--")
	for _, c := range string(o) {
		if unicode.IsUpper(c) {
			flag.WriteByte('-')
		}
		flag.WriteRune(unicode.ToLower(c))
	}
	return flag.String()
}

// collapse joins findings that say the same as they come, as the text format does
// in the end, so that those of a large fleet take no memory.
func (r *report) collapse() { r.collapsed = &finding.Collapsed{} }

// say prints a line for those who want to know what goes on.
func (r *report) say(format string, args ...any) {
	if r.verbose {
		fmt.Fprintln(r.streams.Err, printable.Line(fmt.Sprintf(format, args...)))
	}
}

// print writes the findings, and hands on the error that ends the command.
func (r *report) print(err error) error {
	r.findings = slices.DeleteFunc(slices.Clone(r.findings), r.findings.Redundant())
	if failed := r.reporter.Report(r.findings); failed != nil && err == nil {
		return failed
	}
	if err == nil && r.summary != nil {
		r.saySummary(r.summary)
	}
	return err
}
