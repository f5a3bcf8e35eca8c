//go:build unix

package files_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/seldonctl/seldonctl/internal/files"
)

// TestOnlyRegularFilesAreRead holds that nothing in a folder can keep a confined
// run waiting or fill its memory.
func TestOnlyRegularFilesAreRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe, sparse := filepath.Join(dir, "pipe"), filepath.Join(dir, "sparse")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	if err := errors.Join(os.WriteFile(sparse, nil, 0o600), os.Truncate(sparse, 3<<30)); err != nil {
		t.Fatal(err)
	}
	o := &files.Opener{}
	if err := o.Confine(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Read(pipe, 16<<20); err == nil || !strings.Contains(err.Error(), "not a regular file") {
		t.Errorf("a pipe: %v", err)
	}
	if _, err := o.Read(sparse, 16<<20); err == nil || !strings.Contains(err.Error(), "larger than 16 MiB") {
		t.Errorf("a sparse file of 3 GiB: %v", err)
	}
}
