package finding

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/internal/printable"
)

func TestTextOnAPipeIsOneLineForEachFinding(t *testing.T) {
	t.Parallel()
	hostile := "a\r\nb\u2028c\x1b]0;title\a\u202e"
	l := List{{Code: BadSyntax, Severity: Error, Message: hostile, Hint: hostile,
		Path: field.NewPath(hostile), Object: Object{Kind: hostile}, Pos: Position{File: hostile}}}
	got := report(t, "text", ReportOptions{Collapse: true}, append(sample(), l...))
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	// Collapsed, the field that is missing in two places takes one line.
	if want := len(sample()); len(lines) != want {
		t.Errorf("got %d lines, want %d:\n%s", len(lines), want, got)
	}
	if strings.ContainsAny(got, "\r\a\x1b\u2028\u202e") {
		t.Errorf("characters that steer a terminal got through: %q", got)
	}
}

func TestCollapseJoinsWarningsAndNotesThatSayTheSame(t *testing.T) {
	t.Parallel()
	name := field.NewPath("metadata", "name")
	at := func(file string) Position { return Position{file, 1, 1} }
	l := List{
		New(MissingField, name, "required").At(at("a.yaml")),
		New(MissingField, name, "required, too").At(at("b.yaml")),
		New(MissingField, name, "required").At(at("c.yaml")),
		New(MissingField, nil, "required").At(at("d.yaml")),
		New(MissingField, name, "required").At(at("e.yaml")).As(Error),
		New(MissingField, name, "required").At(at("e2.yaml")).As(Error),
		New(MissingField, name, "required").At(at("e3.yaml")).As(Note),
		New(MissingField, name, "required").At(at("f.yaml")),
	}
	want := strings.Join([]string{
		"a.yaml:1:1: warning: metadata.name: required [SDC117] (and 2 more)",
		"b.yaml:1:1: warning: metadata.name: required, too [SDC117]",
		"d.yaml:1:1: warning: required [SDC117]",
		"e.yaml:1:1: metadata.name: required [SDC117]",
		"e2.yaml:1:1: metadata.name: required [SDC117]",
		"e3.yaml:1:1: note: metadata.name: required [SDC117]",
		"",
	}, "\n")
	if diff := cmp.Diff(want, report(t, "text", ReportOptions{Collapse: true}, l)); diff != "" {
		t.Error(diff)
	}
}

func TestPrintableKeepsTextAndEscapesTheRest(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"plain text and quotes stay", `größe "x" \n 毫秒 🚀`, `größe "x" \n 毫秒 🚀`},
		{"line ends are escaped", "a\r\n\tb", `a\r\n\tb`},
		{"escape sequences are escaped", "\x1b[31m", `\x1b[31m`},
		{"broken UTF-8 is escaped", "a\xffb", `a\xffb`},
		{"a real replacement character stays", "a\ufffdb", "a\ufffdb"},
		{"text that turns the direction is escaped", "\u202eabc", `\u202eabc`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := printable.Text(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
