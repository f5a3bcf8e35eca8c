package output_test

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/output"
)

func TestFileAppearsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	reference := filepath.Join(t.TempDir(), "x")
	write(t, reference, "")
	usual, err := os.Stat(reference)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name     string
		private  bool
		existing os.FileMode
		commit   bool
		content  string
		mode     os.FileMode
	}{
		{name: "a new file appears with Commit", commit: true, content: "new", mode: usual.Mode()},
		{name: "a private file is for its owner", private: true, commit: true, content: "new", mode: 0o600},
		{name: "an existing file keeps its permissions", existing: 0o664, commit: true, content: "new", mode: 0o664},
		{name: "an existing file that must be private becomes so", existing: 0o644, private: true, commit: true, content: "new", mode: 0o600},
		{name: "an existing file stays as it was without Commit", existing: 0o640, content: "old", mode: 0o640},
		{name: "a new file does not appear without Commit"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "out.yaml")
			if tt.existing != 0 {
				write(t, path, "old")
				if err := os.Chmod(path, tt.existing); err != nil {
					t.Fatal(err)
				}
			}
			f, err := output.CreateFile(path, tt.private)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(f, "new"); err != nil {
				t.Fatal(err)
			}
			if tt.commit {
				if err := f.Commit(); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			want := map[string]string{}
			if tt.content != "" {
				want["out.yaml"] = tt.content
				info, err := os.Stat(path)
				if err != nil || info.Mode() != tt.mode {
					t.Errorf("got mode %v, want %v: %v", info.Mode(), tt.mode, err)
				}
			}
			if d := cmp.Diff(want, files(t, dir)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestFileIsWrittenThroughSymbolicLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "target"), "old")
	link := filepath.Join(dir, "link")
	if err := os.Symlink("target", link); err != nil {
		t.Fatal(err)
	}
	f, err := output.CreateFile(link, false)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.WriteString(f, "new"); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if d := cmp.Diff(map[string]string{"link": "new", "target": "new"}, files(t, dir)); d != "" {
		t.Error(d)
	}
}

func TestFileWritesDevicesAsTheyAre(t *testing.T) {
	t.Parallel()
	f, err := output.CreateFile(os.DevNull, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, "x"); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device is gone: %v %v", info.Mode(), err)
	}
}

func TestFileFaultsNameTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	missing := filepath.Join(dir, "none", "out.yaml")
	for path, want := range map[string]string{
		dir:     "cannot write " + dir + ": is a folder; use --output-dir",
		missing: "cannot write " + missing + ": no such folder: " + filepath.Dir(missing),
	} {
		_, err := output.CreateFile(path, false)
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
