package output_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/output"
	"github.com/seldonctl/seldonctl/manifest"
)

// object returns a small object.
func object(apiVersion, kind, namespace, name string) manifest.Object {
	metadata := map[string]any{"name": name}
	if namespace != "" {
		metadata["namespace"] = namespace
	}
	return manifest.Object{
		APIVersion: apiVersion, Kind: kind, Namespace: namespace, Name: name,
		Value: map[string]any{"apiVersion": apiVersion, "kind": kind, "metadata": metadata},
	}
}

// spooled returns the output of objects and, before them, of documents.
func spooled(t *testing.T, format string, limit int, objects []manifest.Object, passed ...manifest.Document) string {
	t.Helper()
	f, err := manifest.NewFormat(format)
	if err != nil {
		t.Fatal(err)
	}
	s := output.NewSpool(f, limit)
	defer s.Close()
	for _, o := range objects {
		add(t, s, f, o)
	}
	for _, d := range passed {
		c, _, err := manifest.EncodePassed(f, nil, d)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	err = s.Write(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func add(t *testing.T, to interface{ Add(manifest.Chunk) error }, f manifest.Format, o manifest.Object) {
	t.Helper()
	c, _, err := manifest.Encode(f, nil, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := to.Add(c); err != nil {
		t.Fatal(err)
	}
}

func TestSpoolWritesFormats(t *testing.T) {
	t.Parallel()
	objects := []manifest.Object{
		object("apps/v1", "Deployment", "ns", "b"),
		object("v1", "Service", "ns", "a"),
		{APIVersion: "v1", Kind: "Pod", Name: "p", Value: map[string]any{"kind": "Pod", "spec": map[string]any{"x": nil, "y": []any{}, "resources": map[string]any{}}, "status": 1}},
	}
	passed := manifest.Document{
		Object: manifest.Object{APIVersion: "v1", Kind: "ConfigMap", Name: "c", Value: map[string]any{"kind": "ConfigMap", "status": nil, "data": map[string]any{"a": "<b>\n"}}},
		Raw:    []byte("# kept\nkind:   ConfigMap"),
	}
	for _, tt := range []struct {
		name, format string
		objects      []manifest.Object
		passed       []manifest.Document
		want         string
	}{
		{
			name: "YAML documents have separators between them, and what was passed through comes first as it was", format: "yaml",
			objects: objects, passed: []manifest.Document{passed},
			want: "# kept\nkind:   ConfigMap\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  namespace: ns\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: b\n  namespace: ns\n---\nkind: Pod\nspec:\n  \"y\": []\n",
		},
		{
			name: "JSON is one List", format: "json",
			objects: objects[2:], passed: []manifest.Document{passed},
			want: `{
    "apiVersion": "v1",
    "kind": "List",
    "items": [
        {
            "data": {
                "a": "<b>\n"
            },
            "kind": "ConfigMap",
            "status": null
        },
        {
            "kind": "Pod",
            "spec": {
                "y": []
            }
        }
    ]
}
`,
		},
		{
			name: "names are those of kubectl", format: "name",
			objects: append(objects, object("networking.istio.io/v1alpha3", "VirtualService", "ns", "v")), passed: []manifest.Document{passed},
			want: "configmap/c\nservice/a\ndeployment.apps/b\npod/p\nvirtualservice.networking.istio.io/v\n",
		},
		{name: "no objects are no YAML", format: "yaml"},
		{name: "no objects print no names", format: "name"},
		{
			name: "no objects are an empty JSON List", format: "json",
			want: "{\n    \"apiVersion\": \"v1\",\n    \"kind\": \"List\",\n    \"items\": []\n}\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := spooled(t, tt.format, 0, tt.objects, tt.passed...)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSpoolIsTheSameInMemoryAndInFiles(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var objects []manifest.Object
	for i := range 5000 {
		objects = append(objects,
			object("apps/v1", "Deployment", "ns", fmt.Sprint("d", i)),
			object("v1", "Service", "ns", strings.Repeat("s", i%70)),
			object("example.com/v1", "Unknown", "", fmt.Sprint("u", i)))
	}
	want := spooled(t, "yaml", 0, objects)
	for _, limit := range []int{1, 1000, 100_000, 1_000_000} {
		if got := spooled(t, "yaml", limit, objects); got != want {
			t.Errorf("a limit of %d bytes changes the output", limit)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v %v", left, err)
	}
}

func TestSpoolTellsWhyATemporaryFileFailed(t *testing.T) {
	t.Setenv("TMPDIR", "/does/not/exist")
	f, err := manifest.NewFormat("name")
	if err != nil {
		t.Fatal(err)
	}
	s := output.NewSpool(f, 1)
	defer s.Close()
	err = s.Add(manifest.Chunk{Data: []byte("too long")})
	if want := "cannot write a temporary file: no such file or directory"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestSpoolTellsFaultsOfTheOutputApart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		err     error
		code    finding.Code
		message string
	}{
		{"a full disk", &os.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}, finding.DiskFull, "cannot write the output: no space left on device"},
		{"a closed pipe", syscall.EPIPE, finding.PipeClosed, "cannot write the output: broken pipe"},
		{"anything else", errors.New("tired"), finding.CannotWrite, "cannot write the output: tired"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f, err := manifest.NewFormat("name")
			if err != nil {
				t.Fatal(err)
			}
			s := output.NewSpool(f, 0)
			defer s.Close()
			add(t, s, f, object("v1", "Service", "", "a"))
			err = s.Write(failing{tt.err})
			var fault *output.WriteError
			if !errors.As(err, &fault) {
				t.Fatalf("got %v", err)
			}
			got := fault.Finding()
			if got.Code != tt.code || got.Message != tt.message {
				t.Errorf("got %s %q, want %s %q", got.Code, got.Message, tt.code, tt.message)
			}
		})
	}
}
