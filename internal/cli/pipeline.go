package cli

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/credentials"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// pipeline takes documents from the inputs to encoded objects.
type pipeline struct {
	// release is the release that is rendered as.
	release  *release.Release
	inputs   *source.Inputs
	decoder  *source.Decoder
	renderer *render.Renderer
	// format encodes; nil where objects are looked at and not written.
	format manifest.Format
	// pass lets documents through that are no SeldonDeployments, passSecrets those
	// that are Secrets.
	pass, passSecrets bool
	// credentials are those that the values declare.
	credentials *credentials.Set
	// buffers are those of outcomes that were let go.
	buffers sync.Pool
}

// outcome is what became of one document.
type outcome struct {
	doc *source.Document
	// chunks are encoded objects; there are none when an error was found.
	chunks   []manifest.Chunk
	objects  []manifest.Object
	rendered bool
	uses     render.Uses
	findings finding.List
	// buffer holds the chunks.
	buffer *[]byte
}

// newPipeline makes the first pass over the inputs and is ready for the second.
// The decoder's findings follow the mode.
func newPipeline(ctx context.Context, in *source.Inputs, mode source.Mode, rel *release.Release, v *values.Values, config render.Config, declared *credentials.Set) (*pipeline, finding.List) {
	decoder := source.NewDecoder(rel, mode)
	config.Release, config.Values = rel, v
	config.References = readReferences(ctx, in, decoder, config.Namespace)
	declared.AddTo(&config.References)
	renderer, findings := render.New(config)
	return &pipeline{
		release: rel, inputs: in, decoder: decoder, renderer: renderer,
		pass: true, passSecrets: true, credentials: declared,
	}, findings
}

// read is a document or what kept it from being read.
type read struct {
	doc   *source.Document
	fault *finding.Finding
}

// outcomes is the second pass: one outcome for each document, in their order.
func (p *pipeline) outcomes(ctx context.Context) iter.Seq[outcome] {
	reads := func(yield func(read) bool) {
		for doc, fault := range p.inputs.Documents(ctx) {
			if !yield(read{doc, fault}) {
				return
			}
		}
	}
	return ordered(reads, p.process)
}

// run makes the second pass: it reports what is found and calls use for each
// outcome, in the order of the input, until use fails.
func (p *pipeline) run(ctx context.Context, report *report, use func(*outcome) error) error {
	seen := newIdentities()
	progress := newProgress(report.streams)
	defer progress.done()
	for result := range p.outcomes(ctx) {
		progress.step()
		report.add(result.findings)
		report.add(seen.check(&result))
		p.credentials.Use(result.uses)
		if result.doc != nil {
			report.say("%s: read %s", result.doc.Start(), result.doc.Object())
		}
		if err := use(&result); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		report.add(finding.List{finding.New(finding.Interrupted, nil, "interrupted: nothing was written")})
		return errReported
	}
	return nil
}

func (p *pipeline) process(r read) outcome {
	switch {
	case r.fault != nil:
		return outcome{findings: finding.List{*r.fault}}
	case r.doc.IsSeldonDeployment():
		return p.render(r.doc)
	}
	return p.passThrough(r.doc)
}

func (p *pipeline) render(doc *source.Document) outcome {
	out := outcome{doc: doc, rendered: true}
	sd, locator, faults := p.decoder.Deployment(doc)
	out.findings = faults
	in := render.Input{Deployment: sd, Locator: locator}
	if faults.HasErrors() {
		out.findings = append(out.findings, unrelated(p.renderer.Validate(in), faults)...)
		out.findings.Sort()
		return out
	}
	result := p.renderer.Render(in)
	out.findings = append(out.findings, result.Findings...)
	out.findings.Sort()
	out.objects, out.uses = result.Objects, result.Uses
	if p.format == nil {
		return out
	}
	out.buffer = p.newBuffer()
	out.chunks = make([]manifest.Chunk, 0, len(result.Objects))
	for _, object := range result.Objects {
		chunk, rest, err := manifest.Encode(p.format, *out.buffer, object)
		if err != nil {
			out.fail(err)
			return out
		}
		*out.buffer = rest
		out.chunks = append(out.chunks, chunk)
	}
	return out
}

// declared calls use for each Secret and ServiceAccount that the values declare,
// encoded, until use fails. It is for the end of a run: uses are known then.
func (p *pipeline) declared(report *report, options credentials.Options, use func(manifest.Chunk) error) error {
	objects, findings := p.credentials.Objects(options)
	report.add(findings)
	for _, object := range objects {
		chunk, _, err := manifest.Encode(p.format, nil, object)
		if err != nil {
			return err
		}
		if err := use(chunk); err != nil {
			return err
		}
	}
	return nil
}

// newBuffer returns an empty buffer for the objects of a document.
func (p *pipeline) newBuffer() *[]byte {
	// Most SeldonDeployments become less than this.
	const usual = 16 << 10
	if b, ok := p.buffers.Get().(*[]byte); ok {
		return b
	}
	return new(make([]byte, 0, usual))
}

// recycle takes back the memory of an outcome's chunks, which nobody may look at
// any more.
func (p *pipeline) recycle(o *outcome) {
	// Larger buffers than this are left to the garbage collector.
	const maxKept = 1 << 20
	if o.buffer == nil || cap(*o.buffer) > maxKept {
		return
	}
	*o.buffer = (*o.buffer)[:0]
	p.buffers.Put(o.buffer)
	o.buffer, o.chunks = nil, nil
}

// unrelated leaves out the findings that may well be due to a part that could
// not be read: those about a mapping that lacks it, and about all above it.
func unrelated(findings, faults finding.List) finding.List {
	var broken []string
	for _, f := range faults {
		if f.Severity == finding.Error {
			broken = append(broken, f.Path.String())
		}
	}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		path := f.Path.String()
		return slices.ContainsFunc(broken, func(b string) bool {
			return strings.HasPrefix(b, path) || parent(b) == parent(path)
		})
	})
}

// parent returns the path of the mapping that holds a field.
func parent(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}

func (p *pipeline) passThrough(doc *source.Document) outcome {
	out := outcome{doc: doc, findings: doc.Check()}
	if p.format == nil || !p.pass || manifest.HoldsSecrets(doc.Kind) && !p.passSecrets || out.findings.HasErrors() {
		return out
	}
	chunk, _, err := manifest.EncodePassed(p.format, nil, manifest.Document{
		Object: manifest.Object{
			APIVersion: doc.APIVersion, Kind: doc.Kind, Namespace: doc.Namespace, Name: doc.Name, Value: lazyJSON{doc},
		},
		Raw: doc.Raw,
	})
	if err != nil {
		out.fail(err)
		return out
	}
	out.chunks = []manifest.Chunk{chunk}
	return out
}

func (o *outcome) fail(err error) {
	if unreadable, ok := errors.AsType[*unreadableError](err); ok {
		o.findings, o.chunks = append(o.findings, unreadable.faults...), nil
		return
	}
	f := finding.New(finding.CannotEncode, nil, "%v", err).About(o.doc.Object()).At(o.doc.Start())
	o.findings, o.chunks = append(o.findings, f), nil
}

// lazyJSON is a document of the input as JSON, made when a format asks for it.
type lazyJSON struct{ doc *source.Document }

func (l lazyJSON) MarshalJSON() ([]byte, error) {
	text, faults := l.doc.JSON()
	if faults.HasErrors() {
		return nil, &unreadableError{faults}
	}
	return text, nil
}

// unreadableError says why a document cannot become JSON, which need not keep it
// from being passed through as it is.
type unreadableError struct{ faults finding.List }

func (e *unreadableError) Error() string { return e.faults[0].Message }
