package recorded

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Compare returns how two sets of objects differ, a line each, and nothing when
// they are equal. Equal means: the same kinds, namespaces and names, each as
// often, and the same tree for each, where
//
//   - the order of objects does not matter, that of list entries does;
//   - a field that is absent, null, "", {} or [] is the same as any other of
//     these, except emptyDir: {} and the entries of labels, annotations,
//     matchLabels and nodeSelector;
//   - status is ignored;
//   - numbers and strings are different;
//   - ENGINE_PREDICTOR is base64: what counts are the decoded bytes.
func Compare(got, want []Object) []string {
	have, expected := byIdentity(got), byIdentity(want)
	var d differences
	for _, id := range identities(have, expected) {
		d.object = id.String()
		d.group(have[id], expected[id])
	}
	return d.lines
}

func byIdentity(objects []Object) map[identity][]map[string]any {
	out := make(map[identity][]map[string]any, len(objects))
	for _, o := range objects {
		out[o.id] = append(out[o.id], o.tree)
	}
	return out
}

func identities(a, b map[identity][]map[string]any) []identity {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return slices.SortedFunc(maps.Keys(all), func(x, y identity) int {
		return strings.Compare(x.String(), y.String())
	})
}

// differences collects lines about one object after the other.
type differences struct {
	object string
	lines  []string
}

func (d *differences) add(path, format string, args ...any) {
	line := d.object + ": "
	if path != "" {
		line += path + ": "
	}
	d.lines = append(d.lines, line+fmt.Sprintf(format, args...))
}

// group compares the objects of one identity. The operator can build several of
// the same name; those without an equal partner are compared in order.
func (d *differences) group(got, want []map[string]any) {
	switch {
	case len(want) == 0:
		d.add("", "not expected%s", times(len(got)))
		return
	case len(got) == 0:
		d.add("", "missing%s", times(len(want)))
		return
	case len(got) != len(want):
		d.add("", "got %d of them, want %d", len(got), len(want))
	}
	if len(got) > 1 || len(want) > 1 {
		got, want = unpaired(got, want)
	}
	for i := range min(len(got), len(want)) {
		d.value("", got[i], want[i])
	}
}

func times(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(", %d times", n)
}

// unpaired leaves out the objects that have an equal partner.
func unpaired(got, want []map[string]any) (restGot, restWant []map[string]any) {
	restWant = slices.Clone(want)
	for _, g := range got {
		i := slices.IndexFunc(restWant, func(w map[string]any) bool {
			var d differences
			d.value("", g, w)
			return len(d.lines) == 0
		})
		if i < 0 {
			restGot = append(restGot, g)
			continue
		}
		restWant = slices.Delete(restWant, i, i+1)
	}
	return restGot, restWant
}

// value compares two values that are both there.
func (d *differences) value(path string, got, want any) {
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			d.maps(path, g, w)
			return
		}
	case []any:
		if g, ok := got.([]any); ok {
			d.lists(path, g, w)
			return
		}
	}
	if !reflect.DeepEqual(got, want) {
		d.add(path, "got %s, want %s", show(got), show(want))
	}
}

func (d *differences) maps(path string, got, want map[string]any) {
	if isPayload(got) && isPayload(want) {
		d.payload(path, got["value"], want["value"])
		got, want = without(got, "value"), without(want, "value")
	}
	all := maps.Clone(got)
	maps.Copy(all, want)
	for _, key := range slices.Sorted(maps.Keys(all)) {
		g, inGot := got[key]
		w, inWant := want[key]
		switch at := join(path, key); {
		case !inGot:
			d.add(at, "missing, want %s", show(w))
		case !inWant:
			d.add(at, "got %s, want nothing", show(g))
		default:
			d.value(at, g, w)
		}
	}
}

// lists compares entries by place. Of lists with named entries that are not the
// same names it says so first, and then compares those of the same name: one
// entry too many would make all after it look wrong.
func (d *differences) lists(path string, got, want []any) {
	gotNames, named := entryNames(got)
	wantNames, alsoNamed := entryNames(want)
	if named && alsoNamed && !slices.Equal(gotNames, wantNames) {
		d.add(path, "got entries %s, want %s", shortened(fmt.Sprint(gotNames)), shortened(fmt.Sprint(wantNames)))
		for i, name := range gotNames {
			if j := slices.Index(wantNames, name); j >= 0 {
				d.value(fmt.Sprintf("%s[%d]", path, i), got[i], want[j])
			}
		}
		return
	}
	if len(got) != len(want) {
		d.add(path, "got %d entries, want %d", len(got), len(want))
	}
	for i := range max(len(got), len(want)) {
		switch at := fmt.Sprintf("%s[%d]", path, i); {
		case i >= len(got):
			d.add(at, "missing, want %s", show(want[i]))
		case i >= len(want):
			d.add(at, "got %s, want nothing", show(got[i]))
		default:
			d.value(at, got[i], want[i])
		}
	}
}

// entryNames returns the names of a list's entries if all have different ones.
func entryNames(list []any) (names []string, ok bool) {
	for _, entry := range list {
		m, _ := entry.(map[string]any)
		name := text(m["name"])
		if name == "" || slices.Contains(names, name) {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

func without(m map[string]any, key string) map[string]any {
	out := maps.Clone(m)
	delete(out, key)
	return out
}

// join appends a key to a path; keys such as app.kubernetes.io/name are quoted.
func join(path, key string) string {
	if strings.ContainsAny(key, "./[] ") || key == "" {
		return path + "[" + strconv.Quote(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}
