package compare

import (
	"maps"
	"reflect"
	"slices"

	"github.com/seldonctl/seldonctl/manifest"
)

// What stands in place of the values of a Secret, the way kubectl diff writes it.
const (
	maskSame   = "***"
	maskBefore = "*** (before)"
	maskAfter  = "*** (after)"
)

// annotationLastApplied holds the whole object once more.
const annotationLastApplied = "kubectl.kubernetes.io/last-applied-configuration"

// masked shows Secrets without what they hold, but tells which of it changes.
// Whatever is not known to hold nothing is masked: a misspelt stringData too.
func masked(p pair) (from, to []byte, err error) {
	a, err := p.from.decode()
	if err != nil {
		return nil, nil, err
	}
	b, err := p.to.decode()
	if err != nil {
		return nil, nil, err
	}
	maskMembers(a, b, "apiVersion", "kind", "metadata", "type", "immutable")
	x, _ := a["metadata"].(map[string]any)
	y, _ := b["metadata"].(map[string]any)
	maskMembers(x, y, "name", "generateName", "namespace", "labels", "annotations", "uid", "resourceVersion", "generation",
		"creationTimestamp", "deletionTimestamp", "ownerReferences", "finalizers", "managedFields")
	x, _ = x["annotations"].(map[string]any)
	y, _ = y["annotations"].(map[string]any)
	maskValue(x, y, annotationLastApplied)
	if from, err = appendObject(a); err != nil {
		return nil, nil, err
	}
	to, err = appendObject(b)
	return from, to, err
}

func appendObject(object map[string]any) ([]byte, error) {
	if object == nil {
		return nil, nil
	}
	text, err := encode(object)
	if err != nil {
		return nil, err
	}
	return manifest.AppendYAML(nil, text)
}

// maskMembers masks all members of an object but those that hold nothing.
func maskMembers(from, to map[string]any, but ...string) {
	names := slices.AppendSeq(slices.Collect(maps.Keys(from)), maps.Keys(to))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if !slices.Contains(but, name) {
			maskMember(from, to, name)
		}
	}
}

// maskMember masks the values of a map on both sides, or the whole member where
// it is not a map.
func maskMember(from, to map[string]any, name string) {
	a, mapA := from[name].(map[string]any)
	b, mapB := to[name].(map[string]any)
	if from[name] != nil && !mapA || to[name] != nil && !mapB {
		maskValue(from, to, name)
		return
	}
	for key := range a {
		maskValue(a, b, key)
	}
	for key := range b {
		if _, both := a[key]; !both {
			maskValue(a, b, key)
		}
	}
}

// maskValue masks one value on the sides that have it.
func maskValue(from, to map[string]any, key string) {
	a, inA := from[key]
	b, inB := to[key]
	before, after := maskSame, maskSame
	if inA && inB && !reflect.DeepEqual(a, b) {
		before, after = maskBefore, maskAfter
	}
	if inA {
		from[key] = before
	}
	if inB {
		to[key] = after
	}
}
