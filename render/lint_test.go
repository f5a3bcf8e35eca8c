package render_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

var update = flag.Bool("update", false, "rewrite the expected findings in testdata/lint")

// TestLints renders the inputs of testdata/lint as every release and compares
// all findings. The file settings holds a --set expression for each line, and
// the word server-side-apply. The file findings is what the oldest release says,
// and a file such as "findings from 1.13.0" what that release and its successors
// say instead; RELEASE stands for the release's version.
func TestLints(t *testing.T) {
	t.Parallel()
	files := lintFiles(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := findingsByRelease(t, archive)
			if diff := cmp.Diff(archive.Files[len(archive.Files)-len(expected(archive)):], got); diff != "" && !*update {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if *update {
				archive.Files = append(archive.Files[:len(archive.Files)-len(expected(archive))], got...)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// expected are the last files of an archive, those with findings.
func expected(archive *txtar.Archive) []txtar.File {
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "findings") })
	if i < 0 {
		return nil
	}
	return archive.Files[i:]
}

// findingsByRelease renders the input of an archive as every release. There is a
// file for the oldest and one for each that says anything else than the one before.
func findingsByRelease(t *testing.T, archive *txtar.Archive) []txtar.File {
	t.Helper()
	var files []txtar.File
	for i, rel := range release.All() {
		text := strings.ReplaceAll(lintText(t, rel, archive), rel.Version, "RELEASE")
		switch {
		case i == 0:
			files = append(files, txtar.File{Name: "findings", Data: []byte(text)})
		case text != string(files[len(files)-1].Data):
			files = append(files, txtar.File{Name: "findings from " + rel.Version, Data: []byte(text)})
		}
	}
	return files
}

// TestEveryCodeOfALintHasAnExample finds codes of topics 4 and 5 that no input
// of testdata/lint provokes.
func TestEveryCodeOfALintHasAnExample(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, file := range lintFiles(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	for _, d := range finding.Definitions() {
		if (d.Code[3] == '4' || d.Code[3] == '5') && !strings.Contains(all.String(), string(d.Code)) {
			t.Errorf("%s (%s) has no example in testdata/lint", d.Code, d.Title)
		}
	}
}

func lintFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/lint/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no inputs: %v", err)
	}
	return files
}

// TestLintsChangeNothing compares what was built before and after lints looked
// at it.
func TestLintsChangeNothing(t *testing.T) {
	t.Parallel()
	for _, file := range lintFiles(t) {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, rel := range release.All() {
			r, deployments := lintCase(t, rel, archive)
			for _, sd := range deployments {
				before, after := r.AroundLints(render.Input{Deployment: sd})
				if diff := cmp.Diff(before, after); diff != "" {
					t.Errorf("%s, Seldon Core %s (-before +after):\n%s", file, rel.Version, diff)
				}
			}
		}
	}
}

// lintText renders the input of an archive and returns its findings, one a line.
func lintText(t *testing.T, rel *release.Release, archive *txtar.Archive) string {
	t.Helper()
	r, deployments := lintCase(t, rel, archive)
	var b strings.Builder
	for _, sd := range deployments {
		for _, f := range r.Render(render.Input{Deployment: sd}).Findings {
			fmt.Fprintf(&b, "%s %s %s: %s\n", f.Code, f.Severity, f.Path, f.Message)
			if f = f.Named(finding.Option.Name); f.Hint != "" {
				fmt.Fprintf(&b, "    %s\n", f.Hint)
			}
		}
	}
	return b.String()
}

// lintCase returns the input of an archive and a renderer with its settings.
func lintCase(t *testing.T, rel *release.Release, archive *txtar.Archive) (*render.Renderer, []*seldon.Deployment) {
	t.Helper()
	input := filepath.Join(t.TempDir(), "input.yaml")
	if err := os.WriteFile(input, []byte(section(archive, "input.yaml")), 0o600); err != nil {
		t.Fatal(err)
	}
	c := corpus.Read(t, rel, input)
	if len(c.Faults) > 0 {
		t.Fatalf("input: %v", c.Faults)
	}
	config := c.Config
	var overlays []values.Overlay
	for line := range strings.Lines(section(archive, "settings")) {
		if line = strings.TrimSpace(line); line == "server-side-apply" {
			config.ServerSideApply = true
		} else {
			overlays = append(overlays, values.Set("--set", line))
		}
	}
	v, findings := values.Load(rel, overlays...)
	if findings.HasErrors() {
		t.Fatalf("settings: %v", findings)
	}
	config.Values = v
	r, _ := render.New(config)
	return r, c.Deployments
}

func section(archive *txtar.Archive, name string) string {
	i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == name })
	if i < 0 {
		return ""
	}
	return string(archive.Files[i].Data)
}

// TestWarningsOverRecordings lists the warnings of the recorded inputs that the
// operator renders, to be judged by eye: a warning about a good input is a bug.
func TestWarningsOverRecordings(t *testing.T) {
	t.Parallel()
	const golden = "testdata/lint/recordings.golden"
	suite, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, rel := range release.All() {
		for c := range corpus.CasesOf(t, suite, rel) {
			if c.Rejected || c.Variant != "default" {
				continue
			}
			r, _ := render.New(c.Config)
			for _, sd := range c.Deployments {
				for _, f := range r.Render(render.Input{Deployment: sd}).Findings {
					if f.Severity == finding.Warning {
						fmt.Fprintf(&b, "%s %s %s %s\n", rel.Version, c.Name, f.Code, f.Path)
					}
				}
			}
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// BenchmarkLints renders a plain model, about which there is nothing to tell:
// compare with the same without lints.
func BenchmarkLints(b *testing.B) {
	for _, rel := range release.All() {
		b.Run(rel.Version, func(b *testing.B) {
			r, _ := render.New(render.Config{Release: rel})
			sd := &seldon.Deployment{}
			sd.Metadata.Name = "iris"
			sd.Spec.Predictors = []seldon.Predictor{{Name: "main", Graph: seldon.Unit{
				Name: "clf", Implementation: new("SKLEARN_SERVER"), ModelURI: "gs://b/m",
			}}}
			b.ReportAllocs()
			for b.Loop() {
				r.Render(render.Input{Deployment: sd})
			}
		})
	}
}

func TestFindingsAreBoundedWhereNobodyWroteTheInput(t *testing.T) {
	t.Parallel()
	const many = 900
	c := corev1.Container{Name: "clf", Image: "example.org/clf:1"}
	for range many {
		c.Ports = append(c.Ports, corev1.ContainerPort{Name: "same", ContainerPort: 1})
		c.Env = append(c.Env, corev1.EnvVar{Name: "SAME"})
		c.VolumeMounts = append(c.VolumeMounts, corev1.VolumeMount{Name: "gone", MountPath: "/same"})
	}
	pod := corev1.PodSpec{Containers: []corev1.Container{c}}
	for range many {
		pod.Volumes = append(pod.Volumes, corev1.Volume{Name: "same"})
		pod.HostAliases = append(pod.HostAliases, corev1.HostAlias{IP: "10.0.0.1"})
	}
	sd := &seldon.Deployment{}
	sd.Metadata.Name = "iris"
	sd.Spec.Predictors = []seldon.Predictor{{
		Name: "main", Graph: seldon.Unit{Name: "clf", Type: new(seldon.Model)},
		ComponentSpecs: []*seldon.ComponentSpec{{Spec: pod}},
	}}
	for _, rel := range release.All() {
		r, _ := render.New(render.Config{Release: rel})
		count := map[finding.Code]int{}
		for _, f := range r.Render(render.Input{Deployment: sd}).Findings {
			count[f.Code]++
		}
		for code, n := range count {
			if n > 100 {
				t.Errorf("Seldon Core %s: %d findings %s", rel.Version, n, code)
			}
		}
		if count[finding.DuplicatePort] == 0 || count[finding.DuplicateVariable] == 0 || count[finding.DuplicateMount] == 0 {
			t.Errorf("Seldon Core %s: nothing about repeated entries: %v", rel.Version, count)
		}
	}
}
