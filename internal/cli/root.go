package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// Main runs a command line and returns the exit code. The arguments do not
// include the program's name.
func Main(ctx context.Context, args []string, env Environment, streams Streams) int {
	root := newRootCommand(streams, env, args)
	root.SetArgs(args)
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	cmd, err := root.ExecuteContextC(ctx)
	code, silent := exitCode(err)
	// Whoever ends a pipe early, as head does, has read enough.
	silent = silent || errors.Is(err, syscall.EPIPE)
	if !silent {
		fmt.Fprintf(streams.Err, "error: %s\n", printable.Lines([]byte(err.Error())))
		var usage *usageError
		if errors.As(err, &usage) {
			fmt.Fprintf(streams.Err, "see '%s --help'\n", strings.TrimSuffix(cmd.CommandPath(), " help"))
		}
	}
	return code
}

// constructor makes a command. Each costs some hundred allocations, so that a
// run makes the one that it is for.
type constructor struct {
	name string
	make func() *cobra.Command
}

// addCommands adds the command that the arguments begin with, or all of them,
// from which help, completion and suggestions choose.
func addCommands(parent *cobra.Command, all []constructor, args []string) {
	if len(args) > 0 {
		if i := slices.IndexFunc(all, func(c constructor) bool { return c.name == args[0] }); i >= 0 {
			all = all[i : i+1]
		}
	}
	for _, c := range all {
		parent.AddCommand(c.make())
	}
}

// newRootCommand returns the program's command as the arguments need it.
func newRootCommand(streams Streams, env Environment, args []string) *cobra.Command {
	streams.files = &files.Opener{}
	root := &cobra.Command{
		Use:   "seldonctl",
		Short: "Turn SeldonDeployments into plain Kubernetes manifests, offline",
		Long: `seldonctl renders SeldonDeployments of Seldon Core v1 into the Kubernetes
objects that the Seldon Core operator would create for them: without a cluster,
an operator or a network.

Exit codes: 0 fine, 1 faults in the input (diff: differences), 2 wrong usage
(diff: an error).`,
		Example: `  # Render a model and apply it
  seldonctl render -f model.yaml --values values.yaml | kubectl apply -f -

  # Look for faults only
  seldonctl validate -f models/ -R`,
		Args:          knownCommand,
		RunE:          runBare(streams),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SuggestionsMinimumDistance = 2
	// No template of our own here or elsewhere: with one the linker keeps every
	// method there is, half as much program again.
	root.Version = programVersion()
	root.SetHelpCommand(newHelpCommand())
	root.SetUsageFunc(printUsage)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		// After an unknown command every flag is unknown; the command is the mistake.
		if stray := knownCommand(cmd, cmd.Flags().Args()); cmd == root && stray != nil {
			err = stray
		}
		return flagError(cmd, err)
	})
	addCommands(root, []constructor{
		{"render", func() *cobra.Command { return newRenderCommand(streams, env) }},
		{"validate", func() *cobra.Command { return newValidateCommand(streams, env) }},
		{"diff", func() *cobra.Command { return newDiffCommand(streams, env) }},
		{"images", func() *cobra.Command { return newImagesCommand(streams, env) }},
		{"values", func() *cobra.Command { return newValuesCommand(streams, env) }},
		{"secret", func() *cobra.Command { return newSecretCommand(streams, env, args[min(1, len(args)):]) }},
		{"migrate", func() *cobra.Command { return newMigrateCommand(streams, env) }},
		{"explain", func() *cobra.Command { return newExplainCommand(streams, env) }},
		{"graph", func() *cobra.Command { return newGraphCommand(streams, env) }},
		{"fn", func() *cobra.Command { return newFnCommand(streams) }},
		{"version", func() *cobra.Command { return newVersionCommand(streams) }},
	}, args)
	addConfine(root, streams, env)
	root.InitDefaultCompletionCmd()
	describeCompletion(root)
	completeUsage(root)
	return root
}

// knownCommand refuses an unknown command and names the nearest.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	near := slices.DeleteFunc(cmd.SuggestionsFor(args[0]), func(name string) bool {
		return !strings.HasPrefix(name, args[0]) && spelling.Nearest(args[0], []string{name}) == "" && !suggestedFor(cmd, name, args[0])
	})
	if len(near) > 0 {
		return fmt.Errorf("unknown command %q: did you mean %s?", args[0], strings.Join(near, " or "))
	}
	if slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(args[0])) {
		return fmt.Errorf("unknown command %q: to render a file write %s render FILE", args[0], cmd.CommandPath())
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// suggestedFor reports whether a command is what others call by a word.
func suggestedFor(cmd *cobra.Command, name, word string) bool {
	return slices.ContainsFunc(cmd.Commands(), func(sub *cobra.Command) bool {
		return sub.Name() == name && slices.Contains(sub.SuggestFor, strings.ToLower(word))
	})
}

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("unexpected argument %q: %s has flags only", args[0], cmd.CommandPath())
}

// completeUsage makes wrong arguments of any command a usage error.
func completeUsage(cmd *cobra.Command) {
	if args := cmd.Args; args != nil {
		cmd.Args = func(cmd *cobra.Command, given []string) error {
			if err := args(cmd, given); err != nil {
				return &usageError{err}
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		completeUsage(sub)
	}
}
