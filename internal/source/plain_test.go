package source

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// bare is what the reader looks at of a node.
type bare struct {
	Kind         yaml.Kind
	Style        yaml.Style
	Value        string
	Line, Column int
	Content      []bare
}

func strip(n *yaml.Node) bare {
	b := bare{n.Kind, n.Style, n.Value, n.Line, n.Column, nil}
	for _, c := range n.Content {
		b.Content = append(b.Content, strip(c))
	}
	return b
}

// FuzzPlain compares the fast parser with the full one wherever it answers.
func FuzzPlain(f *testing.F) {
	for _, pattern := range []string{"testdata/inputs/*.yaml", "testdata/faults/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, text := range []string{
		"a:\n- b: 1\n  c: x y\n-\n- - d\n  - e: \"f # g\" # h\nz:\ny: é:é #\n", "a:\n  # c\n\n  b: c\n d: e\n", "a: b\n  c\n", "- a\nb: c\n",
		"a: - b\n", "a:\n  - b\n  c: d\n", "a: b #c\n", "a: b#c\n", "a:#b\n", "a: 'b'#c\n", "a: []\nb: {}\nc: [] # x\n", "a: ---\n---\n", "  a: b\n  c: d\n", "- -\n- -a\n", "a:\nb:\n- c\n-  d\n",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, _, what := badText(text); what != "" {
			t.Skip()
		}
		got, ok := parsePlain(text)
		if !ok {
			return
		}
		var doc yaml.Node
		if err := loadNode(text, &doc); err != nil {
			t.Fatalf("accepted what the parser refuses: %v\n%s", err, text)
		}
		if diff := cmp.Diff(strip(doc.Content[0]), strip(got)); diff != "" {
			t.Errorf("%s\n(-parser +ours)\n%s", text, diff)
		}
	})
}

// TestPlainManifestsTakeTheFastParser tells the parsers apart by what they allocate:
// the full one needs many times as much.
func TestPlainManifestsTakeTheFastParser(t *testing.T) {
	text, err := os.ReadFile("testdata/inputs/custom-combiner-three-pods.yaml")
	if err != nil {
		t.Fatal(err)
	}
	full := testing.AllocsPerRun(1, func() {
		var doc yaml.Node
		if err := loadNode(text, &doc); err != nil {
			t.Fatal(err)
		}
	})
	ours := testing.AllocsPerRun(1, func() {
		if root, faults := parseText(&Document{Raw: text, Line: 1}, new(plainParser)); root == nil {
			t.Fatal(faults)
		}
	})
	if ours > full/4 {
		t.Errorf("%v allocations, and %v of the full parser: was it asked for a plain manifest?", ours, full)
	}
}

// TestDocumentsThatAreForgotten holds that documents share the memory of their
// nodes once they are let go, and nothing that is seen of them.
func TestDocumentsThatAreForgotten(t *testing.T) {
	text, err := os.ReadFile("testdata/inputs/custom-combiner-three-pods.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := NewDecoder(release.Default(), Strict)
	path := field.NewPath("spec", "predictors").Index(0).Child("name")
	decode := func() (*Document, *seldon.Deployment) {
		d := &Document{Raw: text, Line: 1}
		sd, _, faults := decoder.Deployment(d)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		return d, sd
	}
	_, want := decode()
	d, got := decode()
	place, parser := d.Locate(path), d.parser
	decoder.Forget(d)
	if d.root != nil || d.parser != nil {
		t.Error("the nodes are kept")
	}
	// The next document is written over them.
	if _, ok := parser.parse(bytes.ReplaceAll(text, []byte("e"), []byte("x"))); !ok {
		t.Fatal("not plain")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was decoded has changed (-want +got):\n%s", diff)
	}
	if at := d.Locate(path); at != place || at == d.Start() {
		t.Errorf("the name stands at %v, and stood at %v", at, place)
	}
}

// TestHeadersAreReadWithoutParsing sees to it that what is passed through is not
// parsed at all.
func TestHeadersAreReadWithoutParsing(t *testing.T) {
	t.Parallel()
	d := &Document{Raw: []byte("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  b: c\n"), Line: 1}
	d.identify(func(d *Document, fault *finding.Finding) bool {
		if fault != nil || d.Kind != "ConfigMap" || d.Name != "a" {
			t.Errorf("read as %s %q: %v", d.Kind, d.Name, fault)
		}
		return true
	})
	if d.root != nil {
		t.Error("the document was parsed")
	}
}
