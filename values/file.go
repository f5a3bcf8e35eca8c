package values

import (
	"bytes"
	"errors"
	"io"
	"strings"

	yaml "go.yaml.in/yaml/v4"
	"k8s.io/apimachinery/pkg/util/validation/field"
	helmyaml "sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/aliases"
	"github.com/seldonctl/seldonctl/internal/syntax"
)

// readFile reads a values file. What the values are is decided by the library
// that Helm uses, where they stand by the nodes of another; an empty file is an
// empty map.
func readFile(name string, data []byte) (*entry, finding.List) {
	at := finding.Position{File: name}
	root, list := readNodes(at, data)
	if list.HasErrors() {
		return newMap(Origin{FromFile, at}), list
	}
	if root != nil && root.Kind != yaml.MappingNode && root.ShortTag() != "!!null" {
		at.Line, at.Column = root.Line, root.Column
		return newMap(Origin{FromFile, at}), append(list, finding.New(finding.ValuesSyntax, nil, "values must be a map of keys, not %s", nodeKind(root)).At(at).
			WithHint("write key: value lines, as in the chart's values.yaml"))
	}
	var values map[string]any
	if err := helmyaml.Unmarshal(data, &values); err != nil {
		if line := lineOf(data, "{{"); line > 0 {
			at.Line = line
			return newMap(Origin{FromFile, at}), append(list, templateFinding(finding.ValuesSyntax, at))
		}
		return newMap(Origin{FromFile, at}), append(list, conversionFinding(err).At(at))
	}
	r := fileReader{file: name}
	e := r.entry(values, place{root, at}, nil)
	if e.fields == nil {
		e = newMap(Origin{FromFile, at})
	}
	return e, append(list, r.findings...)
}

// lineOf returns the number of the first line with a text, or 0.
func lineOf(data []byte, text string) int {
	i := bytes.Index(data, []byte(text))
	if i < 0 {
		return 0
	}
	return bytes.Count(data[:i], []byte("\n")) + 1
}

// readNodes returns the top node of the first document, or nil for an empty
// file.
func readNodes(at finding.Position, data []byte) (*yaml.Node, finding.List) {
	l, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, finding.List{syntaxFinding(finding.ValuesSyntax, at, data, err)}
	}
	var doc, second yaml.Node
	if err := l.Load(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, finding.List{syntaxFinding(finding.ValuesSyntax, at, data, err)}
	}
	var list finding.List
	if err := l.Load(&second); err == nil && len(second.Content) > 0 {
		at.Line, at.Column = second.Content[0].Line, second.Content[0].Column
		list = append(list, finding.New(finding.ValuesExtraDocument, nil, "the second document of the values file is ignored, as Helm does").At(at).
			WithHint("put it into a values file of its own"))
	}
	if err := checkAliases(&doc); err != nil {
		return nil, append(list, syntaxFinding(finding.ValuesSyntax, at, data, err))
	}
	if len(doc.Content) == 0 {
		return nil, list
	}
	return doc.Content[0], list
}

// checkAliases refuses a document whose aliases stand for too much.
func checkAliases(doc *yaml.Node) error {
	err := aliases.Check(doc, func(n *yaml.Node) aliases.Node[yaml.Node] {
		return aliases.Node[yaml.Node]{Text: n.Value, Anchored: n.Anchor != "", Alias: n.Alias, Children: n.Content}
	})
	if err != nil {
		return err
	}
	return nil
}

// syntaxFinding turns a YAML library's error into a finding with its line.
func syntaxFinding(code finding.Code, at finding.Position, data []byte, err error) finding.Finding {
	if aliased, ok := errors.AsType[*aliases.Error[yaml.Node]](err); ok {
		at.Line, at.Column = aliased.At.Line, aliased.At.Column
		return finding.New(code, nil, "%v", err).At(at).WithHint("write the values out")
	}
	load, ok := errors.AsType[*yaml.LoadError](err)
	if !ok {
		return finding.New(code, nil, "not YAML: %v", err).At(at)
	}
	f := syntax.Explain(data, load)
	at.Line, at.Column = f.Line, f.Column
	switch {
	case f.Says == syntax.TemplateSays:
		return templateFinding(code, at)
	case f.Hint == "":
		f.Says = "not YAML: " + f.Says
	}
	return finding.New(code, nil, "%s", strings.TrimSuffix(f.Says, ".")).WithHint("%s", f.Hint).At(at)
}

// templateFinding is about {{ in a file that Helm reads as it is.
func templateFinding(code finding.Code, at finding.Position) finding.Finding {
	return finding.New(code, nil, "%s", syntax.TemplateSays).WithHint("values have no templates: write the value itself, in quotes if it begins with {").At(at)
}

// conversionFinding says why values cannot become JSON, in words of our own: the
// library's may quote a value, which may be a secret.
func conversionFinding(err error) finding.Finding {
	switch text := err.Error(); {
	case strings.Contains(text, "excessive aliasing"):
		return finding.New(finding.ValuesSyntax, nil, "aliases repeat each other too often").WithHint("write out what they stand for")
	case strings.Contains(text, "max depth"):
		return finding.New(finding.ValuesSyntax, nil, "maps and lists are nested too deeply").WithHint("no key of the chart is more than ten levels deep")
	}
	return finding.New(finding.ValuesSyntax, nil, "JSON cannot represent a value, tag or alias of the file").
		WithHint("values become JSON: avoid .inf, .nan, explicit tags and keys that are maps")
}

// fileReader joins the values of a file with their places.
type fileReader struct {
	file     string
	findings finding.List
}

// place is where a value stands: node holds it, pos is its key's place, or that
// of an item of a list. Where a YAML merge brought a value in, node is nil and
// pos that of the map.
type place struct {
	node *yaml.Node
	pos  finding.Position
}

// entry wraps a value with its places.
func (r *fileReader) entry(value any, at place, path *field.Path) *entry {
	origin := Origin{FromFile, at.pos}
	switch value := value.(type) {
	case map[string]any:
		e := newMap(origin)
		places := r.fields(at.node, path)
		for k, v := range value {
			p, ok := places[k]
			if !ok {
				p.pos = at.pos
			}
			e.fields[k] = r.entry(v, p, child(path, k))
		}
		return e
	case []any:
		e := &entry{items: make([]*entry, len(value)), origin: origin}
		for i, v := range value {
			p := place{pos: at.pos}
			if n := at.node; n != nil && n.Kind == yaml.SequenceNode && i < len(n.Content) {
				p = place{n.Content[i], r.position(n.Content[i])}
			}
			e.items[i] = r.entry(v, p, path.Index(i))
		}
		return e
	default:
		return &entry{scalar: value, origin: origin}
	}
}

// fields returns the places inside a mapping and reports keys that are there
// twice. Of those the last counts, as it does for Helm.
func (r *fileReader) fields(node *yaml.Node, path *field.Path) map[string]place {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	places := make(map[string]place, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		at := r.position(key)
		if first, ok := places[key.Value]; ok && key.Kind == yaml.ScalarNode {
			r.findings = append(r.findings, finding.New(finding.ValuesRepeatedKey, child(path, key.Value),
				"duplicate key; Helm uses this value and ignores the one on line %d", first.pos.Line).
				At(at).WithHint("join the two places into one"))
		}
		places[key.Value] = place{node.Content[i+1], at}
	}
	return places
}

func (r *fileReader) position(n *yaml.Node) finding.Position {
	return finding.Position{File: r.file, Line: n.Line, Column: n.Column}
}

// child returns the path of a key; path may be nil for the top.
func child(path *field.Path, key string) *field.Path {
	if path == nil {
		return field.NewPath(key)
	}
	return path.Child(key)
}

func nodeKind(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		return "a single value"
	}
	return "an alias"
}
