// Package record writes down what a folder of manifests was rendered from, and
// says which of it has changed since. A [Record] names the program, the release,
// the command and digests of everything that was read, and no time and no machine:
// the same run gives the same bytes everywhere.
//
// Files of credentials are not recorded, nor are digests of files with Secrets:
// who knows the rest of a file could try out what a digest fits.
package record

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
)

// Name is that of the file in an output folder.
const Name = "seldonctl.lock"

// Record is what a folder was rendered from.
type Record struct {
	// Program is the version of seldonctl.
	Program string `json:"program"`
	// Release is that of Seldon Core.
	Release string `json:"release"`
	// Command has the arguments that decide on what is rendered.
	Command []string `json:"command"`
	// Inputs are the files with manifests, in the order in which they were read.
	Inputs []File `json:"inputs"`
	// Settings are values files, saved operators and image locks.
	Settings []File `json:"settings,omitempty"`
	// Files are the names of what was written beside the record.
	Files []string `json:"files"`
}

// File is a file that was read. Its path is as on the command line, with slashes;
// standard input is "-".
type File struct {
	Path string `json:"path"`
	// SHA256 is the digest of the content in hexadecimal, or empty if there is a
	// Secret in it.
	SHA256 string `json:"sha256,omitempty"`
}

// NewFile reads a file to its end.
func NewFile(path string, content io.Reader) (File, error) {
	file := File{Path: filepath.ToSlash(path)}
	sum := sha256.New()
	// The expression reads on until it matches.
	in := &failing{r: io.TeeReader(content, sum)}
	if !printable.SecretText().MatchReader(bufio.NewReader(in)) {
		file.SHA256 = hex.EncodeToString(sum.Sum(nil))
	}
	return file, in.err
}

// failing keeps the error of a reader, which a regular expression drops.
type failing struct {
	r   io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// Encode returns the record as JSON.
func (r *Record) Encode() ([]byte, error) {
	var text bytes.Buffer
	err := printable.JSON(&text, r)
	return text.Bytes(), err
}

// Decode reads what [Record.Encode] wrote, behind lines of comment.
func Decode(data []byte) (*Record, error) {
	for bytes.HasPrefix(data, []byte("#")) {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	r := &Record{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("not a record that seldonctl wrote: %w", err)
	}
	return r, nil
}

// Changed returns a finding for each file that was read then and is another one
// now. The folder is that of the record then.
func Changed(folder string, then, now *Record) finding.List {
	return slices.Concat(
		changed(folder, then.Inputs, now.Inputs),
		changed(folder, then.Settings, now.Settings))
}

func changed(folder string, then, now []File) finding.List {
	var found finding.List
	say := func(path, format string) {
		found = append(found, finding.New(finding.StaleInput, nil, format, folder).
			WithHint("run with --output-dir instead of --check, and commit the result").At(finding.Position{File: path}))
	}
	at := func(files []File, path string) int {
		return slices.IndexFunc(files, func(f File) bool { return f.Path == path })
	}
	for _, f := range then {
		switch i := at(now, f.Path); {
		case i < 0:
			say(f.Path, "%s was rendered from this file, which is no longer read")
		case now[i].SHA256 != f.SHA256:
			say(f.Path, "changed since %s was rendered")
		}
	}
	for _, f := range now {
		if at(then, f.Path) < 0 {
			say(f.Path, "not part of the input when %s was rendered")
		}
	}
	return found
}
