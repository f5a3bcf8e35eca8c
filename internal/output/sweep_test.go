package output_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/seldonctl/seldonctl/internal/output"
)

// TestLeftoversOfKilledRunsAreSwept writes beside what killed runs left, recently
// and long ago, and beside what others called alike.
func TestLeftoversOfKilledRunsAreSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := time.Now().Add(-2 * time.Hour)
	write := func(name string, when time.Time) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
		if parent := filepath.Dir(path); parent != dir {
			if err := os.Chtimes(parent, when, when); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(".seldonctl-123/team_service_a.yaml", long)
	write(".seldonctl-456/team_service_a.yaml", time.Now())
	write(".seldonctl-789/notes.txt", long)
	write(".seldonctl-mine/a.yaml", long)
	write(".out.yaml.seldonctl-123", long)
	write(".out.yaml.seldonctl-456", time.Now())
	write(".out.yaml.backup", long)
	if err := os.Symlink(".seldonctl-456", filepath.Join(dir, ".seldonctl-999")); err != nil {
		t.Skip(err)
	}

	d, err := output.CreateDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	want := []string{".out.yaml.backup", ".out.yaml.seldonctl-456", ".seldonctl-456", ".seldonctl-789", ".seldonctl-999", ".seldonctl-mine"}
	if !slices.Equal(left, want) {
		t.Errorf("left are %v, want %v", left, want)
	}
}
