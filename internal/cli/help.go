package cli

import "github.com/spf13/cobra"

// newHelpCommand is like cobra's own, but an unknown topic is a usage error.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Help about any command",
		Example: "  seldonctl help render",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if about, _, err := cmd.Root().Find(args); err == nil {
				for _, sub := range about.Commands() {
					if sub.IsAvailableCommand() {
						names = append(names, sub.Name()+"\t"+sub.Short)
					}
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil {
				return &usageError{err}
			}
			if err := knownCommand(about, rest); err != nil {
				return &usageError{err}
			}
			about.InitDefaultHelpFlag()
			about.InitDefaultVersionFlag()
			// Its own help may be brief.
			cmd.Root().HelpFunc()(about, nil)
			return nil
		},
	}
}

// describeCompletion gives cobra's own commands words of ours and examples, as all
// others have, and has them refuse a shell that is not known.
func describeCompletion(root *cobra.Command) {
	examples := map[string]string{
		"completion": "  source <(seldonctl completion bash)",
		"bash": `  # In this shell; the package bash-completion must be there
  source <(seldonctl completion bash)

  # In all shells from now on: Linux, and macOS with Homebrew
  seldonctl completion bash > /etc/bash_completion.d/seldonctl
  seldonctl completion bash > $(brew --prefix)/etc/bash_completion.d/seldonctl`,
		"zsh": `  # In this shell, after: autoload -U compinit; compinit
  source <(seldonctl completion zsh)

  # In all shells from now on
  seldonctl completion zsh > "${fpath[1]}/_seldonctl"`,
		"fish": `  # In this shell
  seldonctl completion fish | source

  # In all shells from now on
  seldonctl completion fish > ~/.config/fish/completions/seldonctl.fish`,
		"powershell": "  seldonctl completion powershell | Out-String | Invoke-Expression",
	}
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Example = examples[cmd.Name()]
		cmd.Args = knownCommand
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		for _, shell := range cmd.Commands() {
			shell.Long = "Write the script with which " + shell.Name() + " completes seldonctl."
			shell.Example = examples[shell.Name()]
		}
	}
}
