package images

import (
	"fmt"
	"regexp"
	"strings"
)

// mirror is a part of a registry and what stands in for it.
type mirror struct{ from, to string }

// Mirrors say which registries, or folders of them, others stand in for.
type Mirrors []mirror

// ParseMirrors reads mirrors as FROM=TO, such as
// docker.io=registry.example.org/mirror. FROM may be a registry, a folder of it
// or an image, without tag; without a registry it is Docker Hub's.
func ParseMirrors(flags []string) (Mirrors, error) {
	var mirrors Mirrors
	for _, flag := range flags {
		from, to, ok := strings.Cut(flag, "=")
		from, to = strings.TrimSuffix(from, "/"), strings.TrimSuffix(to, "/")
		if !ok || !isPlace(from) || !isPlace(to) {
			return nil, fmt.Errorf("a mirror is FROM=TO, such as docker.io=registry.example.org/mirror, not %q", flag)
		}
		if registry, _, _ := strings.Cut(to, "/"); !isRegistry(registry) {
			return nil, fmt.Errorf("mirror %q: %q is not a registry: write its host, such as registry.example.org", flag, registry)
		}
		mirrors = append(mirrors, mirror{from: fullPlace(from), to: to})
	}
	return mirrors, mirrors.check()
}

// check refuses mirrors of what is a mirror, which never apply: an image at a
// mirror stays there.
func (m Mirrors) check() error {
	for i, a := range m {
		for j, b := range m {
			switch {
			case isBelow(a.from, b.to):
				return fmt.Errorf("mirror %s=%s has no effect: images below %s stay where they are, because it is the mirror of %s", a.from, a.to, b.to, b.from)
			case i < j && a.from == b.from && a.to != b.to:
				return fmt.Errorf("%s has two mirrors, %s and %s", a.from, a.to, b.to)
			}
		}
	}
	return nil
}

// isPlace reports whether a text can be a registry or a folder of it, in lower
// case as runtimes want it.
func isPlace(s string) bool {
	return regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$`).MatchString(s)
}

// fullPlace returns a place with its registry.
func fullPlace(s string) string {
	registry, rest, _ := strings.Cut(s, "/")
	switch {
	case registry == "index."+hub:
		return strings.TrimSuffix(hub+"/"+rest, "/")
	case isRegistry(registry):
		return s
	}
	return hub + "/" + s
}

// apply returns where an image is: at the mirror of the longest place that it is
// below, or where it was if there is none. An image that is at a mirror stays.
func (m Mirrors) apply(image string) string {
	name := FullName(image)
	best := mirror{}
	for _, candidate := range m {
		if isBelow(name, candidate.to) {
			return image
		}
		if isBelow(name, candidate.from) && len(candidate.from) > len(best.from) {
			best = candidate
		}
	}
	if best.from == "" {
		return image
	}
	return best.to + strings.TrimPrefix(name, best.from)
}
