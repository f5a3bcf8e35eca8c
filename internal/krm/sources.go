package krm

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"slices"

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

// findSources collects the SeldonDeployments to render: those among the items,
// then those of the functionConfig that are not among them.
func (r *function) findSources() []*deploymentSource {
	for _, it := range r.items {
		if !it.isSeldon() && !it.isList() {
			continue
		}
		docs, findings := it.documents()
		if it.isSeldon() || slices.ContainsFunc(docs, (*source.Document).IsSeldonDeployment) {
			r.addSources(docs, findings, deploymentSource{item: it, subject: it.subject()})
		}
	}
	if c := r.configItem; c.isSeldon() {
		docs, findings := c.documents()
		r.addSources(docs, findings, deploymentSource{subject: c.subject()})
	}
	for i, d := range r.config.Deployments {
		about := r.configSubject()
		about.prefix = fmt.Sprintf("spec.deployments[%d]", i)
		text, err := json.Marshal(d)
		if err != nil {
			panic(err)
		}
		docs, findings := source.All("", text)
		r.addSources(docs, findings, deploymentSource{subject: about, marker: r.configMarker()})
	}
	for _, name := range r.config.Files {
		r.addFile(name)
	}
	return r.sources
}

// addFile adds the SeldonDeployments of a file; other documents are not looked at.
func (r *function) addFile(name string) {
	file, text, ok := r.readNamed("files", name)
	if !ok {
		return
	}
	docs, findings := source.All(file, text)
	r.report(findings, r.configSubject())
	for _, doc := range docs {
		if doc.IsSeldonDeployment() {
			about := subject{object: doc.Object(), origin: origin{path: file}}
			r.addSources([]*source.Document{doc}, nil, deploymentSource{subject: about, marker: r.configMarker()})
		}
	}
}

// addSources adds SeldonDeployments with what they have in common; the marker is
// the beginning of theirs. One that is named by the functionConfig gives way to
// the same one among the items, which other functions may have changed.
func (r *function) addSources(docs []*source.Document, findings finding.List, common deploymentSource) {
	for _, doc := range docs {
		if !doc.IsSeldonDeployment() {
			findings = append(findings, finding.New(finding.UnknownKind, nil, "%s is not a SeldonDeployment", doc.Object()).
				WithHint("make it a document of its own"))
			continue
		}
		s := common
		name := path.Join(seldon.Kind, cmp.Or(doc.Namespace, r.namespace()), doc.Name)
		s.doc, s.name, s.marker = doc, doc.Name, s.marker+name
		if len(docs) > 1 {
			s.subject.object = doc.Object()
		}
		if s.item != nil {
			s.item.renders = true
		} else if r.markers[name] {
			continue
		}
		r.sources = append(r.sources, &s)
		r.byDocument[doc], r.markers[s.marker] = &s, true
	}
	r.report(findings, common.subject)
}

// configMarker begins the markers of objects whose source is in the functionConfig,
// or named by it.
func (r *function) configMarker() string {
	return path.Join(r.configItem.Kind, r.configItem.Namespace, r.configItem.Name) + ":"
}

func (r *function) credentialsMarker() string { return r.configMarker() + "credentials" }

func (r *function) configSubject() subject { return r.configItem.subject() }

// namespace is that of SeldonDeployments without one.
func (r *function) namespace() string { return cmp.Or(r.config.Namespace, "default") }
