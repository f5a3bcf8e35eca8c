package source_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// recordedInputs returns the inputs that are committed, and those of the full set
// where it is on this machine.
func recordedInputs(t testing.TB) (files []string) {
	t.Helper()
	for _, open := range []func() (*recorded.Suite, error){recorded.Committed, recorded.External} {
		suite, err := open()
		if errors.Is(err, recorded.ErrAbsent) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		found, err := filepath.Glob(filepath.Join(suite.Dir(), "inputs", "*", "*.yaml"))
		if err != nil || len(found) < 50 {
			t.Fatalf("%d inputs in %s: %v", len(found), suite.Dir(), err)
		}
		files = append(files, found...)
	}
	return files
}

// A mask of nothing: the reference knows no releases.
func allFields() *release.Release { return &release.Release{Version: "test"} }

func TestRecordedInputsDecodeAsKubernetesReadsThem(t *testing.T) {
	t.Parallel()
	decoder := source.NewDecoder(allFields(), source.Ignore)
	in := source.Open(recordedInputs(t), source.Options{})
	for doc, fault := range in.Documents(context.Background()) {
		if fault != nil {
			t.Error(describe(*fault))
			continue
		}
		if doc.IsSeldonDeployment() {
			compareWithReference(t, decoder, doc)
		}
	}
}

func compareWithReference(t *testing.T, decoder *source.Decoder, doc *source.Document) {
	t.Helper()
	got, _, faults := decoder.Deployment(doc)
	want, err := reference(doc.Raw)
	if (err != nil) != faults.HasErrors() {
		t.Errorf("%s: the reference says %v, we say %v", doc.File, err, faults)
		return
	}
	if err != nil {
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: (-reference +ours)\n%s", doc.File, diff)
	}
}

// reference decodes as kubectl and an API server do together.
func reference(raw []byte) (*seldon.Deployment, error) {
	data, err := yaml.YAMLToJSON(raw)
	if err != nil {
		return nil, err
	}
	if data, err = withDefaults(data); err != nil {
		return nil, err
	}
	sd := &seldon.Deployment{Defaulted: true}
	if err := kjson.UnmarshalCaseSensitivePreserveInts(data, sd); err != nil {
		return nil, err
	}
	return sd, nil
}

// withDefaults fills in the schema's default: the protocol of container ports.
func withDefaults(data []byte) ([]byte, error) {
	var tree any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	for _, pred := range items(at(tree, "spec", "predictors")) {
		containers := []any{at(pred, "explainer", "containerSpec")}
		for _, cs := range items(at(pred, "componentSpecs")) {
			for _, list := range []string{"containers", "initContainers", "ephemeralContainers"} {
				containers = append(containers, items(at(cs, "spec", list))...)
			}
		}
		for _, c := range containers {
			for _, port := range items(at(c, "ports")) {
				if m, ok := port.(map[string]any); ok && m["protocol"] == nil {
					m["protocol"] = "TCP"
				}
			}
		}
	}
	return json.Marshal(tree)
}

func at(tree any, keys ...string) any {
	for _, key := range keys {
		m, _ := tree.(map[string]any)
		tree = m[key]
	}
	return tree
}

func items(tree any) []any {
	list, _ := tree.([]any)
	return list
}

func describe(f finding.Finding) string {
	f = f.Named(finding.Option.Name)
	path := ""
	if f.Path != nil {
		path = " " + f.Path.String() + ":"
	}
	hint := ""
	if f.Hint != "" {
		hint = "; " + f.Hint
	}
	return string(f.Code) + " " + f.Severity.String() + " " + f.Pos.String() + ":" + path + " " + f.Message + hint
}

func describeAll(l finding.List) string {
	var b strings.Builder
	for _, f := range l {
		b.WriteString(describe(f) + "\n")
	}
	return b.String()
}

func BenchmarkReadAndDecode(b *testing.B) {
	files := recordedInputs(b)
	var all [][]byte
	size := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, data)
		size += len(data)
	}
	text := bytes.Join(all, []byte("\n---\n"))
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		readAndDecode(b, text)
	}
}

func readAndDecode(b *testing.B, text []byte) {
	decoder := source.NewDecoder(release.Default(), source.Ignore)
	in := source.Open([]string{"-"}, source.Options{Stdin: bytes.NewReader(text)})
	for doc, fault := range in.Documents(b.Context()) {
		if fault != nil {
			b.Fatal(describe(*fault))
		}
		if doc.IsSeldonDeployment() {
			decoder.Deployment(doc)
		}
	}
	if err := in.Close(); err != nil {
		b.Fatal(err)
	}
}
