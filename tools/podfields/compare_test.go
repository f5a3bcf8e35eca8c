package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

// fakeAPI writes a module with one package of the given source.
func fakeAPI(t *testing.T, version, source string) *api {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "v1")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "types.go"), []byte("package v1\n"+source), 0o644); err != nil {
		t.Fatal(err)
	}
	return newAPI(version, map[string]string{"example.com/api": filepath.Dir(dir)})
}

func named(name string) typeName { return typeName{"example.com/api/v1", name} }

func TestCompare(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		ours, old string
		mask      map[typeName][]string
		conflicts []string
		notes     []string
	}{
		"a field behind pointers, lists and maps is found": {
			ours: "type Root struct { A *A `json:\"a\"`; L []B `json:\"l\"`; M Map `json:\"m\"` }\n" +
				"type A struct { X string `json:\"x\"` }\ntype B struct { Y string `json:\"y\"` }\n" +
				"type Map map[string]*C\ntype C struct { Z string `json:\"z\"` }\n",
			old: "type Root struct { A *A `json:\"a\"`; L []B `json:\"l\"`; M map[string]C `json:\"m\"` }\n" +
				"type A struct {}\ntype B struct {}\ntype C struct {}\n",
			mask: map[typeName][]string{named("A"): {"x"}, named("B"): {"y"}, named("C"): {"z"}},
		},
		"a type under another name is compared with the one in its place": {
			ours: "type Root struct { H *NewHandler `json:\"h\"` }\ntype NewHandler struct { Exec string `json:\"exec\"`; GRPC string `json:\"grpc\"` }\n",
			old:  "type Root struct { H *Handler `json:\"h\"` }\ntype Handler struct { Exec string `json:\"exec\"` }\n",
			mask: map[typeName][]string{named("NewHandler"): {"grpc"}},
		},
		"a field of an inlined struct counts for that struct": {
			ours: "type Root struct { Part `json:\",inline\"`; B string `json:\"b\"` }\ntype Part struct { A string `json:\"a\"`; C string `json:\"c\"` }\n",
			old:  "type Root struct { A string `json:\"a\"`; B string `json:\"b\"` }\n",
			mask: map[typeName][]string{named("Part"): {"c"}},
		},
		"a type that writes its own JSON is not looked into": {
			ours: "type Root struct { Q Q `json:\"q\"` }\ntype Q struct { hidden int }\nfunc (q Q) MarshalJSON() ([]byte, error) { return nil, nil }\n",
			old:  "type Root struct { Q Q `json:\"q\"` }\ntype Q struct { other int }\nfunc (q *Q) MarshalJSON() ([]byte, error) { return nil, nil }\n",
		},
		"types that hold themselves come to an end": {
			ours: "type Root struct { C []Root `json:\"c\"`; New string `json:\"new\"` }\n",
			old:  "type Root struct { C []Root `json:\"c\"` }\n",
			mask: map[typeName][]string{named("Root"): {"new"}},
		},
		"one type that stood for two is a conflict": {
			ours:      "type Root struct { P T `json:\"p\"`; Q T `json:\"q\"` }\ntype T struct { A string `json:\"a\"` }\n",
			old:       "type Root struct { P T `json:\"p\"`; Q U `json:\"q\"` }\ntype T struct { A string `json:\"a\"` }\ntype U struct {}\n",
			mask:      map[typeName][]string{named("T"): {"a"}},
			conflicts: []string{"example.com/api/v1.T: a is known to [example.com/api/v1.T] and unknown to [example.com/api/v1.U]"},
		},
		"what a mask cannot express is noted": {
			ours: "type Root struct { B string `json:\"b\"`; A string `json:\"a,omitempty\"` }\n",
			old:  "type Root struct { A string `json:\"a\"`; B string `json:\"b\"`; Z string `json:\"z\"` }\n",
			notes: []string{
				`example.com/api/v1.Root: a stands where b stood`,
				`example.com/api/v1.Root: a was "", is "omitempty"`,
				`example.com/api/v1.Root: b stands where a stood`,
				`example.com/api/v1.Root: z is there no more`,
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := [2]typeName{named("Root"), named("Root")}
			c, err := compare(fakeAPI(t, "v2", test.ours), fakeAPI(t, "v1", test.old), [][2]typeName{root})
			if err != nil {
				t.Fatal(err)
			}
			if got := c.mask(); len(got)+len(test.mask) > 0 && !reflect.DeepEqual(got, test.mask) {
				t.Errorf("mask: got %v, want %v", got, test.mask)
			}
			if got := c.conflicts(); !slices.Equal(got, test.conflicts) {
				t.Errorf("conflicts: got %q, want %q", got, test.conflicts)
			}
			if !slices.Equal(c.notes, test.notes) {
				t.Errorf("notes: got %q, want %q", c.notes, test.notes)
			}
		})
	}
}

func TestCompareRefusesAFieldThatChangedItsKind(t *testing.T) {
	t.Parallel()
	ours := fakeAPI(t, "v2", "type Root struct { A A `json:\"a\"` }\ntype A struct {}\n")
	old := fakeAPI(t, "v1", "type Root struct { A string `json:\"a\"` }\n")
	_, err := compare(ours, old, [][2]typeName{{named("Root"), named("Root")}})
	want := "v1: a of example.com/api/v1.Root changed its kind: it holds example.com/api/v1.A, it held a basic type"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
