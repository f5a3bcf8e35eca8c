package run

import (
	"bytes"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

// localConfig is the annotation with which kustomize and kpt mark what no cluster
// is to get.
const localConfig = "config.kubernetes.io/local-config"

// toolGroups are the groups of objects that configure programs. No cluster
// serves them.
func toolGroups() []string {
	return []string{"kustomize.config.k8s.io", "kpt.dev", "seldonctl.io"}
}

// IsConfiguration reports whether a document, which is not a SeldonDeployment,
// configures a tool: it belongs into no output.
func IsConfiguration(doc *source.Document) bool {
	if slices.Contains(toolGroups(), kindOf(doc).group) || doc.APIVersion == "builtin" {
		return true
	}
	return bytes.Contains(doc.Raw, []byte(localConfig)) && doc.Annotation(localConfig) == "true"
}

// leaveOut is the outcome of a document that configures a tool.
func leaveOut(doc *source.Document) *Outcome {
	findings := doc.Check()
	return &Outcome{Document: doc, LeftOut: true, Findings: append(findings,
		finding.New(finding.ConfigurationLeftOut, nil, "%s configures a tool and is left out", doc.Object()).About(doc.Object()).At(doc.Start()))}
}
