package run

import (
	"context"

	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/render"
)

// readReferences is the first pass over the documents: it keeps what
// SeldonDeployments may refer to, and nothing else. What is wrong with the
// documents is found by the second pass.
func (r *Run) readReferences(ctx context.Context) render.References {
	var refs render.References
	for doc, fault := range r.documents(ctx) {
		if fault == nil {
			AddReference(&refs, r.decoder, doc, r.config.Namespace)
		}
	}
	return refs
}

// AddReference makes a document known to a renderer if SeldonDeployments can
// refer to it. The namespace is for documents without one and may be empty.
func AddReference(refs *render.References, decoder *source.Decoder, doc *source.Document, namespace string) {
	switch {
	case doc.IsServiceAccount():
		if sa, _, faults := decoder.ServiceAccount(doc); !faults.HasErrors() {
			refs.AddServiceAccount(sa, namespace)
		}
	case doc.IsSecret():
		if secret, _, faults := decoder.Secret(doc); !faults.HasErrors() {
			refs.AddSecret(secret, namespace)
		}
	}
}
