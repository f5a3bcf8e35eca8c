package values

import (
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// Values find the places of keys for findings.
var _ finding.Locator = (*Values)(nil)

// Section returns the merged values at a dotted key such as
// seldonctl.credentials, as decoded JSON, and whether they are there. Numbers
// are float64, or int64 from a flag.
func (v *Values) Section(key string) (any, bool) {
	e, whole := v.merged.follow(key)
	if !whole {
		return nil, false
	}
	return e.plain(), true
}

// Origin returns where a dotted key was set, or the nearest map above it. The
// key may go through lists: seldonctl.credentials[0].name.
func (v *Values) Origin(key string) Origin {
	e, _ := v.merged.follow(key)
	return e.origin
}

// Locate returns the place of a key of the values, or of the nearest one above.
func (v *Values) Locate(path *field.Path) finding.Position {
	if path == nil {
		return v.merged.origin.Pos
	}
	return v.Origin(path.String()).Pos
}

// follow goes down a path as field.Path prints it, as far as it leads. Keys of
// maps may have dots; the longest that fits is taken.
func (e *entry) follow(path string) (last *entry, whole bool) {
	for path != "" {
		next, rest := e.step(path)
		if next == nil {
			return e, false
		}
		e, path = next, rest
	}
	return e, true
}

// step takes the first segment off a path.
func (e *entry) step(path string) (next *entry, rest string) {
	if inner, after, ok := strings.Cut(strings.TrimPrefix(path, "["), "]"); ok && path[0] == '[' {
		after = strings.TrimPrefix(after, ".")
		if e.fields != nil {
			return e.fields[inner], after
		}
		if i, err := strconv.Atoi(inner); err == nil && i >= 0 && i < len(e.items) {
			return e.items[i], after
		}
		return nil, ""
	}
	for end, dots := 0, 0; end < len(path) && dots <= maxDots; dots++ {
		if i := strings.IndexAny(path[end+1:], ".["); i >= 0 {
			end += 1 + i
		} else {
			end = len(path)
		}
		if f := e.fields[path[:end]]; f != nil {
			next, rest = f, strings.TrimPrefix(path[end:], ".")
		}
	}
	return next, rest
}

// maxDots is how many dots and brackets a key of a map is looked for with.
const maxDots = 32
