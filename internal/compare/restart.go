package compare

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/internal/live"
	"github.com/seldonctl/seldonctl/manifest"
)

// restartPaths returns the fields of the pod template that differ when a cluster
// would start new pods for it. What a cluster fills in counts as written.
func restartPaths(id manifest.ID, from, to map[string]any) []string {
	switch id.Group + "/" + id.Kind {
	case "apps/Deployment", "apps/StatefulSet", "apps/DaemonSet":
	default:
		return nil
	}
	const template = "spec.template"
	wanted := field(to, template)
	var paths []string
	appendDiffering([]byte(template), live.Template(field(from, template), wanted), wanted, &paths)
	return paths
}

// differing returns the paths at which two objects differ.
func differing(from, to map[string]any) []string {
	var paths []string
	appendDiffering(nil, from, to, &paths)
	return paths
}

// appendDiffering adds the paths at which two trees differ. Items with names are
// compared by these.
func appendDiffering(path []byte, a, b any, paths *[]string) {
	x, ok1 := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	// The metadata has many owners, to whom a single label means something.
	if ok1 && ok2 || (ok1 || ok2) && (a == nil || b == nil) && isMetadata(path) {
		all := map[string]any{}
		maps.Copy(all, x)
		maps.Copy(all, y)
		for _, key := range slices.Sorted(maps.Keys(all)) {
			appendDiffering(leaf.AppendKey(slices.Clip(path), key), x[key], y[key], paths)
		}
		return
	}
	l, ok1 := a.([]any)
	m, ok2 := b.([]any)
	// The order of containers and variables counts too.
	names := namesOf(l)
	if !ok1 || !ok2 || len(l) != len(m) || !slices.Equal(names, namesOf(m)) {
		if !reflect.DeepEqual(a, b) {
			*paths = append(*paths, string(path))
		}
		return
	}
	for i := range l {
		item := leaf.AppendIndex(slices.Clip(path), i)
		if names != nil {
			item = append(append(append(slices.Clip(path), '['), names[i]...), ']')
		}
		appendDiffering(item, l[i], m[i], paths)
	}
}

func isMetadata(path []byte) bool {
	for _, field := range []string{"metadata", "labels", "annotations"} {
		if bytes.HasSuffix(path, []byte(field)) {
			return true
		}
	}
	return false
}

// namesOf returns the names of the items of a list, if all have one.
func namesOf(list []any) []string {
	names := make([]string, len(list))
	for i, item := range list {
		members, _ := item.(map[string]any)
		names[i] = textOr(members["name"], "")
		if names[i] == "" || strings.ContainsAny(names[i], "[]") {
			return nil
		}
	}
	return names
}
