package cli

import (
	"context"

	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/render"
)

// readReferences is the first pass over the documents: it keeps what
// SeldonDeployments may refer to, and nothing else. The namespace is for
// documents without one and may be empty. What is wrong with the documents is
// found by the second pass.
func readReferences(ctx context.Context, in *source.Inputs, decoder *source.Decoder, namespace string) render.References {
	var refs render.References
	for doc, fault := range in.Documents(ctx) {
		switch {
		case fault != nil:
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
	return refs
}
