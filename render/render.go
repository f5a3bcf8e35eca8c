package render

import (
	"sync"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// Config is what all SeldonDeployments of a run share.
type Config struct {
	// Release is the release of Seldon Core to render as; nil means release.Default.
	Release *release.Release
	// Values are the chart values; nil means the release's defaults.
	Values *values.Values
	// KubeVersion picks the API versions that the cluster serves. Its zero value
	// means a current cluster.
	KubeVersion KubeVersion
	// Namespace is for documents without one; empty means default, as in the
	// operator.
	Namespace string
	// References are the ServiceAccounts and Secrets that SeldonDeployments refer
	// to. Those that are missing bring no credentials, as in a cluster.
	References References
	// CreateServiceAccounts says that the caller makes the ServiceAccounts that are
	// used and not known (see [Uses]), so that there is nothing to warn about.
	CreateServiceAccounts bool
	// ServerSideApply removes what server-side apply refuses: a second port of the
	// same number and protocol, and all but the last of several variables of one
	// name. Deployments name their strategy, so that kubectl apply has nothing to
	// patch in one that does not change.
	ServerSideApply bool
	// NoIgnore says that findings are returned that a SeldonDeployment's
	// [finding.IgnoreAnnotation] names.
	NoIgnore bool
}

// Renderer renders SeldonDeployments. It is safe for concurrent use.
type Renderer struct {
	config    Config
	release   *release.Release
	settings  *settings
	ingresses []ingress
	fields    func() *fieldFilter
	shared    shared
	// buffers, *[]byte, are those in which texts are written.
	buffers sync.Pool
}

// New parses the configuration once for all SeldonDeployments. The findings are
// about the values and the version of the cluster; a renderer is returned with them, and values that are wrong
// fail only what needs them.
func New(config Config) (*Renderer, finding.List) {
	if config.Release == nil {
		config.Release = release.Default()
	}
	var findings finding.List
	if config.Values == nil {
		config.Values, findings = values.Load(config.Release)
	}
	findings = append(findings, config.KubeVersion.check()...)
	if config.Namespace == "" {
		config.Namespace = "default"
	}
	return &Renderer{
		config:    config,
		release:   config.Release,
		settings:  newSettings(config.Release, config.Values),
		ingresses: newIngresses(config.Release, config.Values),
		fields:    sync.OnceValue(func() *fieldFilter { return newFieldFilter(config.Release.UnknownFields) }),
		shared:    newShared(),
	}, findings
}

// Config returns the configuration, with what it did not say filled in.
func (r *Renderer) Config() Config { return r.config }

// Input is one SeldonDeployment to render.
type Input struct {
	// Deployment is not changed.
	Deployment *seldon.Deployment
	// Known says that the Deployment has no field that the release does not know, as
	// its decoder leaves it. Otherwise such fields are looked for and left out.
	Known bool
	// Locator finds the place of a field for findings; it may be nil.
	Locator finding.Locator
}

// Result is what became of a SeldonDeployment.
type Result struct {
	// Objects are what the operator would create, in its order. There are none
	// when a finding is an error. What their specs point to may be shared with other
	// objects, also of other SeldonDeployments: who changes it changes a copy.
	Objects []manifest.Object
	// Uses are the ServiceAccounts and Secrets that the objects refer to.
	Uses Uses
	// Findings are sorted by their place in the input. Those that the
	// SeldonDeployment's [finding.IgnoreAnnotation] names are left out.
	Findings finding.List
}

// Render turns a SeldonDeployment into the objects that the operator would
// create for it.
func (r *Renderer) Render(in Input) Result {
	p := r.plan(in)
	p.render()
	findings := p.reported()
	if findings.HasErrors() {
		return Result{Findings: findings}
	}
	return Result{Objects: p.objects(), Uses: p.uses(), Findings: findings}
}

// Validate reports what the operator's webhook refuses about a SeldonDeployment
// that is not fit for rendering, because parts of it could not be read.
func (r *Renderer) Validate(in Input) finding.List {
	p := r.plan(in)
	if !p.inspect().refuseCopies() {
		p.admit()
	}
	return p.reported()
}

// render goes from what the user wrote to objects and findings.
func (p *plan) render() {
	p.complete()
	if p.findings.HasErrors() {
		return
	}
	p.build()
	p.inspect().lintOutput()
	p.forServerSideApply()
}

// complete checks the input and fills in what the operator derives from it.
func (p *plan) complete() {
	if p.inspect().refuseCopies() {
		return
	}
	p.admit()
	p.inspect().lintInput()
	if p.findings.HasErrors() {
		p.checkAnnotations()
		return
	}
	p.applyDefaults()
	p.inspect().checkUnitNames()
	p.inspect().lintPortCounters(&p.ports)
}

// build is the operator's work in the operator's order
// (docs/behaviour/core.md, 0 and 11).
func (p *plan) build() {
	for i := range p.sd.Spec.Predictors {
		pred := p.newPredictor(i)
		p.predictors = append(p.predictors, pred)
		p.separateOrchestrator(pred)
		p.componentDeployments(pred)
		p.completeServers(pred)
		p.injectOrchestrator(pred)
		p.mountCertificate(pred)
		p.predictorService(pred)
		p.explainer(pred)
	}
	p.shareTraffic()
}
