// Kpt is kpt with the commands that run functions, fn eval and fn render, which
// are those that the tests need.
//
// It is made of kpt's own packages and does what kpt's main does around them. The
// whole of kpt cannot be built from its module: its alpha commands need a module,
// rollouts, of a version that the module proxy does not serve.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/kptdev/kpt/commands/fn"
	kpterrors "github.com/kptdev/kpt/pkg/lib/errors"
	"github.com/kptdev/kpt/pkg/lib/errors/resolver"
	"github.com/kptdev/kpt/pkg/printer"
	"github.com/spf13/cobra"
)

func main() { os.Exit(run()) }

func run() int {
	cmd := &cobra.Command{Use: "kpt", SilenceUsage: true, SilenceErrors: true}
	cmd.PersistentFlags().BoolVar(&printer.TruncateOutput, "truncate-output", true, "shorten what functions print")
	ctx := printer.WithContext(context.Background(), printer.New(cmd.OutOrStdout(), cmd.ErrOrStderr()))
	cmd.AddCommand(fn.GetCommand(ctx, "kpt"))
	err := cmd.Execute()
	if err == nil {
		return 0
	}
	message, code := err.Error(), 1
	var fault *kpterrors.Error
	if resolved, ok := resolver.ResolveError(err); ok {
		message, code = resolved.Message, resolved.ExitCode
	} else if errors.As(err, &fault) {
		if inner, ok := kpterrors.UnwrapErrors(fault); ok {
			message = inner.Error()
		}
	}
	if message != "" {
		fmt.Fprintln(os.Stderr, message)
	}
	return code
}
