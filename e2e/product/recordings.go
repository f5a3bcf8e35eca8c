package product

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// recordings is a folder of recorded operator output; testdata/recorded/README.md
// describes it.
type recordings struct{ dir string }

// cases returns the cases of a release, the default values first.
func (r recordings) cases(release string) ([]Case, error) {
	variants, err := entries(filepath.Join(r.dir, "expected", release))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(variants, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
	var cases []Case
	for _, variant := range variants {
		sets, err := entries(filepath.Join(r.dir, "expected", release, variant))
		if err != nil {
			return nil, err
		}
		for _, set := range sets {
			some, err := r.set(release, variant, set)
			if err != nil {
				return nil, err
			}
			cases = append(cases, some...)
		}
	}
	return cases, nil
}

// rank puts the default before the variants, which hold only what differs.
func rank(variant string) int {
	if variant == Default {
		return 0
	}
	return 1
}

func (r recordings) set(release, variant, set string) ([]Case, error) {
	inputs, err := entries(filepath.Join(r.dir, "inputs", set))
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, file := range inputs {
		name := strings.TrimSuffix(file, ".yaml")
		cases = append(cases, Case{
			Release: release, Variant: variant, Name: set + "/" + name,
			Input:    filepath.Join(r.dir, "inputs", set, file),
			Values:   filepath.Join(r.dir, "variants", variant, "values-"+release+".yaml"),
			recorded: r.recorded(release, variant, set, name),
		})
	}
	return cases, nil
}

// recorded returns the file with what the operator built, nothing where it
// refused the input.
func (r recordings) recorded(release, variant, set, name string) string {
	for _, v := range []string{variant, Default} {
		base := filepath.Join(r.dir, "expected", release, v, set, name)
		if exists(base + ".yaml") {
			return base + ".yaml"
		}
		if exists(base + ".rejected") {
			return ""
		}
	}
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// entries returns the names in a folder, sorted.
func entries(dir string) ([]string, error) {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range list {
		names = append(names, entry.Name())
	}
	return names, nil
}
