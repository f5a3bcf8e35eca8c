package printable

import (
	"encoding/json"
	"io"
)

// JSON writes a document that people may read too: indented, and < as it is.
func JSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
