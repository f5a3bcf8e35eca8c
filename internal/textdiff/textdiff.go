package textdiff

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// Unified returns the differences between two texts in the unified format with
// three lines of context, uncoloured, or nil when the texts are equal. The names
// stand in its first two lines. The differences are anchored on lines that occur
// once in both texts, which takes O(n log n) time whatever the texts are.
func Unified(oldName string, old []byte, newName string, new []byte) []byte {
	out := diff.Diff(oldName, old, newName, new)
	// The first line repeats the names the way the diff command was called.
	if _, rest, ok := bytes.Cut(out, []byte("\n")); ok {
		return rest
	}
	return nil
}
