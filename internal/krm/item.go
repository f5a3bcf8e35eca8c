package krm

import (
	"path"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/seldon"
)

// item is one object of the list.
type item struct {
	node                              *yaml.Node
	apiVersion, kind, namespace, name string
	origin                            origin
	// marker names the source of an object that an earlier run made.
	marker string
}

// origin is where an item comes from and goes back to, in the package of a host.
type origin struct {
	// path is relative, with slashes, and empty for a host that has no files.
	path  string
	index int
	// internal and legacy tell which annotations the item has.
	internal, legacy bool
}

func newItem(n *yaml.Node) *item {
	metadata, annotations := member(n, "metadata"), annotationsOf(n)
	return &item{
		node:       n,
		apiVersion: memberText(n, "apiVersion"),
		kind:       memberText(n, "kind"),
		namespace:  memberText(metadata, "namespace"),
		name:       memberText(metadata, "name"),
		marker:     memberText(annotations, MarkerAnnotation),
		origin:     originOf(annotations),
	}
}

func newItems(nodes []*yaml.Node) []*item {
	items := make([]*item, len(nodes))
	for i, n := range nodes {
		items[i] = newItem(n)
	}
	return items
}

func originOf(annotations *yaml.Node) origin {
	internal, legacy := memberText(annotations, pathAnnotation), memberText(annotations, legacyPathAnnotation)
	o := origin{path: internal, internal: internal != "", legacy: legacy != ""}
	index := memberText(annotations, indexAnnotation)
	if !o.internal {
		o.path, index = legacy, memberText(annotations, legacyIndexAnnotation)
	}
	if n, err := strconv.Atoi(index); err == nil && n > 0 {
		o.index = n
	}
	return o
}

// dir returns the folder that the item stands in; it is . without a path.
func (o origin) dir() string { return path.Dir(o.path) }

// isSeldon reports whether the item is a SeldonDeployment, or claims to be so
// nearly one that somebody should be told.
func (i *item) isSeldon() bool {
	group, _, _ := strings.Cut(i.apiVersion, "/")
	return group == seldon.Group || i.kind == seldon.Kind
}

// isList reports whether the item holds other objects. Hosts take most lists
// apart before functions see them.
func (i *item) isList() bool {
	items := member(i.node, "items")
	return strings.HasSuffix(i.kind, "List") && items != nil && items.Kind == yaml.SequenceNode && i.name == ""
}

// isReferred reports whether SeldonDeployments can refer to the item.
func (i *item) isReferred() bool {
	return i.apiVersion == "v1" && i.kind == "ServiceAccount" || secrets.MakesSecret(i.apiVersion, i.kind)
}

// object names the item in findings.
func (i *item) object() finding.Object {
	return finding.Object{APIVersion: i.apiVersion, Kind: i.kind, Namespace: i.namespace, Name: i.name}
}

// id returns what a cluster would know the item by; namespace is for an item
// without one.
func (i *item) id(namespace string) manifest.ID {
	o := manifest.Object{APIVersion: i.apiVersion, Kind: i.kind, Namespace: i.namespace, Name: i.name}
	if o.Namespace == "" {
		o.Namespace = namespace
	}
	return o.ID()
}
