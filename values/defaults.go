package values

import (
	"strings"

	"github.com/seldonctl/seldonctl/release"
)

// readDefaults returns the chart's own values.
func readDefaults(rel *release.Release) *entry {
	root := newMap(Origin{Source: Default})
	for _, v := range rel.Values {
		e, key := root, v.Key
		for first, rest, more := strings.Cut(key, "."); more; first, rest, more = strings.Cut(key, ".") {
			if e.fields[first] == nil {
				e.fields[first] = newMap(Origin{Source: Default})
			}
			e, key = e.fields[first], rest
		}
		e.fields[key] = newEntry(v.Default, Origin{Source: Default})
	}
	return root
}

// readOrder returns the order of the keys of the chart's values.
func readOrder(rel *release.Release) order {
	root := &order{}
	for _, v := range rel.Values {
		o := root
		for segment := range strings.SplitSeq(v.Key, ".") {
			o = o.below(segment)
		}
	}
	return *root
}

// order is the order of the keys of the chart's values.
type order struct {
	keys   []string
	inside map[string]*order
}

// below returns the order of the keys below one, which is added as the last.
func (o *order) below(key string) *order {
	if o.inside[key] == nil {
		if o.inside == nil {
			o.inside = map[string]*order{}
		}
		o.keys = append(o.keys, key)
		o.inside[key] = &order{}
	}
	return o.inside[key]
}
