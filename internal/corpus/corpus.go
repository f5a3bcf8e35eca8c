package corpus

import (
	"context"
	"iter"
	"os"
	"testing"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// Case is an input with what is needed to render it.
type Case struct {
	recorded.Case
	Config  render.Config
	Decoder *source.Decoder
	// Documents are the SeldonDeployments that can be decoded, and Deployments what
	// they are decoded to. Faults are the errors in the others.
	Documents   []*source.Document
	Deployments []*seldon.Deployment
	Faults      finding.List
}

// Cases yields the inputs that a release was recorded for: those that are
// committed, or all of them where the variable recorded.Environment says where
// they are.
func Cases(t testing.TB, rel *release.Release) iter.Seq[Case] {
	t.Helper()
	suite, err := recorded.Committed()
	if os.Getenv(recorded.Environment) != "" {
		suite, err = recorded.External()
	}
	if err != nil {
		t.Fatal(err)
	}
	return CasesOf(t, suite, rel)
}

// CasesOf is [Cases] for a suite. Unknown fields are ignored.
func CasesOf(t testing.TB, suite *recorded.Suite, rel *release.Release) iter.Seq[Case] {
	t.Helper()
	cases, err := suite.Cases(rel.Version)
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(Case) bool) {
		loaded := map[string]*values.Values{}
		for _, c := range cases {
			if loaded[c.Values] == nil {
				loaded[c.Values] = load(t, rel, c.Values)
			}
			read := Read(t, rel, c.Input)
			read.Case, read.Config.Values = c, loaded[c.Values]
			if read.Config.KubeVersion, err = render.ParseKubeVersion(c.KubeVersion); err != nil {
				t.Fatal(err)
			}
			if !yield(read) {
				return
			}
		}
	}
}

func load(t testing.TB, rel *release.Release, file string) *values.Values {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v, findings := values.Load(rel, values.File(file, text))
	if findings.HasErrors() {
		t.Fatalf("%s: %v", file, findings)
	}
	return v
}

// Read reads an input, for a release with the values of its chart.
func Read(t testing.TB, rel *release.Release, file string) Case {
	t.Helper()
	out := Case{Decoder: source.NewDecoder(rel, source.Ignore), Config: render.Config{Release: rel}}
	in := source.Open([]string{file}, source.Options{})
	defer in.Close()
	for doc, fault := range in.Documents(context.Background()) {
		switch {
		case fault != nil:
			t.Fatalf("%s: %s", fault.Pos, fault.Message)
		case doc.IsSeldonDeployment():
			sd, _, findings := out.Decoder.Deployment(doc)
			if findings.HasErrors() {
				out.Faults = append(out.Faults, findings...)
				continue
			}
			out.Documents, out.Deployments = append(out.Documents, doc), append(out.Deployments, sd)
		case doc.IsServiceAccount():
			sa, _ := out.Decoder.ServiceAccount(doc)
			out.Config.References.AddServiceAccount(sa, "")
		case doc.IsSecret():
			var secret corev1.Secret
			out.Decoder.Into(doc, &secret)
			out.Config.References.AddSecret(&secret, "")
		}
	}
	return out
}
