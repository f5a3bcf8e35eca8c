package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Process runs the command line of this process. An interrupt ends the run
// without leaving anything half written.
func Process() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A closed pipe is then an error of the write, and not the end of the process
	// with temporary files left behind.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	return Main(ctx, os.Args[1:], os.LookupEnv, Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
}
