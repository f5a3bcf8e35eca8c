package images

import "strings"

// The modules that parse references were tried: one takes a millisecond of every
// start for its regular expressions, the other brings the network's package.

// hub is the registry of names that have none.
const hub = "docker.io"

// FullName returns an image's name with its registry, as container runtimes
// complete it: nginx is docker.io/library/nginx. Tag and digest stay.
func FullName(image string) string {
	registry, rest, ok := strings.Cut(image, "/")
	switch {
	case !ok:
		return hub + "/library/" + image
	case registry == "index."+hub || registry == hub:
		if !strings.Contains(rest, "/") {
			rest = "library/" + rest
		}
		return hub + "/" + rest
	case isRegistry(registry):
		return image
	}
	return hub + "/" + image
}

// isRegistry reports whether the first part of a name is a registry.
func isRegistry(part string) bool {
	return strings.ContainsAny(part, ".:") || part == "localhost"
}

// digestOf returns the digest that an image's name ends with, or nothing.
func digestOf(image string) string {
	_, digest, _ := strings.Cut(image, "@")
	return digest
}

// isBelow reports whether a full name is in a registry or one of its folders.
func isBelow(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	return ok && (rest == "" || strings.ContainsRune("/:@", rune(rest[0])))
}
