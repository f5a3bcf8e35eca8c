package krm

import (
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// MarkerAnnotation is on the metadata of each object that the function made, and
// on nothing else. Its value names the source. Only objects that have it are ever
// replaced or removed.
const MarkerAnnotation = "seldonctl.io/generated-by"

type placeKey struct{ path, index string }

// placeKeys are the annotations in which hosts keep the file of an item and its
// place in there: those of today, and the ones before, which they still write
// beside them.
var placeKeys = [...]placeKey{
	{kioutil.PathAnnotation, kioutil.IndexAnnotation},
	{"config.kubernetes.io/path", "config.kubernetes.io/index"},
}

// belongsToHost reports whether an annotation is a record that a host, which is
// the program that runs functions, keeps about one item. It stays with its item
// whatever becomes of the content.
func belongsToHost(key string) bool {
	return slices.Contains([]string{placeKeys[1].path, placeKeys[1].index, "config.k8s.io/id"}, key) ||
		hasPrefix(key, "internal.config.kubernetes.io/", "kustomize.config.k8s.io/", "internal.kpt.dev/")
}

// isReserved reports whether an annotation has a meaning to hosts or to this
// package, and so must not wander from a SeldonDeployment to what it renders to.
func isReserved(key string) bool {
	return belongsToHost(key) || hasPrefix(key, "config.kubernetes.io/", "alpha.config.kubernetes.io/", "config.k8s.io/", "seldonctl.io/")
}

func hasPrefix(key string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) })
}

// annotate sets an annotation of an object. It panics where that is impossible:
// items without a place for annotations are not read.
func annotate(n *yaml.RNode, key, value string) {
	if err := n.PipeE(yaml.SetAnnotation(key, value)); err != nil {
		panic(err)
	}
}
