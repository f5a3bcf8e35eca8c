package cli

import (
	"fmt"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
)

// inputFlags say which documents are read.
type inputFlags struct {
	filenames []string
	recursive bool
	exclude   []string
}

func (f *inputFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.filenames, "filename", "f", nil, "file, folder (its .yaml, .yml and .json files) or - for standard input; repeatable")
	flags.BoolVarP(&f.recursive, "recursive", "R", false, "also read the folders below")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "files and folders to leave out of folders, e.g. '*-test.yaml' or staging; repeatable")
}

// takeArguments reads arguments as files, as if each had -f.
func (f *inputFlags) takeArguments(_ *cobra.Command, args []string) error {
	if i := slices.IndexFunc(args, func(arg string) bool { return slices.Contains(run.Modes(), arg) }); i >= 0 {
		return fmt.Errorf("unexpected argument %q: for the flag write --validate=%s, for a file ./%s", args[i], args[i], args[i])
	}
	f.filenames = append(f.filenames, args...)
	return nil
}

// open returns the inputs, standard input where nothing is named.
func (f *inputFlags) open(streams Streams) (*source.Inputs, error) {
	names := f.filenames
	if len(names) == 0 {
		if isTerminal(streams.In) {
			return nil, usageErrorf("nothing to read: name files or folders, or pipe manifests in")
		}
		names = []string{"-"}
	}
	if countStdin(names) > 1 {
		return nil, usageErrorf("standard input (-f -) can be used only once")
	}
	for _, pattern := range f.exclude {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, usageErrorf("--exclude: invalid pattern %q", pattern)
		}
	}
	return source.Open(names, source.Options{Recursive: f.recursive, Exclude: f.exclude, Stdin: streams.In, Files: streams.files}), nil
}

// called is what is read, for a sentence.
func (f *inputFlags) called() string {
	switch {
	case len(f.filenames) == 0, len(f.filenames) == 1 && f.filenames[0] == "-":
		return "standard input"
	case len(f.filenames) == 1:
		return f.filenames[0]
	}
	return "the input"
}

// readsStdin reports whether standard input has documents.
func (f *inputFlags) readsStdin() bool {
	return len(f.filenames) == 0 || slices.Contains(f.filenames, "-")
}

func countStdin(names []string) int {
	n := 0
	for _, name := range names {
		if name == "-" {
			n++
		}
	}
	return n
}
