package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/run"
)

// addOption adds the flag of an option, if it has one.
func addOption(cmd *cobra.Command, o run.Option) {
	if o.Flag == "" {
		return
	}
	flags, usage := cmd.Flags(), o.Usage
	switch to := o.To.(type) {
	case *string:
		if o.Default != "" {
			usage += fmt.Sprintf(" (default %q)", o.Default)
		}
		flags.StringVarP(to, o.Flag, o.Letter, "", usage)
	case *bool:
		flags.BoolVar(to, o.Flag, false, usage)
	case *[]string:
		add := flags.StringArrayVar
		if o.Commas {
			add = flags.StringSliceVar
		}
		add(to, o.Flag, nil, usage+"; repeatable")
	}
	if o.Choices != nil {
		completeFlagLater(cmd, o.Flag, o.Choices)
	}
}
