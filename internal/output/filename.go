package output

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/seldonctl/seldonctl/manifest"
)

// How files in an output folder are named: [namespace_]kind_name.yaml in lower
// case. Where that is not what the object is called, is too long, or is the name
// of another object's file too, a tag follows that only depends on the object, so
// that names stay the same whatever else a run renders.

// extension is that of files in an output folder, lockExtension that of one which
// tells of the others.
const (
	extension     = ".yaml"
	lockExtension = ".lock"
)

// maxStem leaves room for a tag and the extension in the 255 bytes that file
// systems allow.
const maxStem = 200

// tag tells objects apart whose files would have the same name.
type tag [4]byte

// tagOf returns the tag of an object. One without a name, which a cluster will
// give it, is told apart by what it says.
func tagOf(id manifest.ID, text []byte) tag {
	said := []byte(strings.Join([]string{id.Group, id.Kind, id.Namespace, id.Name}, "\x00"))
	if id.Name == "" {
		said = append(said, text...)
	}
	sum := sha256.Sum256(said)
	return tag(sum[:])
}

// appendTo returns a stem with the tag.
func (t tag) appendTo(stem string) string { return stem + "-" + hex.EncodeToString(t[:]) }

// stemOf returns the name of an object's file without extension. It reports
// whether the name says all of the object's; otherwise it needs a tag.
func stemOf(id manifest.ID) (stem string, exact bool) {
	parts := []string{id.Kind, id.Name}
	if id.Namespace != "" {
		parts = []string{id.Namespace, id.Kind, id.Name}
	}
	exact = true
	for i, part := range parts {
		lower := strings.ToLower(part)
		legal := strings.Map(legalRune, lower)
		// Kinds can lose their capitals.
		if legal != lower || part == "" || part != lower && part != id.Kind {
			exact = false
		}
		parts[i] = legal
	}
	stem = strings.Join(parts, "_")
	if len(stem) > maxStem {
		return stem[:maxStem], false
	}
	return stem, exact
}

// legalRune keeps what any file system takes and what does not join parts.
func legalRune(r rune) rune {
	if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '.' {
		return r
	}
	return '-'
}
