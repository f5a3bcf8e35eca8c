package secrets_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/secrets"
)

// TestDocumentedProviders compares the tables in docs/credentials.md with the
// providers, or writes them.
func TestDocumentedProviders(t *testing.T) {
	t.Parallel()
	const path = "../docs/credentials.md"
	const begin, end = "<!-- providers: written by go test ./secrets -update -->\n", "<!-- end of providers -->"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	got, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("the marks of the tables are gone")
	}
	want := tables()
	if *update {
		if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("run go test ./secrets -update\n%s", d)
	}
}

func tables() string {
	var b strings.Builder
	for _, p := range secrets.Providers() {
		fmt.Fprintf(&b, "\n### %s\n\n%s.", p.Name, p.Title)
		if len(p.Aliases) > 0 {
			fmt.Fprintf(&b, " Also called `%s`.", strings.Join(p.Aliases, "`, `"))
		}
		b.WriteString("\n\n| Form | What it is | Needs | Takes |\n|---|---|---|---|\n")
		for _, v := range p.Variants {
			fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", form(v), v.Summary, names(v.Required), names(v.Optional))
		}
		b.WriteString("\n| Field | Secret | Variables | Meaning |\n|---|---|---|---|\n")
		for _, f := range p.Fields {
			sensitive, meaning := "", f.Usage
			if f.Sensitive {
				sensitive = "yes"
			}
			if f.Default != "" {
				meaning += "; default: " + f.Default
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", f.Name, sensitive, names(f.VariablesFor("<REMOTE>")), meaning)
		}
	}
	return b.String() + "\n"
}

func form(v secrets.Variant) string {
	var flags []string
	for _, c := range [][2]string{{"type", v.Type}, {"form", v.Form}, {"auth", v.Auth}} {
		if c[1] != "" {
			flags = append(flags, "--"+c[0]+" "+c[1])
		}
	}
	return names([]string{strings.Join(flags, " ")})
}

func names(all []string) string {
	quoted := slices.Clone(all)
	for i := range quoted {
		quoted[i] = "`" + quoted[i] + "`"
	}
	return strings.Join(quoted, ", ")
}
