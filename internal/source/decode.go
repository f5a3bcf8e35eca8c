package source

import (
	"reflect"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// Mode says what becomes of fields that are unknown or given twice, as
// kubectl's --validate does. In every mode such fields are dropped.
type Mode int

// Strict makes errors of them, Warn warnings, and Ignore says nothing.
const (
	Strict Mode = iota + 1
	Warn
	Ignore
)

// Decoder turns documents into typed values. It is safe for concurrent use and
// should be shared, because it remembers how types are read.
type Decoder struct {
	mode    Mode
	release *release.Release
	// deployments know the release's mask; others are read with all fields.
	deployments *plans
	others      *plans
	// parsers are *plainParsers whose documents were let go.
	parsers sync.Pool
}

// NewDecoder returns a decoder that knows the fields of the release.
func NewDecoder(rel *release.Release, mode Mode) *Decoder {
	return &Decoder{mode: mode, release: rel, deployments: &plans{mask: rel.UnknownFields, pruned: rel.Pruned}, others: &plans{}}
}

// Deployment decodes a SeldonDeployment and returns everything that is wrong
// with it. The value holds what could be read; with an error among the findings
// it is fit for a further look at what is wrong, not for use. The locator is
// never nil and finds the places of fields for as long as the document is kept.
func (d *Decoder) Deployment(doc *Document) (*seldon.Deployment, finding.Locator, finding.List) {
	doc.parseBy(d.parser)
	w := &walker{doc: doc, plans: d.deployments, mode: d.mode, release: d.release, masked: true}
	sd := &seldon.Deployment{Defaulted: true}
	faults := w.run(reflect.ValueOf(sd).Elem())
	return sd, doc, faults
}

// Forget takes back what the decoder holds of a document: its nodes, which the
// next document uses. The document can still be asked for everything, and is then
// parsed again. Nobody else may use it at the time.
func (d *Decoder) Forget(doc *Document) {
	if p := doc.forget(); p != nil && p.isSmall() {
		d.parsers.Put(p)
	}
}

func (d *Decoder) parser() *plainParser {
	if p, ok := d.parsers.Get().(*plainParser); ok {
		return p
	}
	return new(plainParser)
}

// ServiceAccount decodes a ServiceAccount; unknown fields are dropped silently,
// because the document itself is passed through.
func (d *Decoder) ServiceAccount(doc *Document) (*corev1.ServiceAccount, finding.List) {
	w := &walker{doc: doc, plans: d.others, mode: Ignore, release: d.release}
	sa := new(corev1.ServiceAccount)
	return sa, w.run(reflect.ValueOf(sa).Elem())
}

// Text decodes a text that need not be a Kubernetes object, as Into does.
func (d *Decoder) Text(name string, text []byte, into any) (finding.Locator, finding.List) {
	doc := &Document{File: name, Line: 1, Raw: text}
	if onlyComments(text) {
		return doc, nil
	}
	return doc, d.Into(doc, into)
}

// UnknownFields warns of the fields of a document that a type does not have. No finding
// holds a value of it.
func (d *Decoder) UnknownFields(doc *Document, into any) finding.List {
	w := &walker{doc: doc, plans: d.others, mode: Warn, release: d.release, secret: true}
	return slices.DeleteFunc(w.run(reflect.ValueOf(into).Elem()), func(f finding.Finding) bool { return f.Code != finding.UnknownField })
}

// Into decodes a document into any struct with JSON names, by the decoder's mode.
// No finding holds a value of it.
func (d *Decoder) Into(doc *Document, into any) finding.List {
	w := &walker{doc: doc, plans: d.others, mode: d.mode, release: d.release, secret: true}
	return w.run(reflect.ValueOf(into).Elem())
}
