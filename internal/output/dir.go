package output

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/manifest"
)

// Dir is a folder that gets one YAML file for each object. Its files are prepared
// in a folder of their own and appear when all are complete. It keeps 16 bytes in
// memory for each. It is not safe for concurrent use.
type Dir struct {
	path    string
	staging string
	// files opens the files that a comparison is with.
	files *files.Opener
	// created is true when the folder was not there before.
	created bool
	seed    maphash.Seed
	// staged holds the stems of file names.
	staged map[uint64]stagedFile
	// extras are the files that hold no object.
	extras []string
	buf    []byte
}

// stagedFile is a file that was prepared.
type stagedFile struct {
	tag tag
	// shared is true when several objects wanted the name, and none has it.
	shared bool
}

// CreateDir begins to write a folder, which need not exist. Call Commit when all
// objects were added, and Close on every path.
func CreateDir(path string) (*Dir, error) {
	_, err := os.Stat(path)
	created := errors.Is(err, fs.ErrNotExist)
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, writeError(path, err)
	}
	// Renaming works inside one file system only.
	d, err := newDir(path, path)
	if err != nil {
		if created {
			err = errors.Join(err, os.Remove(path))
		}
		return nil, err
	}
	d.created = created
	return d, nil
}

// CompareDir begins a comparison with a folder, which is not written to and need
// not exist and whose files the opener opens. Call Differences when all objects were added, and Close on every path.
func CompareDir(path string, opener *files.Opener) (*Dir, error) {
	d, err := newDir(path, "")
	if err != nil {
		return nil, err
	}
	d.files = opener
	return d, nil
}

func newDir(path, parent string) (*Dir, error) {
	sweep(cmp.Or(parent, os.TempDir()))
	staging, err := os.MkdirTemp(parent, stagingMark+"*")
	if err != nil {
		return nil, writeError(path, err)
	}
	return &Dir{path: path, staging: staging, seed: maphash.MakeSeed(), staged: map[uint64]stagedFile{}}, nil
}

// Add prepares the file of an object, which must be in the yaml format. Two
// objects with the same identity are an error.
func (d *Dir) Add(c manifest.Chunk) error {
	d.buf = d.buf[:0]
	switch {
	case c.Rank != manifest.Passed:
		d.buf = append(d.buf, renderedHeader...)
	case !bytes.HasPrefix(c.Data, []byte(headerMark)):
		d.buf = append(d.buf, passedHeader...)
	}
	d.buf = append(d.buf, c.Data...)

	mode := fs.FileMode(0o666)
	if manifest.HoldsSecrets(c.ID.Kind) {
		mode = 0o600
	}
	stem, err := d.claim(c)
	if err != nil {
		return err
	}
	return d.stage(stem+extension, mode)
}

// AddExtra prepares a file that is about the others, such as an index. Its name
// is none that an object's file could have, and no other file is added after it.
// The text may begin with comments, and gets one that says whose it is.
func (d *Dir) AddExtra(name string, text []byte) error {
	d.buf = append(append(d.buf[:0], extraHeader...), text...)
	d.extras = append(d.extras, name)
	return d.stage(name, 0o666)
}

// Names returns the names of the files that were prepared, in alphabetical order.
func (d *Dir) Names() ([]string, error) {
	names, err := sortedNames(d.staging)
	return names, writeError(d.path, err)
}

// Existing returns a file of the folder that an earlier run prepared with
// [Dir.AddExtra], or nil.
func (d *Dir) Existing(name string) ([]byte, error) {
	path := filepath.Join(d.path, name)
	text, err := d.files.Read(path, maxFound)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !bytes.HasPrefix(text, []byte(headerMark)):
		return nil, nil
	}
	return text, nil
}

// claim returns the stem of an object's file, and gives another object that has
// it already a new one.
func (d *Dir) claim(c manifest.Chunk) (string, error) {
	id := c.ID
	stem, exact := stemOf(id)
	t := tagOf(id, c.Data)
	if !exact {
		stem = t.appendTo(stem)
	}
	key := maphash.String(d.seed, stem)
	other, taken := d.staged[key]
	if !taken {
		d.staged[key] = stagedFile{tag: t}
		return stem, nil
	}
	if other.tag == t {
		return "", sameIdentity(id)
	}
	if !other.shared {
		moved := other.tag.appendTo(stem)
		if err := os.Rename(d.stagedPath(stem), d.stagedPath(moved)); err != nil {
			return "", writeError(d.path, err)
		}
		d.staged[maphash.String(d.seed, moved)] = other
		d.staged[key] = stagedFile{shared: true}
	}
	stem = t.appendTo(stem)
	key = maphash.String(d.seed, stem)
	if _, taken := d.staged[key]; taken {
		return "", sameIdentity(id)
	}
	d.staged[key] = stagedFile{tag: t}
	return stem, nil
}

func sameIdentity(id manifest.ID) error {
	if id.Name == "" {
		return fmt.Errorf("two objects without a name are the same, and files are called after names: leave out one %s, or name it", id.Kind)
	}
	return fmt.Errorf("two objects have the same identity: %s %q in namespace %q", id.Kind, id.Name, id.Namespace)
}

func (d *Dir) stagedPath(stem string) string {
	return filepath.Join(d.staging, stem+extension)
}

// stage writes the prepared content.
func (d *Dir) stage(name string, mode fs.FileMode) error {
	f, err := os.OpenFile(filepath.Join(d.staging, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return writeError(d.path, err)
	}
	_, err = f.Write(d.buf)
	return writeError(d.path, errors.Join(err, f.Close()))
}

// Len returns the number of files that were prepared.
func (d *Dir) Len() int {
	n := 0
	for _, f := range d.staged {
		if !f.shared {
			n++
		}
	}
	return n
}

// Commit makes the files appear. When a file of somebody else is in the way of
// one of them, it changes nothing and returns a [ForeignFileError]. Each file
// appears whole; should the system refuse one half-way, those before it have
// appeared.
func (d *Dir) Commit() error {
	names, err := sortedNames(d.staging)
	if err != nil {
		return writeError(d.path, err)
	}
	if err := d.lookForForeign(names); err != nil {
		return err
	}
	for _, name := range names {
		if err := os.Rename(filepath.Join(d.staging, name), filepath.Join(d.path, name)); err != nil {
			return writeError(filepath.Join(d.path, name), err)
		}
		d.created = false
	}
	return nil
}

// lookForForeign returns an error when a name is taken by a file that is not ours.
func (d *Dir) lookForForeign(names []string) error {
	if d.created {
		return nil
	}
	var foreign []string
	for _, name := range names {
		path := filepath.Join(d.path, name)
		ours, err := isOurs(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return writeError(path, err)
		case !ours:
			foreign = append(foreign, path)
		}
	}
	if len(foreign) > 0 {
		return &ForeignFileError{Paths: foreign}
	}
	return nil
}

// Stale returns the paths of files in the folder that an earlier run wrote and
// this one does not, in alphabetical order. Files without our header are never
// among them.
func (d *Dir) Stale() ([]string, error) {
	names, err := sortedNames(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var stale []string
	for _, name := range names {
		stem := strings.TrimSuffix(name, extension)
		if stem == name && filepath.Ext(name) != lockExtension || slices.Contains(d.extras, name) {
			continue
		}
		if f, ok := d.staged[maphash.String(d.seed, stem)]; ok && !f.shared {
			continue
		}
		path := filepath.Join(d.path, name)
		ours, err := isOurs(path)
		if err != nil {
			return nil, err
		}
		if ours {
			stale = append(stale, path)
		}
	}
	return stale, nil
}

// Prune removes the files that [Dir.Stale] finds and returns their paths.
func (d *Dir) Prune() ([]string, error) {
	stale, err := d.Stale()
	if err != nil {
		return nil, err
	}
	for i, path := range stale {
		if err := os.Remove(path); err != nil {
			return stale[:i], writeError(path, err)
		}
	}
	return stale, nil
}

// Close throws away what was prepared and not committed.
func (d *Dir) Close() error {
	err := os.RemoveAll(d.staging)
	if d.created {
		err = errors.Join(err, os.Remove(d.path))
		d.created = false
	}
	return err
}
