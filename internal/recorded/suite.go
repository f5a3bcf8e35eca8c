package recorded

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// defaultVariant is what other variants hold their differences from.
const defaultVariant = "default"

// archivesDir has whole recordings of releases, samplesDir some cases of each.
const (
	archivesDir = "recorded"
	samplesDir  = "samples"
)

// rejectedSuffix is the extension of the operator's words of refusal.
const rejectedSuffix = ".rejected"

// Suite is a folder of recordings.
type Suite struct {
	dir string
}

// Open opens a folder of recordings.
func Open(dir string) (*Suite, error) {
	if _, err := os.Stat(filepath.Join(dir, "inputs")); err != nil {
		return nil, fmt.Errorf("recordings: %w", err)
	}
	return &Suite{dir: dir}, nil
}

// Dir returns the suite's folder.
func (s *Suite) Dir() string { return s.dir }

// Releases returns the releases that were recorded, oldest first: those with a
// folder under expected, an archive under recorded, or one under samples.
func (s *Suite) Releases() ([]string, error) {
	releases, err := folders(filepath.Join(s.dir, "expected"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, dir := range []string{archivesDir, samplesDir} {
		archives, err := filepath.Glob(filepath.Join(s.dir, dir, "*"+archiveSuffix))
		if err != nil {
			return nil, err
		}
		for _, a := range archives {
			releases = append(releases, strings.TrimSuffix(filepath.Base(a), archiveSuffix))
		}
	}
	slices.SortFunc(releases, byVersion)
	return releases, nil
}

// Cases returns the cases of a release ordered by variant (default first), set
// and name; none for a release that was not recorded. It fails when a recording
// lacks its input or its values, or an input of a recorded set its recording,
// unless only a sample of the set is there.
func (s *Suite) Cases(release string) ([]Case, error) {
	files, err := s.recordings(release)
	if err != nil {
		return nil, err
	}
	sample := false
	if files == nil {
		sample = true
		if files, err = readArchive(filepath.Join(s.dir, samplesDir, release+archiveSuffix)); err != nil {
			return nil, err
		}
	}
	var cases []Case
	var faults []error
	for _, variant := range slices.SortedFunc(maps.Keys(files), defaultFirst) {
		for _, set := range slices.Sorted(maps.Keys(files[variant])) {
			fallback := files[defaultVariant][set]
			if sample {
				fallback = nil
			}
			found, err := s.cases(release, variant, set, files[variant][set], fallback, sample)
			cases = append(cases, found...)
			faults = append(faults, err)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("recordings in %s: %w", s.dir, err)
	}
	return cases, nil
}

// recording is a recorded file, with its text where it comes from an archive.
type recording struct {
	file string
	text []byte
}

// recordings are those of a release by variant, set and name.
type recordings map[string]map[string]map[string]recording

// add sorts a file under variant/set/name with an extension in, or notes that
// the set was recorded in the variant.
func (r recordings) add(path string, rec recording) error {
	parts := strings.Split(path, "/")
	if len(parts) < 2 {
		return nil
	}
	variant, set := parts[0], parts[1]
	if r[variant] == nil {
		r[variant] = map[string]map[string]recording{}
	}
	if r[variant][set] == nil {
		r[variant][set] = map[string]recording{}
	}
	if len(parts) < 3 {
		return nil
	}
	name := strings.TrimSuffix(strings.TrimSuffix(parts[2], ".yaml"), rejectedSuffix)
	if name == parts[2] {
		return nil
	}
	if r[variant][set][name].file != "" {
		return fmt.Errorf("%s: both %s.yaml and %s.rejected", variant+"/"+set, name, name)
	}
	r[variant][set][name] = rec
	return nil
}

// recordings lists what was recorded of a release, in its folder or else its
// archive.
func (s *Suite) recordings(release string) (recordings, error) {
	base := filepath.Join(s.dir, "expected", release)
	if _, err := os.Stat(base); errors.Is(err, fs.ErrNotExist) {
		return readArchive(filepath.Join(s.dir, archivesDir, release+archiveSuffix))
	}
	out := recordings{}
	return out, fs.WalkDir(os.DirFS(base), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return out.add(path, recording{file: filepath.Join(base, filepath.FromSlash(path))})
	})
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

// cases returns a case for every input of a set that was recorded in a variant:
// that of the variant, or else the default's.
func (s *Suite) cases(release, variant, set string, own, fallback map[string]recording, sample bool) ([]Case, error) {
	values := filepath.Join(s.dir, "variants", variant, "values-"+release+".yaml")
	if _, err := os.Stat(values); err != nil {
		return nil, err
	}
	inputs, err := filepath.Glob(filepath.Join(s.dir, "inputs", set, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var cases []Case
	var faults []error
	known := map[string]bool{}
	for _, input := range inputs {
		name := strings.TrimSuffix(filepath.Base(input), ".yaml")
		known[name] = true
		rec, ok := own[name]
		if !ok {
			rec, ok = fallback[name]
		}
		if !ok && sample {
			continue
		}
		if !ok {
			faults = append(faults, fmt.Errorf("%s has no recording for %s, %s", input, release, variant))
			continue
		}
		cases = append(cases, Case{
			Release: release, Variant: variant, Set: set, Name: name,
			KubeVersion: kubeVersion(release),
			Input:       input, Values: values,
			Expected: rec.file, Text: rec.text, Rejected: filepath.Ext(rec.file) == rejectedSuffix,
		})
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if !known[name] {
			faults = append(faults, fmt.Errorf("%s has no input", own[name].file))
		}
	}
	return cases, errors.Join(faults...)
}

func folders(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// byVersion orders versions of three numbers.
func byVersion(a, b string) int { return slices.Compare(numbers(a), numbers(b)) }

func numbers(version string) []int {
	n := make([]int, 3)
	_, _ = fmt.Sscanf(version, "%d.%d.%d", &n[0], &n[1], &n[2])
	return n
}
