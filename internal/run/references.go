package run

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
)

// readReferences is the first pass over the documents: it keeps what
// SeldonDeployments may refer to, and nothing else. What is wrong with the
// documents is found by the second pass.
func (r *Run) readReferences(ctx context.Context) render.References {
	var refs render.References
	former := formerNames{}
	for doc, fault := range r.documents(ctx) {
		if fault != nil {
			refs.Incomplete = refs.Incomplete || fault.Severity == finding.Error
			continue
		}
		r.scopes.note(doc)
		AddReference(&refs, r.decoder, doc, r.config.Namespace)
		former.note(doc)
	}
	former.addTo(&refs, r.config.Namespace)
	return refs
}

// AddReference makes a document known to a renderer if SeldonDeployments can
// refer to it. The namespace is for documents without one. Where that is empty
// they are in the one of SeldonDeployments without a namespace, and known as
// objects without one too.
func AddReference(refs *render.References, decoder *source.Decoder, doc *source.Document, namespace string) {
	if namespace == "" && doc.Namespace == "" {
		addReference(refs, decoder, doc, "")
		namespace = defaultNamespace
	}
	addReference(refs, decoder, doc, namespace)
}

func addReference(refs *render.References, decoder *source.Decoder, doc *source.Document, namespace string) {
	switch {
	case doc.IsServiceAccount():
		if sa, faults := decoder.ServiceAccount(doc); !faults.HasErrors() {
			refs.AddServiceAccount(sa, namespace)
		}
	case secrets.MakesSecret(doc.APIVersion, doc.Kind):
		known, own, _ := readSecret(doc)
		refs.AddKnownSecret(known, cmp.Or(own, namespace))
	}
}

// readSecret returns what is known of the Secret that a document is or becomes,
// its namespace, and what is wrong with it. Of a document that cannot be read the
// name is known.
func readSecret(doc *source.Document) (known secrets.Known, namespace string, findings finding.List) {
	var object map[string]any
	text, faults := doc.JSON()
	if faults.HasErrors() || json.Unmarshal(text, &object) != nil {
		known, namespace = secrets.Known{Name: doc.Name, Open: true}, doc.Namespace
	} else {
		known, namespace, findings = secrets.ReadManifest(object)
	}
	if place := doc.Start(); place.File != "" {
		known.Place = place.String()
	}
	for i := range findings {
		findings[i] = findings[i].LocatedBy(doc).About(doc.Object())
	}
	return known, namespace, findings
}
