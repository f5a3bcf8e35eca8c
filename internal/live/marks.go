package live

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/seldon"
)

// The annotations in which kubectl and the operator keep what they applied.
const (
	annotationLastApplied = "kubectl.kubernetes.io/last-applied-configuration"
	annotationRestartedAt = "kubectl.kubernetes.io/restartedAt"
	annotationOperators   = "seldon.io/last-applied"
)

// Helm's marks: it writes over a label of the operator's.
const (
	annotationHelmRelease = "meta.helm.sh/release-name"
	managedByHelm         = "Helm"
)

// isMark reports whether what stands at a place is never part of what is applied:
// the status, the server's part of the metadata, and notes of tools.
func isMark(at place) bool {
	switch at.path {
	case "status", "metadata.uid", "metadata.resourceVersion", "metadata.generation", "metadata.creationTimestamp",
		"metadata.deletionTimestamp", "metadata.deletionGracePeriodSeconds", "metadata.selfLink", "metadata.managedFields",
		"metadata.ownerReferences", "metadata.finalizers":
		return true
	}
	return at.above == "annotations" && strings.HasPrefix(at.path, "metadata.") &&
		(at.field == annotationLastApplied || at.field == annotationOperators)
}

// isFilledIn reports whether a cluster, a controller or a tool chooses what stands
// at a place when nothing is applied there.
func (w *walker) isFilledIn(at place, value any) bool {
	switch {
	case at.path == "spec.clusterIP" && value == "None":
		return false
	case at.path == "spec.replicas":
		return w.options.Autoscaled
	case at.path == "metadata.namespace":
		return true
	case at.above == "labels" || at.above == "annotations":
		if strings.HasPrefix(at.path, "metadata.") {
			return isTools(at.field)
		}
		return at.field == annotationRestartedAt
	}
	return slices.Contains(at.filled, withoutItems(at.path))
}

// isRelabelled reports whether Helm has written over a label.
func (w *walker) isRelabelled(at place, value any) bool {
	return w.helm && at.field == seldon.LabelManagedBy && strings.HasPrefix(at.path, "metadata.labels") && value == managedByHelm
}

// isTools reports whether a label or annotation is one that tools and controllers
// put on objects, by its domain. Those of Seldon's own are none.
func isTools(key string) bool {
	domain, _, ok := strings.Cut(key, "/")
	if !ok {
		return false
	}
	for _, tools := range []string{
		"kubernetes.io", "k8s.io", "argoproj.io", "fluxcd.io", "helm.sh", "k14s.io", "cattle.io", "keda.sh", "kpt.dev", "openshift.io",
		"cloud.google.com", "skaffold.dev", "tilt.dev",
	} {
		if domain == tools || strings.HasSuffix(domain, "."+tools) {
			return true
		}
	}
	return false
}

func isHelms(object map[string]any) bool {
	return textAt(object, "metadata", "annotations", annotationHelmRelease) != "" &&
		textAt(object, "metadata", "labels", seldon.LabelManagedBy) == managedByHelm
}

// lastApplied returns what kubectl apply remembers of an object.
func lastApplied(object map[string]any) (was map[string]any, known bool) {
	text := textAt(object, "metadata", "annotations", annotationLastApplied)
	if text == "" {
		return nil, false
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	err := d.Decode(&was)
	return was, err == nil && was != nil
}

// at returns what stands at a path of keys, or nil.
func at(object map[string]any, path ...string) any {
	var value any = object
	for _, key := range path {
		members, _ := value.(map[string]any)
		value = members[key]
	}
	return value
}

// textAt returns the text at a path of keys.
func textAt(object map[string]any, path ...string) string {
	text, _ := at(object, path...).(string)
	return text
}

// withoutItems takes the names of items out of a path.
func withoutItems(path string) string {
	var out strings.Builder
	depth := 0
	for _, c := range path {
		switch {
		case c == '[':
			depth++
		case c == ']' && depth > 0:
			depth--
		case depth == 0:
			out.WriteRune(c)
		}
	}
	return out.String()
}
