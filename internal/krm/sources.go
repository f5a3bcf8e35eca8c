package krm

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"

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

// documentsOf returns the documents of a text; their findings are about a file of
// that name.
func documentsOf(text []byte, name string) ([]*source.Document, finding.List) {
	in := source.Open([]string{ownText}, source.Options{Stdin: bytes.NewReader(text)})
	var docs []*source.Document
	var findings finding.List
	for doc, fault := range in.Documents(context.Background()) {
		if fault != nil {
			f := *fault
			f.Pos.File = name
			findings = append(findings, f)
			continue
		}
		docs = append(docs, doc)
	}
	if err := in.Close(); err != nil {
		findings = append(findings, finding.New(finding.UnreadableInput, nil, "cannot be read: %v", err).At(finding.Position{File: name}))
	}
	return docs, findings
}

// document returns the only document that an item is.
func (i *item) document() (*source.Document, finding.List) {
	text, err := encodeNode(i.node, false)
	if err != nil {
		return nil, finding.List{finding.New(finding.BadSyntax, nil, "the object cannot be written as YAML")}
	}
	docs, findings := documentsOf(text, ownText)
	switch {
	case findings.HasErrors():
		return nil, findings
	case len(docs) == 1 && docs[0].IsSeldonDeployment() == (i.kind == seldon.Kind):
		return docs[0], findings
	case i.kind == seldon.ListKind:
		return nil, append(findings, finding.New(finding.UnknownKind, field.NewPath("kind"), "a list cannot be rendered: its items have no place of their own").
			WithHint("make each SeldonDeployment a document of its own"))
	}
	return nil, append(findings, finding.New(finding.NotAnObject, nil, "the object cannot be read as one document"))
}

// findSources collects the SeldonDeployments to render: those among the items,
// then those of the functionConfig that are not among them.
func (r *run) findSources() []*deploymentSource {
	for _, it := range r.items {
		if it.isSeldon() {
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

// addSource adds a SeldonDeployment that is a node. Among the items is nil for
// one that is not.
func (r *run) addSource(it, among *item, markerPrefix string, about subject) {
	doc, findings := it.document()
	r.report(findings, about)
	if doc != nil {
		r.addDocument(doc, among, markerPrefix, about)
	}
}

// addFile adds the SeldonDeployments of a file; other documents are not looked at.
func (r *run) addFile(name string) {
	text, ok := r.readNamed(name, "files")
	if !ok {
		return
	}
	docs, findings := documentsOf(text, r.resolve(name))
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
func (r *run) addDocument(doc *source.Document, among *item, markerPrefix string, about subject) {
	name := path.Join(seldon.Kind, orDefault(doc.Namespace, r.namespace()), doc.Name)
	for _, other := range r.sources {
		if strings.TrimPrefix(other.marker, r.configMarker()) != name {
			continue
		}
		if among != nil || other.item == nil {
			r.report(finding.List{finding.New(finding.DuplicateObject, nil, "there is another %s %s", seldon.Kind, doc.Name).
				WithHint("rename one of them, or give it another namespace")}, about)
		}
		return
	}
	r.sources = append(r.sources, &deploymentSource{doc: doc, name: doc.Name, subject: about, item: among, marker: markerPrefix + name})
}

// configMarker begins the markers of objects whose source is in the functionConfig,
// or named by it.
func (r *run) configMarker() string {
	if c := r.configItem; c != nil {
		return path.Join(c.kind, c.namespace, c.name) + ":"
	}
	return ":"
}

func (r *run) configSubject() subject {
	if r.configItem == nil {
		return subject{}
	}
	return r.configItem.subject()
}

// namespace is that of SeldonDeployments without one.
func (r *run) namespace() string { return orDefault(r.config.Namespace, "default") }

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
