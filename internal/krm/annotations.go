package krm

import "strings"

// Annotations that hosts, which are the programs that run functions, use to
// follow items on their way. The legacy pair says the same as the other.
const (
	pathAnnotation        = "internal.config.kubernetes.io/path"
	indexAnnotation       = "internal.config.kubernetes.io/index"
	legacyPathAnnotation  = "config.kubernetes.io/path"
	legacyIndexAnnotation = "config.kubernetes.io/index"

	// localConfigAnnotation keeps an item out of clusters: kustomize leaves it out
	// of its output, kpt keeps the file and does not apply it.
	localConfigAnnotation = "config.kubernetes.io/local-config"
)

// MarkerAnnotation is on the metadata of each object that the function made, and
// on nothing else. Its value names the source. Only objects that have it are ever
// replaced or removed.
const MarkerAnnotation = "seldonctl.io/generated-by"

// belongsToHost reports whether an annotation is a host's record about one item.
// It stays with its item whatever becomes of the content.
func belongsToHost(key string) bool {
	switch key {
	case legacyPathAnnotation, legacyIndexAnnotation, "config.k8s.io/id":
		return true
	}
	for _, prefix := range [...]string{"internal.config.kubernetes.io/", "kustomize.config.k8s.io/", "internal.kpt.dev/"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// isReserved reports whether an annotation has a meaning to hosts or to this
// package, and so must not wander from a SeldonDeployment to what it renders to.
func isReserved(key string) bool {
	if belongsToHost(key) {
		return true
	}
	for _, prefix := range [...]string{"config.kubernetes.io/", "alpha.config.kubernetes.io/", "config.k8s.io/", "seldonctl.io/"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}
