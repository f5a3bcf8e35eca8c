package cli

import (
	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
)

// objectFormat encodes objects as JSON to compare, never for output.
type objectFormat struct{}

var _ manifest.Format = objectFormat{}

// Append implements [manifest.Format].
func (objectFormat) Append(dst []byte, o manifest.Object) ([]byte, error) {
	text, err := leaf.JSON(o.Value)
	return append(dst, text...), err
}

// AppendPassed implements [manifest.Format]. The order of keys in a user's file
// does not count as a difference.
func (objectFormat) AppendPassed(dst []byte, d manifest.Document) ([]byte, error) {
	text, err := leaf.JSON(d.Value)
	if err != nil {
		return dst, err
	}
	normal, err := compare.Normalize(text)
	return append(dst, normal...), err
}

// Frame implements [manifest.Format].
func (objectFormat) Frame() manifest.Frame { return manifest.Frame{} }
