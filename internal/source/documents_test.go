package source_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

type piece struct {
	Line int
	Kind string
	Name string
	Raw  string
}

func pieces(docs []*source.Document) []piece {
	var out []piece
	for _, d := range docs {
		out = append(out, piece{d.Line, d.Kind, d.Name, string(d.Raw)})
	}
	return out
}

func TestDocumentsAreCutFromTheirFile(t *testing.T) {
	t.Parallel()
	cm := func(name string) string {
		return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\n"
	}
	for _, tc := range []struct {
		name, text string
		want       []piece
	}{
		{"separators with and without comments, empty documents in between",
			"# licence\n---\n" + cm("a") + "--- # next\n---\n\n--- \t\n" + cm("b") + "...\n# end\n",
			[]piece{{3, "ConfigMap", "a", cm("a")}, {11, "ConfigMap", "b", cm("b")}}},
		{"comments and the missing newline at the end stay", "# top\n" + cm("a") + "# end",
			[]piece{{1, "ConfigMap", "a", "# top\n" + cm("a") + "# end"}}},
		{"windows line ends stay", strings.ReplaceAll("---\n"+cm("a")+"---\n"+cm("b"), "\n", "\r\n"),
			[]piece{{2, "ConfigMap", "a", strings.ReplaceAll(cm("a"), "\n", "\r\n")}, {7, "ConfigMap", "b", strings.ReplaceAll(cm("b"), "\n", "\r\n")}}},
		{"a byte order mark is dropped", "\ufeff" + cm("a"), []piece{{1, "ConfigMap", "a", cm("a")}}},
		{"a document on the line of its separator", "--- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n",
			[]piece{{1, "ConfigMap", "a", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n"}}},
		{"three dashes inside a line or a longer row are text", cm("a") + "data:\n  x: |\n    ---\n----: y\n",
			[]piece{{1, "ConfigMap", "a", cm("a") + "data:\n  x: |\n    ---\n----: y\n"}}},
		{"three dashes at the first column end even a block scalar", cm("a") + "data:\n  x: |\n---\n" + cm("b"),
			[]piece{{1, "ConfigMap", "a", cm("a") + "data:\n  x: |\n"}, {8, "ConfigMap", "b", cm("b")}}},
		{"directives are skipped", "%YAML 1.1\n---\n" + cm("a"), []piece{{3, "ConfigMap", "a", cm("a")}}},
		{"JSON objects one after the other",
			`{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"}{"}} {"apiVersion":"v1","kind":"B"}` + "\n" + `{"apiVersion":"v1",` + "\n" + `"kind":"C"}`,
			[]piece{{1, "ConfigMap", "}{", `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"}{"}}`},
				{1, "B", "", `{"apiVersion":"v1","kind":"B"}`}, {2, "C", "", `{"apiVersion":"v1",` + "\n" + `"kind":"C"}`}}},
		{"a flow mapping that is not JSON is left whole", "{apiVersion: v1, kind: '}{',\n\n x: y} # {}\n",
			[]piece{{1, "}{", "", "{apiVersion: v1, kind: '}{',\n\n x: y} # {}\n"}}},
		{"nothing at all", "", nil},
		{"comments alone", "# a\n---\n# b\n", nil},
		{"null alone", "---\nnull\n---\n~\n", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			docs, faults := read(t, tc.text)
			if len(faults) > 0 {
				t.Error(describeAll(faults))
			}
			if diff := cmp.Diff(tc.want, pieces(docs)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestFieldsAreLocated(t *testing.T) {
	t.Parallel()
	docs, _ := read(t, "# é\n---\n"+head+`    annotations: {"a.b/c[d": é, x: "y"}
    labels: &l
      k: v
    svcOrchSpec:
      env:
      - name: A
        value:
  - labels: *l
    graph:
      <<: {name: merged}
      children:
      - name: d
`)
	predictors := field.NewPath("spec", "predictors")
	first := predictors.Index(0)
	for _, tc := range []struct {
		name string
		path *field.Path
		want string
		has  bool
	}{
		{"no path is the document", nil, "-:3:1", false},
		{"a scalar is its value", field.NewPath("metadata", "name"), "-:6:9", true},
		{"a mapping is its key", first.Child("graph"), "-:10:5", true},
		{"an item is the item", first, "-:9:5", true},
		{"a key of a map", first.Child("annotations").Key("x"), "-:12:36", true},
		{"a key of a map with dots and a bracket", first.Child("annotations").Key("a.b/c[d"), "-:12:30", true},
		{"an empty value is its key", first.Child("svcOrchSpec", "env").Index(0).Child("value"), "-:18:9", false},
		{"an absent field is the nearest above", first.Child("graph", "modelUri"), "-:10:5", false},
		{"an index too far is the list", predictors.Index(7).Child("name"), "-:8:3", false},
		{"a field that does not exist", field.NewPath("nowhere"), "-:3:1", false},
		{"through an alias", predictors.Index(1).Child("labels").Key("k"), "-:14:10", true},
		{"through a merge key", predictors.Index(1).Child("graph", "name"), "-:21:18", true},
		{"a child of a graph", predictors.Index(1).Child("graph", "children").Index(0).Child("name"), "-:23:15", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := docs[0].Locate(tc.path).String(); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
			if got := docs[0].Has(tc.path); got != tc.has {
				t.Errorf("is there: %v", got)
			}
		})
	}
}

func TestFoldersAreReadInOrder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	doc := []byte("apiVersion: v1\nkind: A\n")
	for _, name := range []string{"b.yml", "a.json", "c.yaml", "d.txt", "sub/e.yaml", "sub/deeper/f.yaml", "empty/g.txt"} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, doc, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{"sub/deeper/loop": "..", "sub/twice": "deeper", "sub/gone.yaml": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	for _, tc := range []struct {
		name, input string
		recursive   bool
		want        []string
	}{
		{"a folder alone", ".", false, []string{"a.json", "b.yml", "c.yaml"}},
		{"the folders below, each once, with loops named", ".", true, []string{
			"SDC101 error sub/deeper/loop: cannot be read: it is a symbolic link to a folder above it; remove the link",
			"SDC101 error sub/gone.yaml: cannot be read: no such file or directory; check the name; - stands for standard input",
			"a.json", "b.yml", "c.yaml", "sub/deeper/f.yaml", "sub/e.yaml"}},
		{"a file of any name", "d.txt", false, []string{"d.txt"}},
		{"a folder without manifests", "empty", false, []string{
			"SDC102 warning empty: no *.yaml, *.yml or *.json in this folder"}},
		{"a file that is not there", "x.yaml", false, []string{
			"SDC101 error x.yaml: cannot be read: no such file or directory; check the name; - stands for standard input"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			docs, faults := drain(source.Open([]string{filepath.Join(dir, tc.input)}, source.Options{Recursive: tc.recursive}))
			var got []string
			for _, f := range faults {
				got = append(got, strings.ReplaceAll(strings.Replace(describe(f), dir+"/", "", 1), ":0:", ":"))
			}
			for _, d := range docs {
				name, err := filepath.Rel(dir, d.File)
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, name)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestStandardInputCanBeReadAgain(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&text, "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: n%d\n  namespace: somewhere\n", i)
	}
	in := source.Open([]string{"-"}, source.Options{Stdin: strings.NewReader(text.String())})
	for range in.Documents(t.Context()) {
		break
	}
	for range 2 {
		docs, faults := drain(in)
		if len(faults) > 0 || len(docs) != 60_000 || docs[59_999].Name != "n59999" {
			t.Fatalf("%d documents, %s", len(docs), describeAll(faults))
		}
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
}

func TestSmallFilesAreTheSameInEveryPass(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.yaml")
	before, after := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: before\n", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: after\n"
	in := source.Open([]string{file}, source.Options{})
	for _, text := range []string{before, after} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		docs, faults := drain(in)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		if diff := cmp.Diff([]piece{{1, "ConfigMap", "before", before}}, pieces(docs)); diff != "" {
			t.Errorf("documents differ (-want +got):\n%s", diff)
		}
	}
}

// TestEveryPassYieldsTheSame compares passes over files of all sorts: of those that
// are kept, the later ones read outlines only.
func TestEveryPassYieldsTheSame(t *testing.T) {
	t.Parallel()
	type seen struct {
		Start         finding.Position
		Object        finding.Object
		Raw, JSON     string
		Faults, Reads string
	}
	in := source.Open([]string{"testdata/inputs", "testdata/faults"}, source.Options{})
	pass := func() (all []seen) {
		for doc, fault := range in.Documents(t.Context()) {
			if fault != nil {
				all = append(all, seen{Faults: describe(*fault)})
				continue
			}
			text, faults := doc.JSON()
			all = append(all, seen{doc.Start(), doc.Object(), string(doc.Raw), string(text), describeAll(faults), describeAll(doc.Check())})
		}
		return all
	}
	want := pass()
	if len(want) < 50 {
		t.Fatalf("only %d documents", len(want))
	}
	for range 2 {
		if diff := cmp.Diff(want, pass()); diff != "" {
			t.Errorf("a later pass differs (-first +later):\n%s", diff)
		}
	}
}

func TestManyLargeFilesAreReadWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var want []piece
	for i := range 30 {
		name := fmt.Sprintf("m%02d", i)
		text := "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  x: " + strings.Repeat("x", 200<<10) + "\n"
		if err := os.WriteFile(filepath.Join(dir, name+".yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		want = append(want, piece{1, "ConfigMap", name, text})
	}
	in := source.Open([]string{dir}, source.Options{})
	for range 2 {
		docs, faults := drain(in)
		if len(faults) > 0 || !cmp.Equal(want, pieces(docs)) {
			t.Errorf("%d documents and %d faults, want the %d that were written", len(docs), len(faults), len(want))
		}
	}
}

func TestHugeInputIsRefusedEarly(t *testing.T) {
	t.Parallel()
	in := source.Open([]string{"-"}, source.Options{Stdin: io.LimitReader(endless('x'), 1<<30)})
	defer in.Close()
	_, faults := drain(in)
	const want = "SDC105 error -:1:1: the document is larger than 16 MiB; the rest of the file is not read; split the document\n"
	if diff := cmp.Diff(want, describeAll(faults)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestUTF16IsNamed(t *testing.T) {
	t.Parallel()
	_, faults := read(t, "\xff\xfea\x00:\x00")
	const want = "SDC103 error -: the file is UTF-16 or binary; save it as UTF-8\n"
	if diff := cmp.Diff(want, describeAll(faults)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestJSONIsWhatKubectlMakesOfYAML(t *testing.T) {
	t.Parallel()
	docs, _ := read(t, "apiVersion: v1\nkind: A\na: [yes, 0644, 1e3, 1_0, 2001-01-01, ~, 'no', .5, 1.0, 1e-7]\ny: &x {b: c}\nm: {b: d, <<: *x}\n")
	data, faults := docs[0].JSON()
	if faults.HasErrors() {
		t.Fatal(describeAll(faults))
	}
	const want = `{"apiVersion":"v1","kind":"A","a":[true,420,1000,10,"2001-01-01",null,"no",0.5,1,1e-7],"true":{"b":"c"},"m":{"b":"c"}}`
	if string(data) != want || !json.Valid(data) {
		t.Errorf("got  %s\nwant %s", data, want)
	}
}

func decoderOf(t *testing.T) *source.Decoder {
	t.Helper()
	return source.NewDecoder(allFields(), source.Strict)
}

func BenchmarkThousandSmallManifests(b *testing.B) {
	manifest := []byte(`---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
spec:
  predictors:
  - name: default
    replicas: 2
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: gs://bucket/sklearn/iris
      envSecretRefName: bucket-credentials
      parameters:
      - name: method
        type: STRING
        value: predict_proba
    componentSpecs:
    - spec:
        containers:
        - name: classifier
          resources:
            requests:
              cpu: 500m
              memory: 1Gi
`)
	text := bytes.Repeat(manifest, 1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		readAndDecode(b, text)
	}
}

func TestAFileOfFaultsIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	for _, document := range []string{"---\na: [\n", "---\na: b\n"} {
		_, faults := read(t, strings.Repeat(document, 10_000))
		if len(faults) != 201 || faults[200].Code != finding.TooLarge {
			t.Errorf("%d findings about %q", len(faults), document)
		}
	}
}
