package source

import (
	"bytes"
	"context"

	"github.com/seldonctl/seldonctl/finding"
)

// keptFile is a small file, kept for the next pass.
type keptFile struct {
	data []byte
	// outlines are its documents; nil where they are not known.
	outlines []outline
}

// outline is a document that was known by its header.
type outline struct {
	header
	line, column int
	raw          []byte
}

// outlineSize is about what an outline takes besides its text.
const outlineSize = 128

// again yields the documents of a file that is kept. The first time it notes them,
// so that the next pass need not cut the text again.
func (in *Inputs) again(ctx context.Context, name string, kept *keptFile, s *splitter, yield func(*Document, *finding.Finding) bool) bool {
	if kept.outlines != nil {
		for i := range kept.outlines {
			if o := &kept.outlines[i]; ctx.Err() != nil || !yield(o.document(name), nil) {
				return false
			}
		}
		return true
	}
	outlines, room := []outline{}, in.room
	s.open(bytes.NewReader(kept.data), len(kept.data))
	more := documents(ctx, name, s, func(d *Document, f *finding.Finding) bool {
		if d == nil || d.root != nil {
			// Findings and the items of lists come of reading all of the text.
			room = -1
		} else if room -= int64(len(d.Raw)) + outlineSize; room >= 0 {
			outlines = append(outlines, outline{header{d.APIVersion, d.Kind, d.Namespace, d.Name}, d.Line, d.column, d.Raw})
		}
		return yield(d, f)
	})
	if more && room >= 0 {
		kept.outlines, in.room = outlines, room
	}
	return more
}

// document returns the document as if it was read.
func (o *outline) document(file string) *Document {
	return &Document{
		File: file, Line: o.line, column: o.column, Raw: o.raw,
		APIVersion: o.apiVersion, Kind: o.kind, Namespace: o.namespace, Name: o.name,
	}
}
