package release

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ChartName is the name of Seldon's Helm chart, under which a chart that depends on
// it has its values.
const ChartName = "seldon-core-operator"

// DefaultVersion is the version of [Default].
const DefaultVersion = "1.7.0"

// Default returns the release that is rendered when none is named: the one
// whose documentation names kfserving's storage initializer v0.4.0.
func Default() *Release {
	r, err := Lookup(DefaultVersion)
	if err != nil {
		panic("release: " + err.Error())
	}
	return r
}

// All returns the releases, oldest first.
func All() []*Release {
	var all []*Release
	for _, t := range tags() {
		all = append(all, t.release())
	}
	return all
}

// Versions returns the versions of the releases, oldest first.
func Versions() []string {
	var versions []string
	for _, t := range tags() {
		versions = append(versions, t.version)
	}
	return versions
}

// Names returns what Lookup knows releases by, oldest first: each minor release
// before its versions.
func Names() []string {
	var names []string
	for _, version := range Versions() {
		if m := minor(version); !slices.Contains(names, m) {
			names = append(names, m)
		}
		names = append(names, version)
	}
	return names
}

// Lookup returns the release of a version such as 1.14.1, or of 1.14: the newest
// patch release of that minor one. A leading v is allowed. The error names the
// nearest release and says what rendering as it would mean.
func Lookup(version string) (*Release, error) {
	wanted := strings.TrimPrefix(version, "v")
	for _, t := range slices.Backward(tags()) {
		if t.version == wanted || minor(t.version) == wanted {
			return t.release(), nil
		}
	}
	return nil, unknown(version)
}

func minor(version string) string { return version[:strings.LastIndexByte(version, '.')] }

// unknown is the error for a version that no release has. Only here are numbers
// compared: to name the nearest.
func unknown(version string) error {
	all := Versions()
	oldest, newest := all[0], all[len(all)-1]
	wanted, ok := parse(strings.TrimPrefix(version, "v"))
	if bare := strings.Trim(version, "\"' "); bare != version && slices.Contains(Names(), bare) {
		return fmt.Errorf("unknown Seldon Core release %q: the quotes are part of the value; use %s", version, bare)
	}
	if !ok {
		return fmt.Errorf("unknown Seldon Core release %q: use one of %s to %s, or a minor one such as %s", version, oldest, newest, minor(newest))
	}
	// The newest that is not newer, or else the oldest.
	nearest := oldest
	for _, v := range all {
		if n, _ := parse(v); slices.Compare(n, wanted) <= 0 {
			nearest = v
		}
	}
	found, _ := parse(nearest)
	meaning := "which may lack its fixes, or have others"
	switch slices.Compare(wanted[:2], found[:2]) {
	case 1:
		meaning = "which lacks what came later"
	case -1:
		meaning = "but endpoints and ports were different before it: its objects would not fit"
	}
	return fmt.Errorf("unknown Seldon Core release %q: the nearest is %s, %s", version, nearest, meaning)
}

// parse reads a version of two or three numbers.
func parse(version string) ([]int, bool) {
	parts := strings.Split(version, ".")
	if len(parts) < 2 || len(parts) > 3 {
		return nil, false
	}
	var numbers []int
	for _, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return nil, false
		}
		numbers = append(numbers, int(n))
	}
	return numbers, true
}
