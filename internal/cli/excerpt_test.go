package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/seldon"
)

// TestExcerpts shows lines of a file at a terminal as a report does.
func TestExcerpts(t *testing.T) {
	t.Parallel()
	const text = `kind: Secret
stringData:
  password: hunter2
  token
  {"key": "hunter2"
---
kind: SeldonDeployment
metadata:
	name: tab
spec:
  envSecretRefName: models
  modelUri: https://example.org/model?sig=hunter2
  modelUri: s3://user:hunter2@example.org/model
---
kind: List
items:
- kind: SeldonDeployment
  envSecretRefName: models
- kind: Secret
  data: hunter2
`
	file := filepath.Join(t.TempDir(), "models.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	about := finding.Object{Kind: seldon.Kind, Name: "iris"}
	for _, test := range []struct {
		name string
		line int
		code finding.Code
		of   finding.Object
		want string
	}{
		{"a key without a value", 2, finding.SecretMalformed, finding.Object{Kind: "Secret"}, "stringData:"},
		{"a value of a Secret", 3, finding.SecretMalformed, finding.Object{Kind: "Secret"}, "  password: …"},
		{"text in a Secret", 4, finding.BadSyntax, finding.Object{}, ""},
		{"JSON in a Secret", 5, finding.BadSyntax, finding.Object{}, `  {"key": …`},
		{"a tab in what seems to be a SeldonDeployment", 9, finding.BadSyntax, finding.Object{}, "        name: tab"},
		{"the name of a Secret", 11, finding.SecretNotInInput, about, "  envSecretRefName: models"},
		{"a signature", 12, finding.InitializerScheme, about, "  modelUri: …"},
		{"a password", 13, finding.UnknownField, about, "  modelUri: …"},
		{"a SeldonDeployment beside a Secret", 18, finding.UnknownField, about, "  envSecretRefName: models"},
		{"something beside a Secret", 18, finding.BadSyntax, finding.Object{}, "  envSecretRefName: …"},
		{"no line", 99, finding.BadSyntax, finding.Object{}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lines := &lineReader{files: &files.Opener{}}
			var out strings.Builder
			reporter, err := finding.NewReporter("text", &out, finding.ReportOptions{Excerpt: true, Source: lines.line, Secret: lines.mayBeSecret})
			if err != nil {
				t.Fatal(err)
			}
			at := finding.Position{File: file, Line: test.line, Column: 3}
			if err := reporter.Report(finding.List{finding.New(test.code, nil, "wrong").At(at).About(test.of)}); err != nil {
				t.Fatal(err)
			}
			got := ""
			if shown := strings.Split(out.String(), "\n")[1]; strings.Contains(shown, " | ") {
				_, got, _ = strings.Cut(shown, " | ")
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if strings.Contains(out.String(), "hunter2") {
				t.Errorf("a secret is shown: %s", out.String())
			}
		})
	}
}
