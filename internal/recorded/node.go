package recorded

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// fromNode returns what a node of a recording means. The recordings were
// written by a YAML 1.1 writer that leaves texts such as 1e3 and 0o7 unquoted,
// because it does not read them as numbers; a newer reader would.
func fromNode(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.DocumentNode:
		if len(n.Content) == 0 {
			return nil, nil
		}
		return fromNode(n.Content[0])
	case yaml.AliasNode:
		return fromNode(n.Alias)
	case yaml.MappingNode:
		return fromMapping(n)
	case yaml.SequenceNode:
		out := make([]any, len(n.Content))
		for i, item := range n.Content {
			value, err := fromNode(item)
			if err != nil {
				return nil, err
			}
			out[i] = value
		}
		return out, nil
	case yaml.ScalarNode:
		return fromScalar(n), nil
	}
	return nil, nil
}

func fromMapping(n *yaml.Node) (any, error) {
	out := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i].Value
		if _, repeated := out[key]; repeated {
			return nil, fmt.Errorf("line %d: duplicate key %q", n.Content[i].Line, key)
		}
		value, err := fromNode(n.Content[i+1])
		if err != nil {
			return nil, err
		}
		out[key] = value
	}
	return out, nil
}

var scalarForms = sync.OnceValue(func() (forms struct{ integer, float *regexp.Regexp }) {
	forms.integer = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)$`)
	forms.float = regexp.MustCompile(`^[-+]?[0-9]+\.[0-9]*([eE][-+][0-9]+)?$`)
	return forms
})

func fromScalar(n *yaml.Node) any {
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Value
	}
	switch strings.ToLower(n.Value) {
	case "", "~", "null":
		return nil
	case "true", "yes", "on":
		return true
	case "false", "no", "off":
		return false
	}
	if forms := scalarForms(); forms.integer.MatchString(n.Value) || forms.float.MatchString(n.Value) {
		return json.Number(strings.TrimPrefix(n.Value, "+"))
	}
	return n.Value
}
