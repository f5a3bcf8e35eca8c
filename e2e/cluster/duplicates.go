package cluster

import (
	"fmt"

	"k8s.io/apimachinery/pkg/runtime"
)

// mergeKeys are the fields by which server-side apply tells the entries of a
// container's lists apart.
var mergeKeys = map[string][]string{
	"ports": {"containerPort", "protocol"},
	"env":   {"name"},
}

// WithoutDuplicates returns a Deployment's spec with the last of the entries that
// server-side apply cannot tell apart, and whether there are any; other specs have
// none. The operator writes such entries, server-side apply takes none, so
// applying that way replaces the pods once.
func WithoutDuplicates(spec map[string]any) (map[string]any, bool) {
	spec = runtime.DeepCopyJSON(spec)
	template, _ := spec["template"].(map[string]any)
	pod, _ := template["spec"].(map[string]any)
	found := false
	for _, list := range []string{"containers", "initContainers"} {
		containers, _ := pod[list].([]any)
		for _, c := range containers {
			container := c.(map[string]any)
			for field, keys := range mergeKeys {
				entries, _ := container[field].([]any)
				if kept := lastOfEach(entries, keys); len(kept) < len(entries) {
					container[field], found = kept, true
				}
			}
		}
	}
	return spec, found
}

// lastOfEach returns the last entry for every key.
func lastOfEach(entries []any, keys []string) []any {
	last := make(map[string]int)
	for i, e := range entries {
		last[mergeKey(e, keys)] = i
	}
	var kept []any
	for i, e := range entries {
		if last[mergeKey(e, keys)] == i {
			kept = append(kept, e)
		}
	}
	return kept
}

func mergeKey(entry any, keys []string) string {
	var text string
	for _, k := range keys {
		text += fmt.Sprint(entry.(map[string]any)[k], "/")
	}
	return text
}
