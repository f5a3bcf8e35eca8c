package render

import (
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

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
	// name.
	ServerSideApply bool
}

// Renderer renders SeldonDeployments. It is safe for concurrent use.
type Renderer struct {
	config   Config
	release  *release.Release
	settings *settings
	fields   *fieldFilter
}

// New parses the configuration once for all SeldonDeployments. The findings are
// about the values; a renderer is returned with them, and values that are wrong
// fail only what needs them.
func New(config Config) (*Renderer, finding.List) {
	if config.Release == nil {
		config.Release = release.Default()
	}
	var findings finding.List
	if config.Values == nil {
		config.Values, findings = values.Load(config.Release)
	}
	if config.Namespace == "" {
		config.Namespace = "default"
	}
	return &Renderer{
		config:   config,
		release:  config.Release,
		settings: newSettings(config.Release, config.Values),
		fields:   newFieldFilter(config.Release.UnknownFields),
	}, findings
}

// Input is one SeldonDeployment to render.
type Input struct {
	// Deployment is not changed.
	Deployment *seldon.Deployment
	// Locator finds the place of a field for findings; it may be nil.
	Locator finding.Locator
}

// Result is what became of a SeldonDeployment.
type Result struct {
	// Objects are what the operator would create, in its order. There are none
	// when a finding is an error.
	Objects []manifest.Object
	// Uses are the ServiceAccounts and Secrets that the objects refer to.
	Uses Uses
	// Findings are sorted by their place in the input.
	Findings finding.List
}

// Render turns a SeldonDeployment into the objects that the operator would
// create for it.
func (r *Renderer) Render(in Input) Result {
	p := r.plan(in)
	p.render()
	p.findings.Sort()
	if p.findings.HasErrors() {
		return Result{Findings: p.findings}
	}
	return Result{Objects: p.objects(), Uses: p.uses(), Findings: p.findings}
}

// Validate reports what the operator's webhook refuses about a SeldonDeployment
// that is not fit for rendering, because parts of it could not be read.
func (r *Renderer) Validate(in Input) finding.List {
	p := r.plan(in)
	p.validate()
	p.findings.Sort()
	return p.findings
}

// plan is one SeldonDeployment on its way to objects.
type plan struct {
	r       *Renderer
	release *release.Release
	// sd is completed and changed; source is what the user wrote, for lints.
	sd, source *seldon.Deployment
	locator    finding.Locator

	// name is the SeldonDeployment's, id the form of it that fits a label.
	name, id, namespace string
	// executor tells the executor from the Java engine, whose names of settings
	// are those of orchestrator.
	executor     bool
	orchestrator *orchestratorSettings
	separate     bool

	routing routing
	ports   portCounters

	predictors []*predictorPlan

	deployments      []*workload
	services         []*service
	autoscalers      []manifest.Object
	scaledObjects    []manifest.Object
	budgets          []manifest.Object
	virtualServices  []manifest.Object
	destinationRules []manifest.Object
	mappings         []manifest.Object

	// accounts are those whose credentials were looked up.
	accounts []string

	findings finding.List
}

// predictorPlan is what is known of a predictor while its objects are built.
type predictorPlan struct {
	*seldon.Predictor
	index int
	path  *field.Path
	// key is the name of the predictor's Service.
	key string
	// noEngine says that there is no orchestrator.
	noEngine bool
	// pods are the Deployments of the component specs; nil where one has no
	// container.
	pods []*workload
	// service is the predictor's Service; nil until it is built, and for good when
	// there is no orchestrator and no unit has a container.
	service *service
	// httpPort and grpcPort are the ports of that Service.
	httpPort, grpcPort int32
	// wiped are the containers that lost their environment, and replaced tells
	// that a container of the user's keeps the orchestrator out: lints say so once.
	wiped    []string
	replaced bool
}

func (r *Renderer) plan(in Input) *plan {
	sd := copyOf(in.Deployment)
	r.fields.clear(sd)
	if sd.Metadata.Namespace == "" {
		sd.Metadata.Namespace = r.config.Namespace
	}
	p := &plan{
		r:         r,
		release:   r.release,
		sd:        sd,
		source:    in.Deployment,
		locator:   in.Locator,
		name:      sd.Metadata.Name,
		id:        short(sd.Metadata.Name),
		namespace: sd.Metadata.Namespace,
		separate:  isTrueFold(sd.Spec.Annotations[seldon.AnnotationSeparatePod]),
	}
	p.executor = p.usesExecutor()
	p.orchestrator = &r.settings.engine
	if p.executor {
		p.orchestrator = &r.settings.executor
	}
	return p
}

// render is the operator's work in the operator's order
// (docs/behaviour/core.md, 0 and 11).
func (p *plan) render() {
	fillSchemaDefaults(p.sd)
	p.validate()
	p.lintInput()
	if p.findings.HasErrors() {
		p.checkAnnotations()
		return
	}
	p.applyDefaults()
	p.checkUnitNames()
	p.lintPortCounters()
	if p.findings.HasErrors() {
		return
	}
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
	p.routeTraffic()
	p.lintOutput()
	p.forServerSideApply()
}

func (p *plan) newPredictor(i int) *predictorPlan {
	pred := &p.sd.Spec.Predictors[i]
	return &predictorPlan{
		Predictor: pred,
		index:     i,
		path:      field.NewPath("spec", "predictors").Index(i),
		key:       p.predictorKey(pred),
		noEngine:  isTrueFold(pred.Annotations[seldon.AnnotationNoEngine]),
		pods:      make([]*workload, len(pred.ComponentSpecs)),
	}
}

// objects returns what was built, grouped by kind in the operator's order.
func (p *plan) objects() []manifest.Object {
	objects := make([]manifest.Object, 0, len(p.deployments)+len(p.services)+4)
	for _, d := range p.deployments {
		objects = append(objects, d.object())
	}
	for _, s := range p.services {
		objects = append(objects, s.object())
	}
	return slices.Concat(objects, p.autoscalers, p.scaledObjects, p.budgets,
		p.virtualServices, p.destinationRules, p.mappings)
}

// report adds a finding about this SeldonDeployment.
func (p *plan) report(f finding.Finding) {
	f = f.LocatedBy(p.locator)
	f.Object = finding.Object{APIVersion: p.sd.APIVersion, Kind: seldon.Kind, Namespace: p.namespace, Name: p.name}
	p.findings = append(p.findings, f)
}

// failSetting reports a setting that this SeldonDeployment needs and that is
// wrong, once.
func (p *plan) failSetting(f finding.Finding, setting string) {
	f.Pos = p.settingPosition(setting)
	p.reportOnce(f)
}

// reportOnce reports a fault that several objects would run into.
func (p *plan) reportOnce(f finding.Finding) {
	for _, other := range p.findings {
		if other.Code == f.Code && other.Message == f.Message && other.Path.String() == f.Path.String() {
			return
		}
	}
	p.report(f)
}

// settingPosition is where a variable or a key of the values was set.
func (p *plan) settingPosition(setting string) finding.Position {
	if _, ok := p.release.Variable(setting); ok {
		return p.r.settings.values.VariableOrigin(setting).Pos
	}
	return p.r.settings.values.Origin(setting).Pos
}
