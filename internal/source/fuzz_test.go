package source_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/internal/source"
)

func addSeeds(f *testing.F) {
	for _, pattern := range []string{"testdata/inputs/*.yaml", "testdata/faults/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal("no seeds", err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

// FuzzDocuments looks for texts on which reading panics, loses its place, or
// identifies a document otherwise than a full parse does.
func FuzzDocuments(f *testing.F) {
	addSeeds(f)
	f.Add([]byte("a: \"\nkind: b\n\"\nkind: c\napiVersion: v1\nmetadata:\n  name: 'x'\n"))
	f.Add([]byte("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[{\"kind\":\"A\"},1]}{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, faults := drain(source.Open([]string{"-"}, source.Options{Stdin: bytes.NewReader(data)}))
		// Systems of old end lines with a carriage return, and YAML knows more.
		lines := 1
		for _, end := range []string{"\n", "\r", "\u0085", "\u2028", "\u2029"} {
			lines += bytes.Count(data, []byte(end))
		}
		for _, fault := range faults {
			if fault.Pos.Line < 0 || fault.Pos.Line > lines+1 {
				t.Errorf("a place outside of the file: %s", describe(fault))
			}
		}
		for _, doc := range docs {
			if doc.Line < 1 || doc.Line > lines {
				t.Errorf("document at line %d of %d", doc.Line, lines)
			}
			text, faults := doc.JSON()
			if faults.HasErrors() {
				continue
			}
			var object struct {
				Kind       any `json:"kind"`
				APIVersion any `json:"apiVersion"`
			}
			if err := json.Unmarshal(text, &object); err != nil {
				t.Fatalf("bad JSON %s: %v", text, err)
			}
			if kind, ok := object.Kind.(string); ok && kind != doc.Kind {
				t.Errorf("the kind is %q, not %q", kind, doc.Kind)
			}
		}
	})
}

// FuzzDecode compares with the libraries that kubectl and an API server use.
func FuzzDecode(f *testing.F) {
	addSeeds(f)
	decoder := source.NewDecoder(allFields(), source.Ignore)
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, _ := drain(source.Open([]string{"-"}, source.Options{Stdin: bytes.NewReader(data)}))
		for _, doc := range docs {
			if !doc.IsSeldonDeployment() {
				continue
			}
			got, _, faults := decoder.Deployment(doc)
			if faults.HasErrors() {
				continue
			}
			want, err := reference(doc.Raw)
			if err != nil || disputed(doc.Raw) {
				continue
			}
			// Aliases make graphs of thousands of units, on which a diff takes seconds.
			if !reflect.DeepEqual(want, got) {
				t.Errorf("%s\n(-reference +ours)\n%s", doc.Raw, cmp.Diff(want, got))
			}
		}
	})
}

// disputed reports whether the two parsers beneath may differ about the text:
// keys given twice, line ends of old systems, tags.
func disputed(raw []byte) bool {
	var v any
	return yaml.UnmarshalStrict(raw, &v) != nil || strings.ContainsAny(string(raw), "\r\u0085\u2028\u2029!")
}
