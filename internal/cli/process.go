package cli

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// Process runs the command line of this process. An interrupt ends the run
// without leaving anything half written.
func Process() int {
	tuneCollector(os.LookupEnv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A closed pipe is then an error of the write, and not the end of the process
	// with temporary files left behind.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	return Main(ctx, os.Args[1:], os.LookupEnv, Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
}

// tuneCollector trades memory for time: what is allocated for a document is
// garbage soon and what stays is small, so that collecting seldom costs little
// memory. The limit makes collections frequent again where more stays; it does
// not keep a run from taking more. Who sets the variables of the runtime knows
// better (docs/performance.md).
func tuneCollector(env Environment) {
	const percent, limit = 400, 80 << 20
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if value, _ := env(name); value != "" {
			return
		}
	}
	debug.SetGCPercent(percent)
	debug.SetMemoryLimit(limit)
}
