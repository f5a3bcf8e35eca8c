package finding_test

import (
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/finding"
)

func TestALineThatMayHoldASecretIsShownUpToItsValue(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	reporter, err := finding.NewReporter("text", &out, finding.ReportOptions{
		Excerpt: true,
		Source:  func(string, int) (string, bool) { return "  password: hunter2", true },
		Secret:  func(f finding.Finding) bool { return f.Object.Kind == "Secret" },
	})
	if err != nil {
		t.Fatal(err)
	}
	at := finding.Position{File: "a.yaml", Line: 3, Column: 5}
	wrong := finding.New(finding.BadSyntax, nil, "a quote is never closed").At(at)
	if err := reporter.Report(finding.List{wrong.About(finding.Object{Kind: "Secret", Name: "s"})}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); strings.Contains(text, "hunter2") || !strings.Contains(text, "never closed") || !strings.Contains(text, "| "+"  password: …\n") {
		t.Errorf("got %q, want the message and the key", text)
	}
	out.Reset()
	if err := reporter.Report(finding.List{wrong.About(finding.Object{Kind: "Other"})}); err != nil {
		t.Fatal(err)
	}
	if text := out.String(); !strings.Contains(text, "hunter2") {
		t.Errorf("got %q, want the line", text)
	}
}
