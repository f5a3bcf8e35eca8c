package recorded_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/recorded"
)

// write makes a folder with files of the given names, all holding one object.
func write(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(service("a", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOpen(t *testing.T) {
	t.Parallel()
	dir := write(t,
		"inputs/own/a.yaml", "inputs/own/b.yaml", "inputs/other/c.yaml",
		"variants/default/values-1.7.0.yaml", "variants/x/values-1.7.0.yaml",
		"variants/default/values-9.yaml",
		"expected/1.7.0/default/own/a.yaml", "expected/1.7.0/default/own/b.rejected",
		"expected/1.7.0/default/other/c.yaml",
		"expected/1.7.0/x/own/b.yaml",
		"expected/9/default/own/a.yaml", "expected/9/default/own/b.yaml",
	)
	suite, err := recorded.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	run := func(variant, set, name, kube, expected string, rejected bool) recorded.Case {
		return recorded.Case{
			Release: "1.7.0", Variant: variant, Set: set, Name: name, KubeVersion: kube,
			Input:    filepath.Join(dir, "inputs", set, name+".yaml"),
			Values:   filepath.Join(dir, "variants", variant, "values-1.7.0.yaml"),
			Expected: filepath.Join(dir, "expected/1.7.0", filepath.FromSlash(expected)),
			Rejected: rejected,
		}
	}
	want := []recorded.Case{
		run("default", "other", "c", "1.20", "default/other/c.yaml", false),
		run("default", "own", "a", "1.20", "default/own/a.yaml", false),
		run("default", "own", "b", "1.20", "default/own/b.rejected", true),
		run("x", "own", "a", "1.20", "default/own/a.yaml", false),
		run("x", "own", "b", "1.20", "x/own/b.yaml", false),
	}
	if diff := cmp.Diff(want, mustCases(t, suite, "1.7.0")); diff != "" {
		t.Errorf("cases of 1.7.0 (-want +got):\n%s", diff)
	}
	if got := mustCases(t, suite, "9"); len(got) != 2 || got[0].KubeVersion != "" {
		t.Errorf("cases of 9: got %v, want two without a Kubernetes version", got)
	}
	if got := mustCases(t, suite, "2"); got != nil {
		t.Errorf("cases of 2: got %v, want none", got)
	}
	if got := want[3].String(); got != "1.7.0/x/own/a" {
		t.Errorf("got name %s", got)
	}
	if objects, err := want[3].Objects(); err != nil || len(objects) != 1 {
		t.Errorf("got objects %v, %v, want one", objects, err)
	}
	if objects, err := want[2].Objects(); err != nil || objects != nil {
		t.Errorf("rejected: got objects %v, %v, want none", objects, err)
	}
}

func mustCases(t *testing.T, suite *recorded.Suite, release string) []recorded.Case {
	t.Helper()
	cases, err := suite.Cases(release)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	const values = "variants/default/values-1.7.0.yaml"
	tests := map[string]struct {
		files []string
		err   string
	}{
		"a folder without recordings": {nil, "no such file"},
		"a recording without input": {
			[]string{values, "inputs/s/a.yaml", "expected/1.7.0/default/s/a.yaml", "expected/1.7.0/default/s/b.yaml"},
			"b.yaml has no input",
		},
		"an input without recording": {
			[]string{values, "inputs/s/a.yaml", "inputs/s/b.yaml", "expected/1.7.0/default/s/a.yaml"},
			"b.yaml has no recording for 1.7.0, default",
		},
		"a variant without values": {
			[]string{"inputs/s/a.yaml", "expected/1.7.0/default/s/a.yaml"}, "values-1.7.0.yaml",
		},
		"an input that is both built and rejected": {
			[]string{values, "inputs/s/a.yaml", "expected/1.7.0/default/s/a.yaml", "expected/1.7.0/default/s/a.rejected"},
			"both a.yaml and a.rejected",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			suite, err := recorded.Open(write(t, test.files...))
			if err == nil {
				_, err = suite.Cases("1.7.0")
			}
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %v, want %s", err, test.err)
			}
		})
	}
}

func TestExternalFailsWhereTheVariableNamesNoFolder(t *testing.T) {
	t.Setenv(recorded.Environment, filepath.Join(t.TempDir(), "nothing"))
	if _, err := recorded.External(); err == nil || errors.Is(err, recorded.ErrAbsent) {
		t.Errorf("got %v, want an error that is not a reason to skip", err)
	}
}

func TestExternalRecordingsAreComplete(t *testing.T) {
	t.Parallel()
	suite, err := recorded.External()
	if errors.Is(err, recorded.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, release := range []string{"1.7.0", "1.18.2"} {
		if mustCases(t, suite, release) == nil {
			t.Errorf("%s has no cases for %s", suite.Dir(), release)
		}
	}
}

func TestCommittedRecordingsHoldObjects(t *testing.T) {
	t.Parallel()
	suite, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	for _, release := range []string{"1.7.0", "1.18.2"} {
		variants := map[string]bool{}
		for _, c := range mustCases(t, suite, release) {
			variants[c.Variant] = true
			objects, err := c.Objects()
			if err != nil {
				t.Error(err)
			}
			if !c.Rejected && len(objects) == 0 {
				t.Errorf("%s: no objects", c.Expected)
			}
		}
		if len(variants) < 2 {
			t.Errorf("%s: want recordings of several variants, got %v", release, variants)
		}
	}
}
