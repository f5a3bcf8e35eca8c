package cli

import (
	"errors"
	"fmt"
)

// Exit codes, documented in the help of the root command.
const (
	exitOK    = 0
	exitFault = 1
	exitUsage = 2
)

// errReported ends a command whose faults have been reported.
var errReported = errors.New("reported")

// usageError is a command line that cannot be carried out.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usageErrorf(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// exitError ends a command with a code of its own.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// exitCode returns the code for what a command returned, and whether it is
// still to be printed.
func exitCode(err error) (code int, silent bool) {
	var usage *usageError
	var exit *exitError
	switch {
	case err == nil:
		return exitOK, true
	case errors.As(err, &exit):
		return exit.code, errors.Is(err, errReported)
	case errors.Is(err, errReported):
		return exitFault, true
	case errors.As(err, &usage):
		return exitUsage, false
	}
	return exitFault, false
}
