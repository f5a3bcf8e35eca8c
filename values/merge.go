package values

import "maps"

// merge lays over onto base as Helm joins values files and flags: maps merge,
// everything else replaces, and null stays to delete what lies below later.
func merge(base, over *entry) *entry {
	if !base.isMap() || !over.isMap() {
		return over
	}
	out := &entry{fields: make(map[string]*entry, len(base.fields)+len(over.fields)), origin: over.origin}
	maps.Copy(out.fields, base.fields)
	for k, o := range over.fields {
		if b, ok := base.fields[k]; ok {
			o = merge(b, o)
		}
		out.fields[k] = o
	}
	return out
}

// coalesce lays the user's values onto the chart's defaults. It differs from
// merge in that null deletes.
func coalesce(base, user *entry) *entry {
	if !user.isMap() {
		return user
	}
	out := &entry{fields: make(map[string]*entry, len(user.fields)), origin: user.origin}
	if base.isMap() {
		maps.Copy(out.fields, base.fields)
	}
	for k, u := range user.fields {
		if u.isNull() {
			delete(out.fields, k)
			continue
		}
		out.fields[k] = coalesce(out.fields[k], u)
	}
	return out
}
