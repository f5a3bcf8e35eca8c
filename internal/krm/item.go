package krm

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/seldon"
)

// item is one object of the list.
type item struct {
	*yaml.RNode
	finding.Object
	annotations map[string]string
	origin      origin
	// marker names the source of an object that an earlier run made.
	marker string
	// renders says that the item is a source, or holds some.
	renders bool
	// claimed is what takes the place of the item, and after what is new behind it.
	claimed *product
	after   []*product
}

// origin is where an item comes from and goes back to, in the package of a host.
type origin struct {
	// path is relative, with slashes, and empty for a host that has no files.
	path  string
	index int
}

func newItem(n *yaml.RNode) *item {
	// All that is missing is empty.
	meta, _ := n.GetMeta()
	i := &item{
		RNode: n, annotations: meta.Annotations, marker: meta.Annotations[MarkerAnnotation],
		Object: finding.Object{APIVersion: meta.APIVersion, Kind: meta.Kind, Namespace: meta.Namespace, Name: meta.Name},
	}
	for _, keys := range placeKeys {
		if i.origin.path = i.annotations[keys.path]; i.origin.path != "" {
			if index, err := strconv.Atoi(i.annotations[keys.index]); err == nil {
				i.origin.index = max(index, 0)
			}
			break
		}
	}
	return i
}

// dir returns the folder that the item stands in; it is . without a path.
func (o origin) dir() string { return path.Dir(o.path) }

// subject is what findings about the item are about.
func (i *item) subject() subject { return subject{object: i.Object, origin: i.origin} }

// isSeldon reports whether the item is a SeldonDeployment, or claims to be so
// nearly one that somebody should be told.
func (i *item) isSeldon() bool {
	group, _, _ := strings.Cut(i.APIVersion, "/")
	return group == seldon.Group || i.Kind == seldon.Kind
}

// isList reports whether the item holds other objects. Hosts take most lists
// apart before functions see them.
func (i *item) isList() bool {
	items := i.Field("items")
	return strings.HasSuffix(i.Kind, "List") && i.Name == "" && items != nil && items.Value.YNode().Kind == yaml.SequenceNode
}

// isReferred reports whether SeldonDeployments can refer to the item.
func (i *item) isReferred() bool {
	return i.APIVersion == "v1" && i.Kind == "ServiceAccount" || secrets.MakesSecret(i.APIVersion, i.Kind)
}

// id returns what a cluster would know the item by; namespace is for an item
// without one.
func (i *item) id(namespace string) manifest.ID {
	return manifest.Object{APIVersion: i.APIVersion, Kind: i.Kind, Namespace: cmp.Or(i.Namespace, namespace), Name: i.Name}.ID()
}

// documents returns the documents that an item holds: itself, or the items of a
// list. They have no file: lines of an item mean nothing to anybody.
func (i *item) documents() ([]*source.Document, finding.List) {
	return source.All("", []byte(i.MustString()))
}
