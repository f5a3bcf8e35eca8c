package syntax_test

import (
	"errors"
	"fmt"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/internal/syntax"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ text, want string }{
		"a colon in a value":            {"a: 1\nb: one: two\n", "2:7 a colon and a space inside a value"},
		"a colon in a value of an item": {"a:\n- b: one: two\n", "2:9 a colon and a space inside a value"},
		"a wide character before it":    {"é: één: two\n", "1:7 a colon and a space inside a value"},
		"no space":                      {"metadata:\n  name:iris\n  namespace: models\n", "2:7 no space after the colon"},
		"no space in an item":           {"containers:\n- name:iris\n  image: a/b:1\n", "2:7 no space after the colon"},
		"no colon":                      {"metadata:\n  name iris\n\n  namespace: models\n", "2:3 no colon after the key"},
		"a space too many":              {"a: 1\n b: 2\n", "2:2 this line begins further right than the key above, which has a value already"},
		"a space too many in an item":   {"l:\n- a: 1\n   b: 2\n", "3:4 this line begins further right than the key above, which has a value already"},
		"a quoted value goes on":        {"a: \"x\ny\": b: c\n", ""},
		"a shell's variable":            {"a: {b: ${NAME}}\n", "1:8 a variable of a shell, which nothing has replaced"},
		"a template":                    {"a: 1\n{{ x }}\n", "2:1 a template of Helm, not YAML"},
		"two dashes":                    {"a: 1\n--\na: 2\n", "2:1 not quite a separator of documents"},
		"an indented separator":         {"a: 1\nb:\n  c: 1\n ---\na: 2\n", "4:1 not quite a separator of documents"},
		"a separator":                   {"a: 1\n---\nb: c: d\n", "3:5 a colon and a space inside a value"},
		"a fence":                       {"```yaml\na: 1\n```\n", "1:1 a code fence of Markdown"},
		"a conflict":                    {"a: 1\n<<<<<<< HEAD\nb: 2\n", "2:1 a conflict marker of Git"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var node yaml.Node
			err := yaml.Load([]byte(tc.text), &node)
			bad, ok := errors.AsType[*yaml.LoadError](err)
			if !ok {
				t.Fatalf("%v is not an error of the parser", err)
			}
			f := syntax.Explain([]byte(tc.text), bad)
			if got := fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Says); got != tc.want && tc.want != "" {
				t.Errorf("got %s\nwant %s", got, tc.want)
			}
		})
	}
}
