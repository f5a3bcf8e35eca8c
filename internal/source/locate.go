package source

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

var _ finding.Locator = (*Document)(nil)

// Locate returns the place of a field: that of the value for a scalar, that of
// the key for a list or mapping. Where the field is absent it is the place of
// the nearest field above, and of the document if there is none.
func (d *Document) Locate(path *field.Path) finding.Position {
	at := d.parse()
	if at == nil || path == nil {
		return d.Start()
	}
	place := at
	for _, part := range splitPath(path.String()) {
		name, value := lookup(at, part, maxDepth)
		if value == nil {
			break
		}
		place = value
		if name != nil && (value.Kind == yaml.MappingNode || value.Kind == yaml.SequenceNode || value.Value == "") {
			place = name
		}
		at = value
	}
	return d.position(place)
}

// Has reports whether the text has a value at the path, which null is not.
func (d *Document) Has(path *field.Path) bool {
	at := d.parse()
	for _, part := range splitPath(path.String()) {
		if at == nil {
			return false
		}
		_, at = lookup(at, part, maxDepth)
	}
	return at != nil && !isNull(at)
}

// splitPath splits a path at its dots and brackets. Names in brackets, which
// are keys of maps, may hold dots.
func splitPath(path string) []string {
	var parts []string
	for path != "" {
		if path[0] == '[' {
			if end := strings.IndexByte(path, ']'); end > 0 {
				parts = append(parts, path[1:end])
				path = strings.TrimPrefix(path[end+1:], ".")
				continue
			}
		}
		end := strings.IndexAny(path[1:], ".[") + 1
		if end == 0 {
			end = len(path)
		}
		parts = append(parts, path[:end])
		path = strings.TrimPrefix(path[end:], ".")
	}
	return parts
}

// lookup returns the value of a key or index, and for a key the node of its
// name. An alias is answered with the alias, so that its place is shown. Depth
// bounds the merge keys and aliases that are followed.
func lookup(n *yaml.Node, part string, depth int) (name, value *yaml.Node) {
	for ; n.Kind == yaml.AliasNode && n.Alias != nil && depth > 0; depth-- {
		n = n.Alias
	}
	if depth <= 0 {
		return nil, nil
	}
	switch n.Kind {
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(n.Content) {
			return nil, n.Content[i]
		}
	case yaml.MappingNode:
		for i := len(n.Content) - 2; i >= 0; i -= 2 {
			if n.Content[i].Value == part {
				return n.Content[i], n.Content[i+1]
			}
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if isMerge(n.Content[i]) {
				if _, value := lookup(n.Content[i+1], part, depth-1); value != nil {
					return nil, value
				}
			}
		}
	}
	return nil, nil
}
