package output

import (
	"errors"
	"syscall"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
)

// WriteError is a failure to write an output or the temporary files that keep it
// back.
type WriteError struct {
	// Target is what was written, such as a file's name or "the output".
	Target string
	Err    error
}

// writeError wraps an error, if there is one.
func writeError(target string, err error) error {
	if err == nil {
		return nil
	}
	var already *WriteError
	if errors.As(err, &already) {
		return err
	}
	return &WriteError{Target: target, Err: err}
}

// Error says what could not be written and why.
func (e *WriteError) Error() string {
	return "cannot write " + e.Target + ": " + printable.Reason(e.Err).Error()
}

// Unwrap returns the cause.
func (e *WriteError) Unwrap() error { return e.Err }

// IsDiskFull reports whether the disk is full.
func (e *WriteError) IsDiskFull() bool {
	return errors.Is(e.Err, syscall.ENOSPC) || errors.Is(e.Err, syscall.EDQUOT)
}

// IsPipeClosed reports whether the reader of the output went away.
func (e *WriteError) IsPipeClosed() bool { return errors.Is(e.Err, syscall.EPIPE) }

// Finding returns the failure as a finding about the whole run.
func (e *WriteError) Finding() finding.Finding {
	switch {
	case e.IsDiskFull():
		return finding.New(finding.DiskFull, nil, "%s", e.Error()).
			WithHint("free some space, or set TMPDIR to a folder on a larger disk when it is a temporary file")
	case e.IsPipeClosed():
		return finding.New(finding.PipeClosed, nil, "%s", e.Error()).
			WithHint("the program that reads the output has ended; see its own message")
	}
	return finding.New(finding.CannotWrite, nil, "%s", e.Error())
}
