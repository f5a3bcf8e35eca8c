package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

// grace is how long a run may take to end after a signal asked it to.
const grace = 2 * time.Second

// Process runs the command line of this process. A signal ends the run without
// leaving anything half written; a second one, or a run that does not end in
// time, ends the process.
func Process() int {
	tuneCollector(os.LookupEnv)
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		// nohup has it ignored.
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	// The next signal then has the effect that the system gives it.
	context.AfterFunc(ctx, stop)
	defer stop()
	// A closed pipe is then an error of the write, and not the end of the process
	// with temporary files left behind.
	pipe := make(chan os.Signal, 1)
	signal.Notify(pipe, syscall.SIGPIPE)
	ended := make(chan int, 1)
	go func() {
		ended <- Main(ctx, os.Args[1:], os.LookupEnv, Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	}()
	select {
	case code := <-ended:
		return code
	case <-ctx.Done():
	}
	select {
	case code := <-ended:
		return code
	case <-time.After(grace):
		// It waits for something, or is at work on something too large.
		fmt.Fprintln(os.Stderr, "error: interrupted")
		return exitFault
	}
}

// tuneCollector trades memory for time: what is allocated for a document is
// garbage soon and what stays is small, so that collecting seldom costs little
// memory. The limit makes collections frequent again where more stays; it does
// not keep a run from taking more. Who sets the variables of the runtime knows
// better (docs/performance.md).
func tuneCollector(env Environment) {
	const percent, limit = 400, 76 << 20
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if value, _ := env(name); value != "" {
			return
		}
	}
	debug.SetGCPercent(percent)
	debug.SetMemoryLimit(limit)
}
