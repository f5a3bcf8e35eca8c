package output

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
)

// File is a file that appears whole or not at all. It is written under another
// name in the same folder, and takes its own name when it is complete.
type File struct {
	file *os.File
	path string
	// staged is false when the file is a device or a pipe, which is written as it
	// is.
	staged bool
	done   bool
}

// CreateFile begins a file. An existing file keeps its permissions, and a symbolic
// link its place; a private one can be read by its owner only, in any case. Call
// Commit when it is complete, and Close on every path.
func CreateFile(path string, private bool) (*File, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := fs.FileMode(0o666)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, writeError(path, errors.New("is a folder; use --output-dir"))
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, writeError(path, err)
		}
		return &File{file: f, path: path}, nil
	case err == nil:
		mode = info.Mode().Perm()
	}
	if private {
		mode = 0o600
	}
	sweep(filepath.Dir(path))
	f, err := createBeside(path, mode)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, writeError(path, fmt.Errorf("no such folder: %s", filepath.Dir(path)))
	case err != nil:
		return nil, writeError(path, err)
	}
	if info != nil && !private {
		// The umask must not take away what the file had.
		if err := f.Chmod(mode); err != nil {
			return nil, writeError(path, errors.Join(err, f.Close(), os.Remove(f.Name())))
		}
	}
	return &File{file: f, path: path, staged: true}, nil
}

// createBeside creates a hidden file with a new name in the folder of path.
// Unlike os.CreateTemp it leaves the permissions to the umask.
func createBeside(path string, mode fs.FileMode) (*os.File, error) {
	dir, base := filepath.Split(path)
	for range 100 {
		name := dir + "." + base + stagingMark + strconv.FormatUint(rand.Uint64(), 10)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, fs.ErrExist
}

// Write implements io.Writer. An error is a [WriteError].
func (f *File) Write(data []byte) (int, error) {
	n, err := f.file.Write(data)
	return n, writeError(f.path, err)
}

// Commit makes the file appear.
func (f *File) Commit() error {
	f.done = true
	err := f.file.Close()
	if !f.staged {
		return writeError(f.path, err)
	}
	if err == nil {
		err = os.Rename(f.file.Name(), f.path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.file.Name()))
	}
	return writeError(f.path, err)
}

// Close throws the file away unless it was committed.
func (f *File) Close() error {
	if f.done {
		return nil
	}
	f.done = true
	err := f.file.Close()
	if f.staged {
		err = errors.Join(err, os.Remove(f.file.Name()))
	}
	return err
}
