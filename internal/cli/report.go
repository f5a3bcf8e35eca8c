package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
)

// reportFlags say what is reported, and as what.
type reportFlags struct {
	disable []string
	strict  bool
	quiet   bool
	verbose bool
	color   string
}

func (f *reportFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.disable, "disable", nil, "codes of warnings and notes to leave out, e.g. SDC401; repeatable")
	flags.BoolVar(&f.strict, "strict", false, "make warnings errors")
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	flags.BoolVarP(&f.verbose, "verbose", "v", false, "print notes too, what was read and where values come from")
	flags.StringVar(&f.color, "color", "auto", "colours: auto (on a terminal, unless NO_COLOR is set), always or never")
	completeFlag(cmd, "color", "auto", "always", "never")
}

// report collects the findings of a run.
type report struct {
	policy   finding.Policy
	quiet    bool
	notes    bool
	findings finding.List
	failed   bool
}

func (f *reportFlags) newReport(notes bool) (*report, error) {
	r := &report{policy: finding.Policy{Strict: f.strict}, quiet: f.quiet, notes: notes || f.verbose}
	for _, word := range f.disable {
		code := finding.Code(strings.ToUpper(word))
		if _, ok := finding.Lookup(code); !ok {
			return nil, usageErrorf("--disable: there is no finding %q; docs/findings.md lists them", word)
		}
		r.policy.Disabled = append(r.policy.Disabled, code)
	}
	if f.quiet && f.verbose {
		return nil, usageErrorf("--quiet and --verbose exclude each other")
	}
	return r, nil
}

// add takes findings in the order of the input. It keeps those that will be
// printed only, so that a large fleet does not fill the memory with notes.
func (r *report) add(findings finding.List) {
	kept := r.policy.Apply(findings)
	r.failed = r.failed || kept.HasErrors()
	kept = slices.DeleteFunc(kept, func(f finding.Finding) bool {
		return f.Severity == finding.Note && !r.notes || f.Severity != finding.Error && r.quiet
	})
	r.findings = append(r.findings, kept...)
}

// print writes the findings as text.
func (r *report) print(streams Streams) {
	for _, f := range r.findings {
		line := f.Message
		if f.Path != nil {
			line = f.Path.String() + ": " + line
		}
		if f.Severity != finding.Error {
			line = f.Severity.String() + ": " + line
		}
		if !f.Pos.IsZero() {
			line = f.Pos.String() + ": " + line
		}
		fmt.Fprintf(streams.Err, "%s [%s]\n", line, f.Code)
		if f.Hint != "" {
			fmt.Fprintf(streams.Err, "  hint: %s\n", f.Hint)
		}
	}
}
