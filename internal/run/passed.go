package run

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
)

// Passed returns a document that goes to the output as it is. Its value is made
// when a format asks for it; the error of that may be an [UnreadableError].
func Passed(doc *source.Document) manifest.Document {
	return manifest.Document{
		Object: manifest.Object{
			APIVersion: doc.APIVersion, Kind: doc.Kind, Namespace: doc.Namespace, Name: doc.Name, Value: lazyJSON{doc},
		},
		Raw: doc.Raw,
	}
}

// lazyJSON is a document of the input as JSON.
type lazyJSON struct{ doc *source.Document }

// MarshalJSON implements [json.Marshaler].
func (l lazyJSON) MarshalJSON() ([]byte, error) {
	text, faults := l.doc.JSON()
	if faults.HasErrors() {
		return nil, &UnreadableError{faults}
	}
	return text, nil
}

// UnreadableError says why a document cannot become JSON, which need not keep it
// from being passed through as it is.
type UnreadableError struct{ Findings finding.List }

func (e *UnreadableError) Error() string { return e.Findings[0].Message }
