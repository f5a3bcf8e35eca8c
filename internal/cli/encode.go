package cli

import (
	"errors"
	"sync"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
)

// encoder brings outcomes into an output format. It is safe for concurrent use.
type encoder struct {
	format manifest.Format
	// pass lets documents through that are not SeldonDeployments, passSecrets those
	// that are Secrets.
	pass, passSecrets bool
	// waves annotates what is rendered with sync waves.
	waves bool
	// buffers are those of objects that were let go.
	buffers sync.Pool
}

// encoded is an outcome in an output format; there is nothing when an error was
// found.
type encoded struct {
	chunks []manifest.Chunk
	// buffer holds the chunks of what is rendered.
	buffer *[]byte
}

// encode encodes what an outcome has to write, and adds what is wrong with it to
// the findings.
func (e *encoder) encode(o *run.Outcome) encoded {
	var out encoded
	var err error
	switch {
	case o.Document == nil || o.LeftOut || o.Findings.HasErrors():
		return encoded{}
	case o.Rendered():
		out, err = e.rendered(o.Objects)
	case e.pass && (e.passSecrets || !manifest.HoldsSecrets(o.Document.Kind)):
		out, err = e.passed(o.Document)
	}
	if err == nil {
		return out
	}
	if unreadable, ok := errors.AsType[*run.UnreadableError](err); ok {
		o.Findings = append(o.Findings, unreadable.Findings...)
	} else {
		o.Fail(finding.CannotEncode, err)
	}
	return encoded{}
}

func (e *encoder) rendered(objects []manifest.Object) (encoded, error) {
	out := encoded{chunks: make([]manifest.Chunk, 0, len(objects)), buffer: e.newBuffer()}
	for _, object := range objects {
		if e.waves {
			setSyncWave(object)
		}
		chunk, rest, err := manifest.Encode(e.format, *out.buffer, object)
		if err != nil {
			return encoded{}, err
		}
		*out.buffer = rest
		out.chunks = append(out.chunks, chunk)
	}
	return out, nil
}

func (e *encoder) passed(doc *source.Document) (encoded, error) {
	chunk, _, err := manifest.EncodePassed(e.format, nil, run.Passed(doc))
	return encoded{chunks: []manifest.Chunk{chunk}}, err
}

// newBuffer returns an empty buffer for the objects of a document.
func (e *encoder) newBuffer() *[]byte {
	// Most SeldonDeployments become less than this.
	const usual = 16 << 10
	if b, ok := e.buffers.Get().(*[]byte); ok {
		return b
	}
	return new(make([]byte, 0, usual))
}

// recycle takes back the memory of encoded objects, which nobody may look at any
// more.
func (e *encoder) recycle(out encoded) {
	// Larger buffers than this are left to the garbage collector.
	const maxKept = 1 << 20
	if out.buffer == nil || cap(*out.buffer) > maxKept {
		return
	}
	*out.buffer = (*out.buffer)[:0]
	e.buffers.Put(out.buffer)
}

// encodeDeclared calls use for each Secret and ServiceAccount that the values
// declare, encoded, until use fails. It is for the end of a run.
func (e *encoder) encodeDeclared(r *run.Run, report *report, use func(manifest.Chunk) error) error {
	objects, findings := r.Declared()
	report.add(findings)
	out, err := e.rendered(objects)
	if err != nil {
		return err
	}
	for _, chunk := range out.chunks {
		if err := use(chunk); err != nil {
			return err
		}
	}
	return nil
}
