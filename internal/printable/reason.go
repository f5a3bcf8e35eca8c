package printable

import (
	"errors"
	"io/fs"
)

// Reason returns why a file could not be opened, read or written, without its name,
// which the message says already or must not say.
func Reason(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
