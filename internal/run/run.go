package run

import (
	"context"
	"iter"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// Config is what all documents of a run share.
type Config struct {
	Release *release.Release
	Values  *values.Values
	// Mode says what becomes of fields that are unknown or given twice.
	Mode source.Mode
	// Namespace is for documents without one; empty means default.
	Namespace string
	// KubeVersion is that of the cluster; its zero value is a current one.
	KubeVersion     render.KubeVersion
	ServerSideApply bool
	// World is where the credentials that the values declare are fetched from.
	World secrets.World
	// Passes says that documents other than SeldonDeployments go to the output, with
	// the namespace of the run where they have none.
	Passes bool
	// OnlyRendered says that they go nowhere, so that they may be what is rendered.
	OnlyRendered bool
	// NoSecrets leaves declared Secrets out; what refers to them stays.
	NoSecrets bool
	// CreateServiceAccounts makes a plain ServiceAccount for each that is used and
	// is nowhere else.
	CreateServiceAccounts bool
	// NoIgnore says that findings are reported that SeldonDeployments ask to leave out.
	NoIgnore bool
	// Platform has the rules of a platform team for rendered objects; nil for none.
	Platform *platform.Platform
	// Images gives the images of rendered objects other names.
	Images images.Rewriter
	// Edit changes a SeldonDeployment between decoding and rendering, for a host
	// that puts marks of its own on objects; nil for none.
	Edit func(*seldon.Deployment)
}

// Documents yields documents, or a finding in place of each that cannot be read.
// It is called twice and yields the same documents both times.
type Documents func(context.Context) iter.Seq2[*source.Document, *finding.Finding]

// Run takes documents to outcomes. Its methods are not safe for concurrent use.
type Run struct {
	config    Config
	documents Documents
	decoder   *source.Decoder
	renderer  *render.Renderer
	declared  *credentials
	seen      *identities
	scopes    *scopes
}

// Outcome is what became of one document.
type Outcome struct {
	// Document is nil when it could not be read, and in an outcome at the end that
	// has what there is to say of the platform's rules; Findings say what it is.
	Document *source.Document
	// Deployment is what was decoded of a SeldonDeployment, and nil for any other
	// document. With an error among the findings it may be incomplete. Locator
	// finds the places of its fields.
	Deployment *seldon.Deployment
	Locator    finding.Locator
	// LeftOut says that the document configures a tool and goes to no output.
	LeftOut bool
	// Objects are what it renders to, in the operator's order; there are none when
	// a finding is an error.
	Objects []manifest.Object
	// Uses are the ServiceAccounts and Secrets that the objects refer to.
	Uses render.Uses
	// Findings are sorted by their places; those that compare the document with
	// others come last.
	Findings finding.List
}

// Rendered reports whether the document is a SeldonDeployment, with errors or
// without.
func (o *Outcome) Rendered() bool { return o.Deployment != nil }

// Fail adds to the findings that something could not be made of the document; nothing
// where the error is nil.
func (o *Outcome) Fail(code finding.Code, err error) {
	if err != nil {
		o.Findings = append(o.Findings, finding.New(code, nil, "%v", err).About(o.Document.Object()).At(o.Document.Start()))
	}
}

// New makes the first pass over the documents and is ready for the second. The
// findings are about the values and what they declare; a run is returned with
// them, and values that are wrong fail only what needs them.
func New(ctx context.Context, documents Documents, config Config) (*Run, finding.List) {
	r := &Run{
		config: config, documents: documents, scopes: newScopes(),
		decoder: source.NewDecoder(config.Release, config.Mode),
	}
	declared, findings := readCredentials(config.Values, config.World)
	r.declared = declared
	references := r.readReferences(ctx)
	declared.addTo(&references)
	r.seen = newIdentities(config.Namespace, r.scopes)
	renderer, more := render.New(render.Config{
		Release: config.Release, Values: config.Values, KubeVersion: config.KubeVersion, Namespace: config.Namespace,
		References: references, CreateServiceAccounts: config.CreateServiceAccounts, ServerSideApply: config.ServerSideApply,
		NoIgnore: config.NoIgnore,
	})
	r.renderer = renderer
	return r, append(findings, more...)
}

// Release returns the release that is rendered as.
func (r *Run) Release() *release.Release { return r.config.Release }

// Renderer returns the renderer, for whoever renders a document in other ways too.
func (r *Run) Renderer() *render.Renderer { return r.renderer }

// Platform returns the rules that are applied to rendered objects; nil for none.
func (r *Run) Platform() *platform.Platform { return r.config.Platform }

// Outcomes makes the second pass: it yields an outcome for each document, in
// their order, which are made in parallel. It ends early when the context is
// done.
func (r *Run) Outcomes(ctx context.Context) iter.Seq[*Outcome] {
	return func(yield func(*Outcome) bool) {
		for o := range Each(ctx, r, func(*Outcome) struct{} { return struct{}{} }) {
			if !yield(o) {
				return
			}
		}
	}
}

// Each is [Run.Outcomes] with work that is done for each outcome, in parallel
// too; it may add findings to the outcome.
func Each[T any](ctx context.Context, r *Run, work func(*Outcome) T) iter.Seq2[*Outcome, T] {
	type read struct {
		doc   *source.Document
		fault *finding.Finding
	}
	type done struct {
		outcome *Outcome
		result  T
	}
	reads := func(yield func(read) bool) {
		for doc, fault := range r.documents(ctx) {
			if !yield(read{doc, fault}) {
				return
			}
		}
	}
	return func(yield func(*Outcome, T) bool) {
		for d := range ordered(reads, func(in read) done {
			o := r.outcome(in.doc, in.fault)
			return done{o, work(o)}
		}) {
			if d.outcome.Rendered() || !r.config.OnlyRendered {
				d.outcome.Findings = append(d.outcome.Findings, r.seen.check(d.outcome)...)
			}
			r.declared.note(d.outcome.Uses)
			if !yield(d.outcome, d.result) {
				return
			}
		}
		if last := r.config.Platform.Findings(); len(last) > 0 && ctx.Err() == nil {
			var nothing T
			yield(&Outcome{Findings: last}, nothing)
		}
	}
}

// Declared returns the Secrets and ServiceAccounts that are to be written besides
// the rendered objects, after the second pass: what is used is known then.
func (r *Run) Declared() ([]manifest.Object, finding.List) {
	objects, findings := r.declared.objects(r.config)
	for _, o := range objects {
		findings = append(findings, r.seen.checkDeclared(o)...)
	}
	return objects, findings
}

func (r *Run) outcome(doc *source.Document, fault *finding.Finding) *Outcome {
	switch {
	case fault != nil:
		return &Outcome{Findings: finding.List{*fault}}
	case doc.IsSeldonDeployment():
		return r.render(doc)
	}
	if r.config.Passes && IsConfiguration(doc) {
		return leaveOut(doc)
	}
	doc, findings := r.place(doc)
	o := &Outcome{Document: doc, Findings: append(doc.Verify(), findings...)}
	if secrets.MakesSecret(doc.APIVersion, doc.Kind) && !o.Findings.HasErrors() {
		_, _, findings := readSecret(doc)
		o.Findings = append(o.Findings, findings...)
	}
	switch {
	case o.Findings.HasErrors():
	case doc.IsSecret():
		// What SOPS adds is a field of its own.
		secret := struct {
			corev1.Secret `json:",inline"`
			SOPS          seldon.Ignored `json:"sops"`
		}{}
		o.Findings = append(o.Findings, r.decoder.UnknownFields(doc, &secret)...)
	case doc.IsServiceAccount():
		o.Findings = append(o.Findings, r.decoder.UnknownFields(doc, new(corev1.ServiceAccount))...)
	}
	return o
}

func (r *Run) render(doc *source.Document) *Outcome {
	sd, locator, faults := r.decoder.Deployment(doc)
	defer r.decoder.Forget(doc)
	var ignored finding.Ignored
	if !r.config.NoIgnore {
		ignored, _ = finding.ParseIgnored(sd.Metadata.Annotations[finding.IgnoreAnnotation])
	}
	if r.config.Edit != nil {
		r.config.Edit(sd)
	}
	o := &Outcome{Document: doc, Deployment: sd, Locator: locator}
	in := render.Input{Deployment: sd, Known: true, Locator: locator}
	switch {
	case doc.Check().HasErrors():
		// Nothing of it could be read.
		o.Findings = faults
		r.config.Platform.Incomplete()
	case faults.HasErrors():
		o.Findings = append(required(faults), unrelated(r.renderer.Validate(in), faults)...)
		r.config.Platform.Incomplete()
	default:
		result := r.renderer.Render(in)
		o.Objects, o.Uses = result.Objects, result.Uses
		o.Findings = append(faults, result.Findings...)
		o.applyPlatform(r.config)
		for _, f := range r.config.Images.Apply(o.Objects) {
			o.Findings = append(o.Findings, f.About(doc.Object()).At(doc.Start()))
		}
	}
	o.Findings = ignored.Drop(append(o.Findings, r.assumed(doc)...))
	o.Findings.Sort()
	return o
}

// applyPlatform changes the objects by the platform's rules.
func (o *Outcome) applyPlatform(c Config) {
	if o.Findings.HasErrors() {
		c.Platform.Incomplete()
		return
	}
	var findings finding.List
	o.Objects, findings = c.Platform.Apply(platform.Input{
		Deployment: o.Deployment, Locator: o.Locator, Release: c.Release.Version, Objects: o.Objects,
	})
	o.Findings = append(o.Findings, findings...)
	if o.Findings.HasErrors() {
		o.Objects = nil
	}
}
