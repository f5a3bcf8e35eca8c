package krm

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/source"
)

// localConfigAnnotation keeps an item out of clusters: kustomize leaves it out of
// its output, kpt keeps the file and does not apply it.
const localConfigAnnotation = "config.kubernetes.io/local-config"

// MarkerAnnotation is on the metadata of each object that the function made, and
// on nothing else. Its value names the source. Only objects that have it are ever
// replaced or removed.
const MarkerAnnotation = "seldonctl.io/generated-by"

// Annotations that hosts wrote before those of internal.config.kubernetes.io, and
// still do beside them.
const (
	legacyPathAnnotation  = "config.kubernetes.io/path"
	legacyIndexAnnotation = "config.kubernetes.io/index"
	legacyIDAnnotation    = "config.k8s.io/id"
)

// belongsToHost reports whether an annotation is a record that a host, which is
// the program that runs functions, keeps about one item. It stays with its item
// whatever becomes of the content.
func belongsToHost(key string) bool {
	return slices.Contains([]string{legacyPathAnnotation, legacyIndexAnnotation, legacyIDAnnotation}, key) ||
		hasPrefix(key, "internal.config.kubernetes.io/", "kustomize.config.k8s.io/", "internal.kpt.dev/")
}

// isReserved reports whether an annotation has a meaning to hosts or to this
// package, and so must not wander from a SeldonDeployment to what it renders to.
func isReserved(key string) bool {
	return belongsToHost(key) || hasPrefix(key, "config.kubernetes.io/", "alpha.config.kubernetes.io/", "config.k8s.io/", "seldonctl.io/")
}

// previousNames is where kustomize lists what an item was called before namePrefix,
// nameSuffix and the like. It corrects the names in what refers to the item when
// all functions have run, in what they have added too.
const previousNames = "internal.config.kubernetes.io/previousNames"

// formerNames returns the names under which other items still refer to an item.
func formerNames(doc *source.Document) []string {
	return strings.FieldsFunc(doc.Annotation(previousNames), func(c rune) bool { return c == ',' })
}

func hasPrefix(key string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
}
