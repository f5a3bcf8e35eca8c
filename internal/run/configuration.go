package run

import (
	"bytes"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

// LocalConfig is the annotation that keeps an object out of clusters: kustomize
// leaves it out of its output, kpt keeps the file and does not apply it.
const LocalConfig = "config.kubernetes.io/local-config"

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
	return bytes.Contains(doc.Raw, []byte(LocalConfig)) && doc.Annotation(LocalConfig) == "true"
}

// leaveOut is the outcome of a document that configures a tool.
func leaveOut(doc *source.Document) *Outcome {
	findings := doc.Check()
	return &Outcome{Document: doc, LeftOut: true, Findings: append(findings,
		finding.New(finding.ConfigurationLeftOut, nil, "%s configures a tool and is left out", doc.Object()).About(doc.Object()).At(doc.Start()))}
}
