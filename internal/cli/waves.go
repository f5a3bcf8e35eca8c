package cli

import (
	"maps"
	"strconv"

	"github.com/seldonctl/seldonctl/manifest"
)

// annotationSyncWave orders what Argo CD applies: it begins with the lowest wave
// and waits until its objects are healthy.
const annotationSyncWave = "argocd.argoproj.io/sync-wave"

// syncWave returns the wave of rendered objects of a kind: what pods refer to,
// the Services, the pods, and what needs these to be there.
func syncWave(kind string) int {
	switch kind {
	case "ServiceAccount", "Secret":
		return -2
	case "Service":
		return -1
	case "Deployment":
		return 0
	}
	return 1
}

// setSyncWave annotates an object, never its pods, with its sync wave. A wave of
// the user's own stays.
func setSyncWave(o manifest.Object) {
	object, ok := o.Value.(interface {
		GetAnnotations() map[string]string
		SetAnnotations(map[string]string)
	})
	if !ok {
		return
	}
	// The map may be that of other objects too.
	annotations := maps.Clone(object.GetAnnotations())
	if _, set := annotations[annotationSyncWave]; set {
		return
	}
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[annotationSyncWave] = strconv.Itoa(syncWave(o.Kind))
	object.SetAnnotations(annotations)
}
