package recorded

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// defaultVariant is what other variants hold their differences from.
const defaultVariant = "default"

// Suite is a folder of recordings.
type Suite struct {
	dir   string
	cases []Case
}

// Open lists the recordings of a folder. It fails when a recording lacks its
// input or its values, or an input of a recorded set lacks its recording.
func Open(dir string) (*Suite, error) {
	releases, err := folders(filepath.Join(dir, "expected"))
	if err != nil {
		return nil, err
	}
	s := &Suite{dir: dir}
	var faults []error
	for _, release := range releases {
		faults = append(faults, s.addRelease(release))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("recordings in %s: %w", dir, err)
	}
	return s, nil
}

// Dir returns the suite's folder.
func (s *Suite) Dir() string { return s.dir }

// Cases returns the cases of a release ordered by variant (default first), set
// and name; none for a release that was not recorded.
func (s *Suite) Cases(release string) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, c := range s.cases {
			if c.Release == release && !yield(c) {
				return
			}
		}
	}
}

func (s *Suite) addRelease(release string) error {
	base := filepath.Join(s.dir, "expected", release)
	variants, err := folders(base)
	if err != nil {
		return err
	}
	slices.SortFunc(variants, defaultFirst)
	var faults []error
	for _, variant := range variants {
		sets, err := folders(filepath.Join(base, variant))
		faults = append(faults, err)
		for _, set := range sets {
			faults = append(faults, s.addSet(release, variant, set))
		}
	}
	return errors.Join(faults...)
}

func defaultFirst(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == defaultVariant:
		return -1
	case b == defaultVariant:
		return 1
	}
	return cmp.Compare(a, b)
}

// addSet adds a case for every input of a set that was recorded in a variant:
// that of the variant, or else the default's.
func (s *Suite) addSet(release, variant, set string) error {
	values := filepath.Join(s.dir, "variants", variant, "values-"+release+".yaml")
	if _, err := os.Stat(values); err != nil {
		return err
	}
	inputs, err := names(filepath.Join(s.dir, "inputs", set))
	if err != nil {
		return err
	}
	own, err := names(filepath.Join(s.dir, "expected", release, variant, set))
	if err != nil {
		return err
	}
	fallback, err := names(filepath.Join(s.dir, "expected", release, defaultVariant, set))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if _, ok := inputs[name]; !ok {
			faults = append(faults, fmt.Errorf("%s has no input", own[name]))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		expected := cmp.Or(own[name], fallback[name])
		if expected == "" {
			faults = append(faults, fmt.Errorf("%s has no recording for %s, %s", inputs[name], release, variant))
			continue
		}
		s.cases = append(s.cases, Case{
			Release: release, Variant: variant, Set: set, Name: name,
			KubeVersion: kubeVersion(release),
			Input:       inputs[name], Values: values,
			Expected: expected, Rejected: filepath.Ext(expected) == ".rejected",
		})
	}
	return errors.Join(faults...)
}

// names returns the .yaml and .rejected files of a folder by their names
// without extension.
func names(dir string) (map[string]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	out := make(map[string]string, len(entries))
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		if ext != ".yaml" && ext != ".rejected" {
			continue
		}
		name := strings.TrimSuffix(e.Name(), ext)
		if out[name] != "" {
			return nil, fmt.Errorf("%s holds both %s.yaml and %s.rejected", dir, name, name)
		}
		out[name] = filepath.Join(dir, e.Name())
	}
	return out, nil
}

func folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out, nil
}
