package manifest

import (
	"maps"
	"strings"
)

// Object is one Kubernetes object that a render writes.
type Object struct {
	APIVersion string
	Kind       string
	// Namespace is empty for an object without one.
	Namespace string
	Name      string
	// Value is any value that encoding/json writes as the whole object, apiVersion,
	// kind and metadata first. One that is [Encodable] is written faster.
	Value any
}

// ID returns what tells the object from all others in a cluster: group, kind,
// namespace and name. The version is not part of it.
func (o Object) ID() ID {
	group := ""
	for i := range o.APIVersion {
		if o.APIVersion[i] == '/' {
			group = o.APIVersion[:i]
			break
		}
	}
	return ID{Group: group, Kind: o.Kind, Namespace: o.Namespace, Name: o.Name}
}

// EditAnnotations changes the annotations of the object, never those of its pods.
// Objects may share a map, so what is edited is a copy.
func (o Object) EditAnnotations(edit func(annotations map[string]string)) {
	object, ok := o.Value.(interface {
		GetAnnotations() map[string]string
		SetAnnotations(map[string]string)
	})
	if !ok {
		return
	}
	annotations := maps.Clone(object.GetAnnotations())
	if annotations == nil {
		annotations = map[string]string{}
	}
	edit(annotations)
	object.SetAnnotations(annotations)
}

// ID identifies an object in a cluster.
type ID struct {
	Group     string
	Kind      string
	Namespace string
	Name      string
}

// Qualified returns namespace/name, or the name of an object without a namespace.
func (id ID) Qualified() string {
	if id.Namespace == "" {
		return id.Name
	}
	return id.Namespace + "/" + id.Name
}

// HoldsSecrets reports whether objects of a kind hold what must not be seen:
// Secrets and lists of them, of whatever group and in whatever case, as a
// misspelt one holds the same.
func HoldsSecrets(kind string) bool {
	kind = strings.ToLower(kind)
	return strings.TrimSuffix(strings.TrimSuffix(kind, "list"), "s") == "secret"
}
