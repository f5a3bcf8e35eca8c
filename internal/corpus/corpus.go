package corpus

import (
	"context"
	"iter"
	"os"
	"testing"

	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// Case is an input with what is needed to render it.
type Case struct {
	recorded.Case
	Config  render.Config
	Decoder *source.Decoder
	// Documents are the SeldonDeployments that can be decoded.
	Documents []*source.Document
}

// Cases yields the inputs that a release was recorded for: those that are
// committed, or all of them where the variable recorded.Environment says where
// they are. Inputs that cannot be read have no documents.
func Cases(t testing.TB, rel *release.Release) iter.Seq[Case] {
	t.Helper()
	suite, err := recorded.Committed()
	if os.Getenv(recorded.Environment) != "" {
		suite, err = recorded.External()
	}
	if err != nil {
		t.Fatal(err)
	}
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
			if !yield(read(t, rel, c, loaded[c.Values])) {
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

func read(t testing.TB, rel *release.Release, c recorded.Case, v *values.Values) Case {
	t.Helper()
	kube, err := render.ParseKubeVersion(c.KubeVersion)
	if err != nil {
		t.Fatal(err)
	}
	out := Case{
		Case: c, Decoder: source.NewDecoder(rel, source.Ignore),
		Config: render.Config{Release: rel, Values: v, KubeVersion: kube},
	}
	in := source.Open([]string{c.Input}, source.Options{})
	defer in.Close()
	for doc, fault := range in.Documents(context.Background()) {
		switch {
		case fault != nil:
			t.Fatalf("%s: %s", fault.Pos, fault.Message)
		case doc.IsSeldonDeployment():
			if _, _, findings := out.Decoder.Deployment(doc); !findings.HasErrors() {
				out.Documents = append(out.Documents, doc)
			}
		case doc.IsServiceAccount():
			sa, _, _ := out.Decoder.ServiceAccount(doc)
			out.Config.References.AddServiceAccount(sa, "")
		case doc.IsSecret():
			secret, _, _ := out.Decoder.Secret(doc)
			out.Config.References.AddSecret(secret, "")
		}
	}
	return out
}
