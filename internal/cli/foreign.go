package cli

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
)

// foreignKinds looks for an input that was meant for another system.
type foreignKinds struct {
	rendered bool
	// first is the first object of such a system.
	first *source.Document
}

func (k *foreignKinds) note(o *run.Outcome) {
	group := ""
	if o.Document != nil {
		group, _, _ = strings.Cut(o.Document.APIVersion, "/")
	}
	// Those of KServe, of KServe when it was part of Kubeflow, and of Seldon Core 2.
	if k.first == nil && slices.Contains([]string{"serving.kserve.io", "serving.kubeflow.org", "mlops.seldon.io"}, group) {
		k.first = o.Document
	}
	k.rendered = k.rendered || o.Rendered()
}

func (k *foreignKinds) findings() finding.List {
	if k.rendered || k.first == nil {
		return nil
	}
	return finding.List{finding.New(finding.ForeignKinds, nil, "%s of %s is not rendered: seldonctl renders SeldonDeployments of Seldon Core v1",
		k.first.Kind, k.first.APIVersion).At(k.first.Start()).About(k.first.Object())}
}
