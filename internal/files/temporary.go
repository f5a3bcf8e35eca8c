package files

import (
	"errors"
	"io/fs"
	"os"
)

// CreateTemporary returns a file that only its owner can read, since Secrets may
// be in it, and removes its name at once where the system allows that, so that not
// even a killed process leaves it behind. It is for [CloseTemporary] to close.
func CreateTemporary() (*os.File, error) {
	f, err := os.CreateTemp("", "seldonctl-*")
	if err != nil {
		return nil, err
	}
	// Windows keeps the name until the file is closed.
	_ = os.Remove(f.Name())
	return f, nil
}

// CloseTemporary closes a file of [CreateTemporary] and removes its name if it
// still has one.
func CloseTemporary(f *os.File) error {
	err := f.Close()
	if removed := os.Remove(f.Name()); !errors.Is(removed, fs.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	return err
}
