package fleet_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/seldonctl/seldonctl/tools/fleet"
)

var update = flag.Bool("update", false, "write the fleet that the benchmarks read")

// TestBenchmarksReadThisFleet keeps a part of the fleet where the benchmarks of
// the other module can read it.
func TestBenchmarksReadThisFleet(t *testing.T) {
	t.Parallel()
	const file = "../../testdata/fleet/manifests.yaml"
	var want bytes.Buffer
	if err := fleet.WriteStream(&want, 1, 100); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s is stale; run go -C tools test ./fleet -update", file)
	}
}

var nameLine = regexp.MustCompile(`(?m)^  name: (\S+)$`)

func TestManifestsOfASeedAreTheSameEveryTime(t *testing.T) {
	t.Parallel()
	for i := range 200 {
		if first, again := fleet.Manifest(7, i), fleet.Manifest(7, i); !bytes.Equal(first, again) {
			t.Fatalf("manifest %d differs:\n%s\n%s", i, first, again)
		}
	}
	if bytes.Equal(fleet.Manifest(7, 0), fleet.Manifest(8, 0)) {
		t.Error("another seed makes the same manifest")
	}
}

func TestNamesAreUniqueAndTheSizeIsThatOfRealManifests(t *testing.T) {
	t.Parallel()
	const n = 2000
	size, seen := 0, map[string]bool{}
	for i := range n {
		m := fleet.Manifest(1, i)
		size += len(m)
		name := nameLine.FindSubmatch(m)
		if name == nil {
			t.Fatalf("manifest %d has no name:\n%s", i, m)
		}
		if seen[string(name[1])] {
			t.Errorf("the name %s is there twice", name[1])
		}
		seen[string(name[1])] = true
	}
	if mean := size / n; mean < 500 || mean > 800 {
		t.Errorf("manifests have %d bytes on average, want 500 to 800", mean)
	}
}

func TestFilesAndStreamHoldTheSameManifests(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := fleet.Write(dir, 3, 12); err != nil {
		t.Fatal(err)
	}
	var stream bytes.Buffer
	if err := fleet.WriteStream(&stream, 3, 12); err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var files [][]byte
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, text)
	}
	if got := bytes.Split(stream.Bytes(), []byte("---\n")); len(files) != 12 || !bytes.Equal(bytes.Join(got, nil), bytes.Join(files, nil)) {
		t.Errorf("the stream and the %d files differ", len(files))
	}
}
