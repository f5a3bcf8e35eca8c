package files

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// ErrOutside says that a name leads out of the folder that a run is confined to.
var ErrOutside = errors.New("it is outside the folder that this run is confined to")

// Opener opens files by names as the command line has them: absolute, or relative
// to the working folder. The zero value opens any file. Methods return
// [ErrOutside] for what the opener is confined from.
type Opener struct {
	root *os.Root
	// dir is the absolute path of the root.
	dir string
}

// Confine lets the opener open nothing but what is below the folder. An opener
// that is confined already can be confined further only.
func (o *Opener) Confine(dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if _, err := o.Stat(abs); err != nil {
		return err
	}
	root, err := os.OpenRoot(abs)
	if err != nil {
		return err
	}
	if o.root != nil {
		// What was read through it is closed.
		_ = o.root.Close()
	}
	o.root, o.dir = root, abs
	return nil
}

// Confined reports whether there is a folder that nothing outside of is opened.
func (o *Opener) Confined() bool { return o.root != nil }

// Open opens a file for reading. A confined opener opens regular files and
// folders only: a pipe or device could keep the run waiting.
func (o *Opener) Open(name string) (*os.File, error) {
	if !o.Confined() {
		return open(name)
	}
	inside, err := o.inside(name)
	if err != nil {
		return nil, err
	}
	f, err := o.root.OpenFile(inside, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, escaped(err)
	}
	info, err := f.Stat()
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = errors.New("it is not a regular file")
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Stat describes what a name leads to.
func (o *Opener) Stat(name string) (fs.FileInfo, error) {
	if !o.Confined() {
		return os.Stat(name)
	}
	inside, err := o.inside(name)
	if err != nil {
		return nil, err
	}
	info, err := o.root.Stat(inside)
	return info, escaped(err)
}

// ReadDir returns the entries of a folder in the order of their names.
func (o *Opener) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := o.Open(name)
	if err != nil {
		return nil, err
	}
	entries, err := f.ReadDir(-1)
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, errors.Join(err, f.Close())
}

// Read returns the content of a file that has no more bytes than the limit.
func (o *Opener) Read(name string, limit int64) ([]byte, error) {
	f, err := o.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := ReadAll(f, limit)
	return data, errors.Join(err, f.Close())
}

// ReadAll reads to the end, which must come before the limit.
func ReadAll(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("it is larger than %d MiB", limit>>20)
	}
	return data, err
}

// CheckOutput returns an error if a file or folder to write, which need not be
// there yet, would be outside.
func (o *Opener) CheckOutput(name string) error {
	if !o.Confined() {
		return nil
	}
	inside, err := o.inside(name)
	for err == nil && inside != "." {
		if _, err = o.root.Stat(inside); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		// A link that leads to nothing would still be written through.
		if _, link := o.root.Lstat(inside); link == nil {
			return ErrOutside
		}
		inside, err = filepath.Dir(inside), nil
	}
	return escaped(err)
}

// inside returns a name relative to the root. What stands for .. is gone from it;
// links are left to the root.
func (o *Opener) inside(name string) (string, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(o.dir, abs)
	if err != nil || !filepath.IsLocal(rel) {
		return "", ErrOutside
	}
	return rel, nil
}

// escaped gives the root's error for links that lead out its name.
func escaped(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok && strings.Contains(pe.Err.Error(), "path escapes") {
		return ErrOutside
	}
	return err
}
