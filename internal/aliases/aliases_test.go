package aliases_test

import (
	"fmt"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/internal/aliases"
)

// doubled is a document of levels that each stand for the one before twice.
func doubled(levels int, level string) string {
	var text strings.Builder
	text.WriteString("a0: &a0 {k: v}\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&text, level+"\n", i, i, i-1, i-1)
	}
	return text.String()
}

func TestCheck(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 400_000)
	for _, c := range []struct{ name, text, want string }{
		{"no alias", "a: {b: c}", ""},
		{"values used often", "a: &a {b: c}\nb: [" + strings.Repeat("*a, ", 1000) + "]", ""},
		{"lists of lists", doubled(40, "a%d: &a%d [*a%d, *a%d]"), "line 15: the aliases stand for more than 100000 values or 8 MiB of text"},
		{"merge keys that repeat", doubled(40, "a%d: &a%d {<<: *a%d, <<: *a%d}"), "line 15: the aliases stand for more than 100000 values or 8 MiB of text"},
		{"a long text", "a: &a " + long + "\nb: [" + strings.Repeat("*a, ", 9000) + "]", "line 2: the aliases stand for more than 100000 values or 8 MiB of text"},
		{"an anchor around its alias", "a: &a\n  b: [*a]", "line 2: an alias stands for something that holds the alias itself"},
		{"an anchor given again", "a: &a x\nb: &a [y]\nc: *a", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var doc yaml.Node
			if err := yaml.Load([]byte(c.text), &doc); err != nil {
				t.Fatal(err)
			}
			steps, got := 0, ""
			if err := aliases.Check(&doc, func(n *yaml.Node) aliases.Node[yaml.Node] {
				steps++
				return aliases.Node[yaml.Node]{Text: n.Value, Anchored: n.Anchor != "", Alias: n.Alias, Children: n.Content}
			}); err != nil {
				got = fmt.Sprintf("line %d: %v", err.At.Line, err)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if limit := len(c.text); steps > limit {
				t.Errorf("%d steps for %d bytes", steps, limit)
			}
		})
	}
}
