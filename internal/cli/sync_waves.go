package cli

import (
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

// setSyncWave annotates an object with its sync wave. A wave of the user's own
// stays.
func setSyncWave(o manifest.Object) {
	o.EditAnnotations(func(annotations map[string]string) {
		if _, set := annotations[annotationSyncWave]; !set {
			annotations[annotationSyncWave] = strconv.Itoa(syncWave(o.Kind))
		}
	})
}
