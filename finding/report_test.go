package finding

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

var update = flag.Bool("update", false, "rewrite the golden files and docs/findings.md")

// sample has a finding for each of what formats must cope with.
func sample() List {
	iris := Object{"machinelearning.seldon.io/v1", "SeldonDeployment", "models", "iris"}
	graph := field.NewPath("spec", "predictors").Index(0).Child("graph")
	annotations := field.NewPath("metadata", "annotations").Key("seldon.io/rest-timeout")
	return List{
		New(UnknownField, graph.Child("modelUrl"), "unknown field %q", "modelUrl").WithHint("did you mean modelUri?").
			At(Position{"models/iris.yaml", 9, 7}).About(iris),
		New(WrongType, annotations, "must be text, not a number").WithHint(`quote it: "1000"`).
			At(Position{"models/100% new, now: größe.yaml", 6, 29}).About(iris),
		New(MissingField, graph.Child("name"), "required").At(Position{"models/iris.yaml", 8, 0}).About(iris),
		New(MissingField, graph.Child("name"), "required").At(Position{File: "models/iris.yaml"}).About(iris),
		New(ListItemReworded, nil, "written as JSON").At(Position{"models/list.yaml", 3, 3}),
		New(NoPredictors, field.NewPath("spec", "predictors"), "at least one is needed").About(iris),
		New(ValuesUnknownKey, nil, "no effect:\n\x1b[31mexecutor\x1b[0m, 50%%").At(Position{File: "values.yaml"}),
		New(DiskFull, nil, "no space left on the device").WithHint("free some space"),
		New(EmptyFolder, nil, "nothing to render"),
	}
}

func sampleSource(file string, line int) (string, bool) {
	lines := map[int]string{
		9: "      modelUrl: gs://models/iris",
		6: "    seldon.io/rest-timeout: 1000 # 毫秒",
		8: "    graph:",
	}
	text, ok := lines[line]
	return text, ok && strings.HasPrefix(file, "models/")
}

func report(t *testing.T, format string, opts ReportOptions, l List) string {
	t.Helper()
	var out bytes.Buffer
	r, err := NewReporter(format, &out, opts)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Report(l); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// golden compares with a file, or writes it with -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; write it with: go test ./finding -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-file +now); if that is meant: go test ./finding -update\n%s", file, diff)
	}
}

func TestReportsLookAsTheirGoldenFiles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, format string
		opts         ReportOptions
	}{
		{"report.txt", "text", ReportOptions{}},
		{"report.collapsed.txt", "text", ReportOptions{Collapse: true}},
		{"report.terminal.txt", "text", ReportOptions{Excerpt: true, Source: sampleSource, Collapse: true}},
		{"report.color.txt", "text", ReportOptions{Excerpt: true, Source: sampleSource, Color: true}},
		{"report.json", "json", ReportOptions{}},
		{"report.sarif", "sarif", ReportOptions{Version: "0.1.0"}},
		{"report.github.txt", "github", ReportOptions{}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			golden(t, filepath.Join("testdata", tt.file), report(t, tt.format, tt.opts, sample()))
		})
	}
}

func TestReportsWithoutFindings(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"text":   "",
		"github": "",
		"json":   "{\n  \"findings\": [],\n  \"errors\": 0,\n  \"warnings\": 0,\n  \"notes\": 0\n}\n",
	}
	got := map[string]string{}
	for format := range want {
		got[format] = report(t, format, ReportOptions{}, nil)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnUnknownFormatIsAnErrorThatListsTheFormats(t *testing.T) {
	t.Parallel()
	_, err := NewReporter("xml", io.Discard, ReportOptions{})
	if want := `unknown report format "xml": use one of text, json, sarif, github`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestEveryFormatReturnsTheErrorOfItsWriter(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken pipe")
	for _, format := range Formats() {
		r, err := NewReporter(format, brokenWriter{broken}, ReportOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Report(sample()); !errors.Is(err, broken) {
			t.Errorf("%s: got %v", format, err)
		}
	}
}

func TestFilesBelowTheRootAreNamedRelativeToIt(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, root, file, want string }{
		{"an absolute name below the root", "/repo", "/repo/models/a.yaml", "models/a.yaml"},
		{"an absolute name elsewhere", "/repo", "/etc/a.yaml", "/etc/a.yaml"},
		{"a folder whose name only begins alike", "/repo", "/repo2/a.yaml", "/repo2/a.yaml"},
		{"a relative name", "/repo", "./models/../a.yaml", "a.yaml"},
		{"no root", "", "/repo/a.yaml", "/repo/a.yaml"},
		{"standard input", "/repo", "-", "-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := (ReportOptions{Root: tt.root}).fileName(tt.file); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func BenchmarkReport(b *testing.B) {
	var l List
	for range 1000 {
		l = append(l, sample()...)
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			r, err := NewReporter(format, io.Discard, ReportOptions{})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if err := r.Report(l); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
