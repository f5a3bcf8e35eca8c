package finding

import (
	"testing"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

func TestWorkflowCommandsEscapeWhatEndsThem(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		in   Finding
		want string
	}{
		{
			"properties escape percent, line ends, colons and commas",
			Finding{Code: BadSyntax, Severity: Error, Message: "m", Pos: Position{"a%b\r\n:,c.yaml", 3, 4}},
			"::error file=a%25b%0D%0A%3A%2Cc.yaml,line=3,col=4,title=SDC104 A document is not YAML or JSON::m\n",
		},
		{
			"messages escape percent and line ends only",
			Finding{Code: BadSyntax, Severity: Warning, Message: "100%\r\n::error::x, y", Hint: "h", Path: field.NewPath("a", "b")},
			"::warning title=SDC104 A document is not YAML or JSON::a.b: 100%25%0D%0A::error::x, y; h\n",
		},
		{
			"notes are notices, and without a line the object is named",
			Finding{Code: BadSyntax, Severity: Note, Message: "m", Object: Object{Kind: "Secret", Name: "s"}, Pos: Position{File: "a.yaml"}},
			"::notice file=a.yaml,title=SDC104 A document is not YAML or JSON::Secret/s: m\n",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := report(t, "github", ReportOptions{}, List{tt.in}); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}
