package release_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/release"
)

func TestEveryBehaviourOfEveryReleaseIsSet(t *testing.T) {
	t.Parallel()
	for _, r := range release.All() {
		for _, path := range unset(r.Version, reflect.ValueOf(*r)) {
			t.Errorf("%s is not set: say in the release's file what its operator does", path)
		}
	}
}

func TestUnsetFindsEnumsAtEveryDepth(t *testing.T) {
	t.Parallel()
	type inner struct{ Enum release.SvcNames }
	type outer struct {
		Enum  release.Collision
		Inner inner
		Rows  []inner
		Text  string
	}
	got := unset("r", reflect.ValueOf(outer{Rows: []inner{{release.AllowSameSvcName}, {}}}))
	want := []string{"r.Enum", "r.Inner.Enum", "r.Rows[1].Enum"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// unset returns the paths of all zero enums in a value.
func unset(path string, v reflect.Value) []string {
	var out []string
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, unset(path+"."+v.Type().Field(i).Name, v.Field(i))...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, unset(fmt.Sprintf("%s[%d]", path, i), v.Index(i))...)
		}
	default:
		if (v.CanInt() || v.CanUint()) && v.IsZero() {
			out = append(out, path)
		}
	}
	return out
}

func TestReleasesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range release.All() {
		if r.Version == "" || strings.HasPrefix(r.Version, "v") {
			t.Errorf("version %q: want a number such as 1.7.0", r.Version)
		}
		if seen[r.Version] {
			t.Errorf("version %s is there twice", r.Version)
		}
		seen[r.Version] = true
		if len(r.Values) == 0 || r.KubernetesAPI == "" || len(r.UnknownFields) == 0 {
			t.Errorf("%s has no values, Kubernetes version or field mask", r.Version)
		}
	}
	if !seen[release.Default().Version] {
		t.Errorf("the default release %s is not among all releases", release.Default().Version)
	}
}

func TestNamesOfRowsAreUnique(t *testing.T) {
	t.Parallel()
	for _, r := range release.All() {
		names := map[string][]string{}
		for _, v := range r.Variables {
			names["Variables"] = append(names["Variables"], v.Name)
		}
		for _, v := range r.UnitEnv {
			names["UnitEnv"] = append(names["UnitEnv"], v.Name)
		}
		for _, v := range r.Servers.Related {
			names["Servers.Related"] = append(names["Servers.Related"], v.Variable)
		}
		for _, v := range r.Servers.MLServer.Classes {
			names["Servers.MLServer.Classes"] = append(names["Servers.MLServer.Classes"], v.Server)
		}
		for _, v := range r.Orchestrator.Args {
			names["Orchestrator.Args"] = append(names["Orchestrator.Args"], v.Flag)
		}
		for holder, fields := range r.UnknownFields {
			names["UnknownFields of "+holder] = fields
		}
		for table, list := range names {
			seen := map[string]bool{}
			for _, name := range list {
				if name == "" || seen[name] {
					t.Errorf("%s, %s: %q is empty or there twice", r.Version, table, name)
				}
				seen[name] = true
			}
		}
	}
}

func TestRelatedImagesAreVariablesOfTheRelease(t *testing.T) {
	t.Parallel()
	for _, r := range release.All() {
		for _, related := range r.Servers.Related {
			if _, ok := r.Variable(related.Variable); !ok {
				t.Errorf("%s: %s replaces an image but is not a variable of the release", r.Version, related.Variable)
			}
		}
	}
}

func TestVersionsAreThoseOfTheReleases(t *testing.T) {
	t.Parallel()
	var want []string
	for _, r := range release.All() {
		want = append(want, r.Version)
	}
	if got := release.Versions(); !slices.Equal(got, want) {
		t.Errorf("versions %v, want %v", got, want)
	}
	if got := release.Default().Version; got != release.DefaultVersion {
		t.Errorf("the default release is %s, DefaultVersion %s", got, release.DefaultVersion)
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	versions := release.Versions()
	newest := versions[len(versions)-1]
	minor := newest[:strings.LastIndexByte(newest, '.')]
	tests := map[string]struct {
		version string
		want    string
		err     string
	}{
		"a release by its number":                {version: "1.18.2", want: "1.18.2"},
		"a leading v is allowed":                 {version: "v1.7.0", want: "1.7.0"},
		"a minor release is its newest patch":    {version: "1.14", want: "1.14.1"},
		"a minor release with a v":               {version: "v1.5", want: "1.5.2"},
		"a minor release is not a longer number": {version: "1.1", err: `unknown Seldon Core release "1.1": the nearest is 1.5.0, but endpoints and ports were different before it: its objects would not fit`},
		"one that came later": {
			version: "1.99.0",
			err:     `unknown Seldon Core release "1.99.0": the nearest is ` + newest + `, which lacks what came later`,
		},
		"one that came before": {
			version: "v1.4.0",
			err:     `unknown Seldon Core release "v1.4.0": the nearest is 1.5.0, but endpoints and ports were different before it: its objects would not fit`,
		},
		"a patch release that does not exist": {
			version: "1.9.7",
			err:     `unknown Seldon Core release "1.9.7": the nearest is 1.9.1, which may lack its fixes, or have others`,
		},
		"no number": {
			version: "latest",
			err:     `unknown Seldon Core release "latest": use one of 1.5.0 to ` + newest + `, or a minor one such as ` + minor,
		},
		"an empty version": {
			err: `unknown Seldon Core release "": use one of 1.5.0 to ` + newest + `, or a minor one such as ` + minor,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := release.Lookup(test.version)
			if test.err != "" {
				if err == nil || err.Error() != test.err {
					t.Fatalf("got error %v, want %s", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if r.Version != test.want {
				t.Errorf("got %s, want %s", r.Version, test.want)
			}
		})
	}
}

func TestVariable(t *testing.T) {
	t.Parallel()
	r := release.Default()
	if v, ok := r.Variable("ISTIO_ENABLED"); !ok || v.Key != "istio.enabled" {
		t.Errorf("got %+v, %t, want the row of istio.enabled", v, ok)
	}
	if v, ok := r.Variable("NO_SUCH_VARIABLE"); ok {
		t.Errorf("got %+v for a variable that is not read", v)
	}
}
