package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

// confineVariable confines every run, for servers that render what others wrote.
const confineVariable = "SELDONCTL_CONFINE"

// addConfine adds the flag that keeps a run inside a folder to all commands.
func addConfine(root *cobra.Command, streams Streams, env Environment) {
	var dir string
	root.PersistentFlags().StringVar(&dir, "confine", "", "read and write nothing outside this folder, and no variables for credentials (also $"+confineVariable+")")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		always, _ := env(confineVariable)
		// The flag can only narrow what the variable allows.
		for _, dir := range []string{always, dir} {
			if dir == "" {
				continue
			}
			if err := streams.files.Confine(dir); err != nil {
				return &usageError{fmt.Errorf("cannot confine the run to %q: %w", dir, err)}
			}
		}
		return nil
	}
}

// mayWrite reports a finding and returns false when a run is confined from a file
// or folder that it is to write, or to compare with.
func (r *report) mayWrite(names ...string) bool {
	for _, name := range names {
		if name == "" || name == "-" {
			continue
		}
		if err := r.streams.files.CheckOutput(name); err != nil {
			r.add(finding.List{source.Unreadable(name, err)})
			return false
		}
	}
	return true
}
