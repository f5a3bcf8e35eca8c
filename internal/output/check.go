package output

import (
	"bytes"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/textdiff"
)

// Difference is a file of a folder that is not as a run would write it.
type Difference struct {
	// Path is the file's.
	Path string
	// What is wrong with it.
	What Deviation
	// Diff leads from the file to what would be written, in the unified format. It
	// is empty for files with Secrets, so that none is shown.
	Diff []byte
}

// Deviation says in which way a file is not as a run would write it.
type Deviation int

// The deviations.
const (
	// Missing files are not there.
	Missing Deviation = iota + 1
	// Different files have another content.
	Different
	// StaleFile is one that an earlier run wrote and this one would not.
	StaleFile
)

// Finding returns the difference as a finding.
func (d Difference) Finding() finding.Finding {
	at := finding.Position{File: d.Path}
	switch d.What {
	case Missing:
		return finding.New(finding.OutputDiffers, nil, "the file is missing").
			WithHint("run with --output-dir instead of --check, and commit the result").At(at)
	case StaleFile:
		return finding.New(finding.StaleFile, nil, "the file is from an earlier run and is no longer rendered").
			WithHint("run with --output-dir and --prune instead of --check, or delete it").At(at)
	}
	return finding.New(finding.OutputDiffers, nil, "the file differs from what would be written").
		WithHint("run with --output-dir instead of --check, and commit the result").At(at)
}

// Differences compares the folder with what was added: first the files that would
// be written, then those that would not any more, each in alphabetical order. It
// holds one file at a time and ends with the first error.
func (d *Dir) Differences() iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		names, err := sortedNames(d.staging)
		if err != nil {
			yield(Difference{}, err)
			return
		}
		for _, name := range names {
			diff, differs, err := d.compare(name)
			if (differs || err != nil) && !yield(diff, err) || err != nil {
				return
			}
		}
		stale, err := d.Stale()
		if err != nil {
			yield(Difference{}, err)
			return
		}
		for _, path := range stale {
			old, err := d.files.Read(path, maxFound)
			if !yield(Difference{Path: path, What: StaleFile, Diff: unified(path, old, os.DevNull, nil)}, err) || err != nil {
				return
			}
		}
	}
}

// compare compares a file that was prepared with the one in the folder.
func (d *Dir) compare(name string) (diff Difference, differs bool, err error) {
	wanted, err := os.ReadFile(filepath.Join(d.staging, name))
	if err != nil {
		return Difference{}, false, err
	}
	path := filepath.Join(d.path, name)
	found, err := d.files.Read(path, maxFound)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Difference{Path: path, What: Missing, Diff: unified(os.DevNull, nil, path, wanted)}, true, nil
	case err != nil:
		return Difference{Path: path}, false, err
	case bytes.Equal(found, wanted):
		return Difference{}, false, nil
	}
	return Difference{Path: path, What: Different, Diff: unified(path, found, path, wanted)}, true, nil
}

// maxFound is the size in bytes of the largest file that is compared: what is
// written is far smaller.
const maxFound = 64 << 20

func unified(oldName string, old []byte, newName string, new []byte) []byte {
	if secret := printable.SecretText(); secret.Match(old) || secret.Match(new) {
		return nil
	}
	return textdiff.Unified(oldName, old, newName, new)
}
