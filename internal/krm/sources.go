package krm

import (
	"fmt"
	"path"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/seldon"
)

// deploymentSource is a SeldonDeployment to render, or in one case the values with
// the credentials that they declare.
type deploymentSource struct {
	// doc is nil for credentials.
	doc *source.Document
	// name is the SeldonDeployment's.
	name    string
	subject subject
	// item is where it stands among the items; nil if it came from elsewhere.
	item *item
	// marker names it on the objects it renders to.
	marker string
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

// documents returns the documents that an item holds: itself, or the items of a
// list. They have no file: lines of an item mean nothing to anybody.
func (i *item) documents() ([]*source.Document, finding.List) {
	text, err := encodeNode(i.node, false)
	if err != nil {
		return nil, finding.List{finding.New(finding.BadSyntax, nil, "the object cannot be written as YAML")}
	}
	return documentsOf("", text)
}

// findSources collects the SeldonDeployments to render: those among the items,
// then those of the functionConfig that are not among them.
func (r *function) findSources() []*deploymentSource {
	for _, it := range r.items {
		if it.isSeldon() || it.isList() {
			r.addSource(it, it, "", it.subject())
		}
	}
	if c := r.configItem; c != nil && c.isSeldon() {
		r.addSource(c, nil, "", subject{object: c.object(), origin: c.origin})
	}
	for i, n := range r.config.Deployments.nodes {
		about := r.configSubject()
		about.prefix = fmt.Sprintf("spec.deployments[%d]", i)
		r.addSource(newItem(n), nil, r.configMarker(), about)
	}
	for _, name := range r.config.Files {
		r.addFile(name)
	}
	return r.sources
}

// addSource adds the SeldonDeployments of a node. Among the items is nil for one
// that is not.
func (r *function) addSource(it, among *item, markerPrefix string, about subject) {
	docs, findings := it.documents()
	n := 0
	for _, doc := range docs {
		if doc.IsSeldonDeployment() {
			n++
		}
	}
	switch {
	case n == 0 && !it.isSeldon():
		// A list of what is not ours.
		return
	case n < len(docs):
		findings = append(findings, finding.New(finding.UnknownKind, field.NewPath("items"), "a list of SeldonDeployments and other objects cannot be rendered in its place").
			WithHint("make each object a document of its own"))
	}
	r.report(findings, about)
	for _, doc := range docs {
		if it.isList() {
			about.object = doc.Object()
		}
		r.addDocument(doc, among, markerPrefix, about)
	}
}

// addFile adds the SeldonDeployments of a file; other documents are not looked at.
func (r *function) addFile(name string) {
	text, ok := r.readNamed(name, "files")
	if !ok {
		return
	}
	docs, findings := documentsOf(r.resolve(name), text)
	r.report(findings, r.configSubject())
	for _, doc := range docs {
		if doc.IsSeldonDeployment() {
			r.addDocument(doc, nil, r.configMarker(), subject{
				object: doc.Object(), origin: origin{path: r.resolve(name)},
			})
		}
	}
}

// addDocument adds a SeldonDeployment. One that is named by the functionConfig
// gives way to the same one among the items, which other functions may have
// changed.
func (r *function) addDocument(doc *source.Document, among *item, markerPrefix string, about subject) {
	name := path.Join(seldon.Kind, orDefault(doc.Namespace, r.namespace()), doc.Name)
	for _, other := range r.sources {
		if among == nil && other.item != nil && other.marker == name {
			return
		}
	}
	r.sources = append(r.sources, &deploymentSource{doc: doc, name: doc.Name, subject: about, item: among, marker: markerPrefix + name})
}

// configMarker begins the markers of objects whose source is in the functionConfig,
// or named by it.
func (r *function) configMarker() string {
	if c := r.configItem; c != nil {
		return path.Join(c.kind, c.namespace, c.name) + ":"
	}
	return ":"
}

func (r *function) configSubject() subject {
	if r.configItem == nil {
		return subject{}
	}
	return r.configItem.subject()
}

// namespace is that of SeldonDeployments without one.
func (r *function) namespace() string { return orDefault(r.config.Namespace, "default") }

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
