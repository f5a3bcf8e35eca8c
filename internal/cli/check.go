package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
)

// checkFlags are those of a render that is about a folder rendered earlier.
type checkFlags struct {
	dir   string
	prune bool
}

func (f *checkFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.dir, "check", "", "compare with this folder of --output-dir and write nothing: prints a diff and fails when they differ")
	flags.BoolVar(&f.prune, "prune", false, "with --output-dir, remove files of earlier runs that are no longer rendered")
}

// validate returns what does not go together with the other flags.
func (f *checkFlags) validate(o *renderOptions) error {
	switch {
	case f.dir != "" && f.prune:
		return usageErrorf("--check changes nothing; to remove old files run with --output-dir %s --prune", f.dir)
	case f.dir != "" && (o.outputDir != "" || o.output != ""):
		return usageErrorf("--check writes nothing and takes the folder itself: --check DIR in place of --output-dir DIR")
	case f.dir != "" && o.format != "yaml":
		return usageErrorf("--check compares YAML only, which is what --output-dir writes")
	case f.prune && o.outputDir == "":
		return usageErrorf("--prune requires --output-dir")
	case o.keepGoing && f.prune:
		// What is wrong was not rendered, and its files would be taken for old ones.
		return usageErrorf("--prune and --keep-going cannot be used together: the files of models with errors would be removed")
	case o.keepGoing && f.dir != "":
		return usageErrorf("--check and --keep-going cannot be used together: the files of models with errors would be taken for old ones")
	}
	return nil
}

// checkSink compares objects with a folder.
type checkSink struct {
	dirSink
	report *report
	color  bool
}

// commit prints and reports the differences.
func (s *checkSink) commit() error {
	changed, err := s.complete(s.dir)
	if err != nil {
		return err
	}
	s.report.add(changed)
	same := len(changed) == 0
	for d, err := range s.dir.Differences() {
		switch {
		case errors.Is(err, files.ErrOutside):
			s.report.add(finding.List{source.Unreadable(d.Path, err)})
			return errReported
		case err != nil:
			return err
		}
		same = false
		s.report.add(finding.List{d.Finding()})
		if _, err := s.report.streams.Out.Write(paintDiff(printable.Lines(d.Diff), s.color)); err != nil {
			return err
		}
	}
	if !same {
		return errReported
	}
	return nil
}

// pruneSink writes a file for each object and removes those of earlier runs.
type pruneSink struct {
	dirSink
	report *report
}

func (s *pruneSink) commit() error {
	if err := s.dirSink.commit(); err != nil {
		return err
	}
	removed, err := s.dir.Prune()
	if !s.report.quiet {
		for _, path := range removed {
			_, printing := fmt.Fprintln(s.report.streams.Err, printable.Line("removed "+path))
			err = errors.Join(err, printing)
		}
	}
	return err
}

// newDirSink returns the sink for a folder, or for a comparison with one.
func (o *renderOptions) newDirSink(report *report, r *run.Run, in *source.Inputs) (sink, error) {
	complete := func(dir *output.Dir) (finding.List, error) { return o.complete(dir, r, in) }
	if o.check.dir != "" {
		color := useColor(o.report.color, o.streams.Out, o.env)
		dir, err := output.CompareDir(o.check.dir, o.streams.files)
		return &checkSink{dirSink{dir, complete}, report, color}, err
	}
	dir, err := output.CreateDir(o.outputDir)
	if o.check.prune {
		return &pruneSink{dirSink{dir, complete}, report}, err
	}
	return &dirSink{dir, complete}, err
}
