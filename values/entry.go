package values

import "strings"

// entry is a value that knows where it was set: a map if fields is not nil, a
// list if items is not nil, else a scalar as Helm has them (nil, bool, string,
// float64 from files, int64 from flags). Entries are not changed once they are
// part of a tree that was merged.
type entry struct {
	fields map[string]*entry
	items  []*entry
	scalar any
	origin Origin
}

func newMap(o Origin) *entry {
	return &entry{fields: map[string]*entry{}, origin: o}
}

// newEntry wraps plain JSON-like data, all of one origin.
func newEntry(data any, o Origin) *entry {
	switch data := data.(type) {
	case map[string]any:
		e := newMap(o)
		for k, v := range data {
			e.fields[k] = newEntry(v, o)
		}
		return e
	case []any:
		e := &entry{items: make([]*entry, len(data)), origin: o}
		for i, v := range data {
			e.items[i] = newEntry(v, o)
		}
		return e
	default:
		return &entry{scalar: data, origin: o}
	}
}

// plain returns the entry as JSON-like data that shares nothing with it.
func (e *entry) plain() any {
	switch {
	case e.fields != nil:
		m := make(map[string]any, len(e.fields))
		for k, f := range e.fields {
			m[k] = f.plain()
		}
		return m
	case e.items != nil:
		l := make([]any, len(e.items))
		for i, item := range e.items {
			l[i] = item.plain()
		}
		return l
	default:
		return e.scalar
	}
}

func (e *entry) isMap() bool  { return e != nil && e.fields != nil }
func (e *entry) isNull() bool { return e.fields == nil && e.items == nil && e.scalar == nil }

// kind names what the entry is, for messages.
func (e *entry) kind() string {
	switch {
	case e.fields != nil:
		return "a map"
	case e.items != nil:
		return "a list"
	}
	switch e.scalar.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return "text"
	}
	return "a number"
}

// at returns the entry at a dotted key, or nil. It is for keys of our tables,
// none of which has a dot in a segment.
func (e *entry) at(key string) *entry {
	if last, _, whole := e.reach(key); whole {
		return last
	}
	return nil
}

// reach follows a dotted key as far as there are maps. It returns the last
// entry and whether the whole key was followed.
func (e *entry) reach(key string) (last *entry, depth int, whole bool) {
	last = e
	for segment := range strings.SplitSeq(key, ".") {
		if !last.isMap() || last.fields[segment] == nil {
			return last, depth, false
		}
		last = last.fields[segment]
		depth++
	}
	return last, depth, true
}

// child returns the entry of a key, or nil; e may be nil too.
func (e *entry) child(key string) *entry {
	if e == nil {
		return nil
	}
	return e.fields[key]
}
