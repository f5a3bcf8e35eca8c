package krm

import (
	"cmp"
	"path"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
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
	origin origin
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

func newItem(n *yaml.RNode) *item {
	// All that is missing is empty.
	meta, _ := n.GetMeta()
	internal, legacy := meta.Annotations[kioutil.PathAnnotation], meta.Annotations[legacyPathAnnotation]
	o := origin{path: cmp.Or(internal, legacy), internal: internal != "", legacy: legacy != ""}
	index := meta.Annotations[kioutil.IndexAnnotation]
	if !o.internal {
		index = meta.Annotations[legacyIndexAnnotation]
	}
	if n, err := strconv.Atoi(index); err == nil {
		o.index = max(n, 0)
	}
	return &item{
		RNode: n, origin: o, marker: meta.Annotations[MarkerAnnotation],
		Object: finding.Object{APIVersion: meta.APIVersion, Kind: meta.Kind, Namespace: meta.Namespace, Name: meta.Name},
	}
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
	text, err := i.RNode.String()
	if err != nil {
		return nil, finding.List{finding.New(finding.BadSyntax, nil, "the object cannot be written as YAML")}
	}
	return documentsOf("", []byte(text))
}

// documentsOf returns the documents of a text.
func documentsOf(name string, text []byte) ([]*source.Document, finding.List) {
	var docs []*source.Document
	var findings finding.List
	for doc, fault := range source.Text(name, text) {
		if fault != nil {
			findings = append(findings, *fault)
			continue
		}
		docs = append(docs, doc)
	}
	return docs, findings
}
