package recorded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Environment is the variable that names the folder of all recordings.
const Environment = "SELDONCTL_CONFORMANCE"

// ErrAbsent says that there are no external recordings on this machine: a
// reason to skip a test, not to fail it.
var ErrAbsent = errors.New("the full set of recordings is not on this machine")

// Committed opens the recordings that are part of the project.
func Committed() (*Suite, error) {
	root, err := projectRoot()
	if err != nil {
		return nil, err
	}
	return Open(filepath.Join(root, "testdata", "recorded"))
}

// External opens the full set of recordings, which is too large for the
// project. The error is ErrAbsent when Environment is not set and the usual place
// has nothing; a folder that Environment names must exist.
func External() (*Suite, error) {
	if dir := os.Getenv(Environment); dir != "" {
		return Open(dir)
	}
	root, err := projectRoot()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(filepath.Dir(root), "shared", "conformance")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: not at %s; set %s to its folder", ErrAbsent, dir, Environment)
	}
	return Open(dir)
}

// projectRoot returns the nearest folder above that has the recordings: tests run
// in the folder of their package, which may be in a module of its own.
func projectRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "testdata", "recorded")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("no testdata/recorded in this folder or above: run inside the project")
		}
		dir = parent
	}
}
