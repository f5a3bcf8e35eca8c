package explain

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
)

// Line is a line of an object as it is rendered.
type Line struct {
	Text string
	// Leaf stands on the line; nil for a line that only leads to others.
	Leaf *Leaf
}

// Lines returns an object as YAML, the way render writes it.
func (r Rendered) Lines() ([]Line, error) {
	document, err := encode(nil, r.Object)
	if err != nil {
		return nil, err
	}
	text, err := manifest.AppendYAML(nil, document)
	if err != nil {
		return nil, err
	}
	var out []Line
	for line := range strings.Lines(string(text)) {
		out = append(out, Line{Text: strings.TrimSuffix(line, "\n")})
	}
	var root yaml.Node
	if err := yaml.Load(text, &root); err != nil {
		return nil, err
	}
	leaves := make(map[string]*Leaf, len(r.Leaves))
	for i := range r.Leaves {
		leaves[r.Leaves[i].Path] = &r.Leaves[i]
	}
	place(&root, nil, func(line int, path string) {
		if line >= 1 && line <= len(out) && out[line-1].Leaf == nil {
			out[line-1].Leaf = leaves[path]
		}
	})
	return out, nil
}

// place calls use with the line and the path of each leaf below a node.
func place(n *yaml.Node, path []byte, use func(line int, path string)) {
	switch {
	case n.Kind == yaml.DocumentNode:
		for _, child := range n.Content {
			place(child, path, use)
		}
	case len(n.Content) == 0:
		use(n.Line, string(path))
	case n.Kind == yaml.SequenceNode:
		for i, child := range n.Content {
			place(child, leaf.AppendIndex(path[:len(path):len(path)], i), use)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			place(n.Content[i+1], leaf.AppendKey(path[:len(path):len(path)], n.Content[i].Value), use)
		}
	}
}

// Remedies returns what a user can do to change a leaf, the most specific first.
func (l Leaf) Remedies() []string {
	var out []string
	seen := map[Kind]bool{}
	for _, s := range l.Sources {
		if seen[s.Kind] {
			continue
		}
		seen[s.Kind] = true
		out = append(out, s.Remedy())
	}
	if l.Rule.Change != "" {
		out = append(out, l.Rule.Change)
	}
	return out
}

// Remedy says how to change what the source is.
func (s Source) Remedy() string {
	switch s.Kind {
	case Value:
		return "set " + s.settable() + " in a values file, or with --set"
	case Object:
		return "change " + s.Key + ", or what refers to it"
	case Option:
		return "use another " + s.Key
	case Platform:
		return "change " + s.Key + " at " + s.Pos.String()
	}
	if s.Pos.Line > 0 {
		return "change " + s.Key + " at " + s.Pos.String()
	}
	return "change " + s.Key
}

// Opened returns the document that the text of an opened leaf holds, for people.
func Opened(text string) string {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return strings.TrimSpace(text)
	}
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "  ") != nil {
		return text
	}
	return out.String()
}

// settable is the key that a value is set by: variables without a key of the chart
// have one of this program's.
func (s Source) settable() string {
	if strings.ToUpper(s.Key) == s.Key {
		return "seldonctl.operator." + s.Key
	}
	return s.Key
}

// Find returns the leaves of an object that a path leads to: the path of a leaf or
// of what is above it, with indices or names of list members; a path that begins
// with ... may leave out its beginning. Of a text that holds a document it returns
// the text and not what is inside, unless the path leads inside.
func (r Rendered) Find(path string) []Leaf {
	trimmed, anywhere := strings.CutPrefix(path, "...")
	trimmed = strings.TrimPrefix(trimmed, ".")
	var found []Leaf
	for _, l := range r.Leaves {
		if leads(trimmed, l.Path, anywhere) || leads(trimmed, l.Named, anywhere) {
			found = append(found, l)
		}
	}
	if len(found) == 0 && !anywhere {
		return r.Find("..." + path)
	}
	for _, l := range found {
		if l.Opened {
			return []Leaf{l}
		}
	}
	return found
}

// leads reports whether a path leads to a leaf, or above it.
func leads(path, to string, anywhere bool) bool {
	if path == "" {
		return true
	}
	for from := 0; ; {
		i := strings.Index(to[from:], path)
		if i < 0 || i > 0 && !anywhere {
			return false
		}
		start, end := from+i, from+i+len(path)
		if (start == 0 || strings.ContainsRune(".[", rune(to[start-1])) || path[0] == '[') &&
			(end == len(to) || strings.ContainsRune(".[]", rune(to[end]))) {
			return true
		}
		if !anywhere {
			return false
		}
		from = start + 1
	}
}
