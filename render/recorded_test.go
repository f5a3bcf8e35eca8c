package render_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
)

// TestRecorded compares with what the operator itself built: the recordings
// that are committed and, where the folder is there, all of them.
func TestRecorded(t *testing.T) {
	var counts tally
	t.Cleanup(func() { counts.writeFile(t, *summaryFile) })
	t.Run("external", func(t *testing.T) {
		if testing.Short() {
			t.Skip("the full set takes minutes under the race detector: make conformance compares with it")
		}
		suite, err := recorded.External()
		if errors.Is(err, recorded.ErrAbsent) {
			counts.note = err.Error()
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		runSuite(t, suite, func(rel string, c recorded.Case, passed bool) {
			counts.add(rel, c.Variant, c.Set, passed)
		})
	})
	t.Run("committed", func(t *testing.T) {
		suite, err := recorded.Committed()
		if err != nil {
			t.Fatal(err)
		}
		runSuite(t, suite, func(rel string, c recorded.Case, passed bool) {
			counts.add(rel, c.Variant, "committed", passed)
		})
	})
}

func runSuite(t *testing.T, suite *recorded.Suite, count func(rel string, c recorded.Case, passed bool)) {
	for _, rel := range release.All() {
		t.Run(rel.Version, func(t *testing.T) {
			renderers := map[string]*render.Renderer{}
			for c := range corpus.CasesOf(t, suite, rel) {
				passed := t.Run(strings.Join([]string{c.Variant, c.Set, c.Name}, "/"), func(t *testing.T) {
					runCase(t, c, renderers)
				})
				count(rel.Version, c.Case, passed)
			}
		})
	}
}

func runCase(t *testing.T, c corpus.Case, renderers map[string]*render.Renderer) {
	// Renderers are shared by the cases of a variant, which have the same values, but
	// not where the input brings objects to refer to.
	r, shared := renderers[c.Variant], len(c.Config.References.ServiceAccounts) == 0
	if r == nil || !shared {
		var findings finding.List
		if r, findings = render.New(c.Config); findings.HasErrors() {
			t.Fatalf("renderer: %v", findings)
		}
		if shared {
			renderers[c.Variant] = r
		}
	}
	faults := errorsOf(c.Faults)
	var objects []manifest.Object
	for _, sd := range c.Deployments {
		result := r.Render(render.Input{Deployment: sd})
		objects = append(objects, result.Objects...)
		faults = append(faults, errorsOf(result.Findings)...)
	}
	switch {
	case c.Rejected && len(faults) == 0:
		text, _ := c.Recording()
		t.Fatalf("rendered, but the operator says: %s", text)
	case !c.Rejected && len(faults) > 0:
		t.Fatalf("refused, but the operator renders it: %s", strings.Join(faults, "; "))
	case c.Rejected:
		return
	}
	want, err := c.Objects()
	if err != nil {
		t.Fatal(err)
	}
	checkEncoders(t, objects)
	trees := make([]any, len(objects))
	for i, o := range objects {
		trees[i] = o.Value
	}
	got, err := recorded.FromValues(trees...)
	if err != nil {
		t.Fatal(err)
	}
	if diffs := recorded.Compare(got, want); len(diffs) > 0 {
		t.Errorf("differs from the operator's objects:\n%s", strings.Join(diffs[:min(len(diffs), 20)], "\n"))
	}
}

// checkEncoders compares the YAML that encoders write with that of encoding/json.
func checkEncoders(t *testing.T, objects []manifest.Object) {
	t.Helper()
	format, err := manifest.NewFormat("yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		text, err := json.Marshal(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		want, err := manifest.AppendYAML(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := format.Append(nil, o)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got) {
			t.Fatalf("%s %q: encoding/json (-) and the encoder (+) differ; run go generate ./render:\n%s", o.Kind, o.Name, cmp.Diff(string(want), string(got)))
		}
	}
}

func errorsOf(findings finding.List) []string {
	var faults []string
	for _, f := range findings {
		if f.Severity == finding.Error {
			faults = append(faults, f.Message)
		}
	}
	return faults
}

// unrecorded are the releases that were not recorded, each with the release whose
// recordings stand for it and the behaviours in which it differs from that one.
func unrecorded() map[string][]string {
	return map[string][]string{
		"1.5.0":  {"1.5.1"},
		"1.9.0":  {"1.9.1"},
		"1.11.0": {"1.11.2"},
		"1.11.1": {"1.11.2"},
		"1.13.0": {"1.13.1"},
		"1.14.0": {"1.14.1"},
		"1.15.0": {"1.15.1"},
		"1.17.0": {"1.17.1", "Storage.Units"},
		"1.18.0": {"1.18.2", "Istio.Hosts", "Istio.ExplainerHosts"},
		"1.18.1": {"1.18.2", "Istio.Hosts", "Istio.ExplainerHosts"},
	}
}

func TestEveryReleaseIsRecordedOrLikeOneThatIs(t *testing.T) {
	t.Parallel()
	suite, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	releases, err := suite.Releases()
	if err != nil {
		t.Fatal(err)
	}
	for _, rel := range release.All() {
		like, ok := unrecorded()[rel.Version]
		if slices.Contains(releases, rel.Version) == ok {
			t.Errorf("Seldon Core %s must have recordings in %s, or one that stands for it in unrecorded, and not both", rel.Version, suite.Dir())
		}
		if !ok {
			continue
		}
		other, err := release.Lookup(like[0])
		if err != nil {
			t.Fatal(err)
		}
		got := behaviours("", reflect.ValueOf(*rel), reflect.ValueOf(*other))
		if diff := cmp.Diff(like[1:], got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Seldon Core %s differs from %s otherwise than said (-said +does):\n%s", rel.Version, like[0], diff)
		}
	}
}

// behaviours returns the paths of exported fields that differ, but for the
// version and what the chart installs.
func behaviours(path string, a, b reflect.Value) []string {
	var out []string
	for i := range a.NumField() {
		f := a.Type().Field(i)
		at := strings.TrimPrefix(path+"."+f.Name, ".")
		switch {
		case !f.IsExported() || at == "Version" || at == "ImageTag" || at == "Values":
		case f.Type.Kind() == reflect.Struct:
			out = append(out, behaviours(at, a.Field(i), b.Field(i))...)
		case !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()):
			out = append(out, at)
		}
	}
	return out
}
