package render

import (
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// subject is a SeldonDeployment, what it is rendered with, and what was reported
// about it. Its methods answer questions; none builds anything.
type subject struct {
	reporter

	r       *Renderer
	release *release.Release
	// sd is completed and changed by the plan; source is what the user wrote.
	sd, source *seldon.Deployment

	// name is the SeldonDeployment's, id the form of it that fits a label.
	name, id, namespace string
	// large has those predictors, of either SeldonDeployment, that are indexed; nil
	// stands for an index that nobody has asked for.
	large map[*seldon.Predictor]*parts
	// executor tells the executor from the Java engine, whose names of settings
	// are those of orchestrator.
	executor     bool
	orchestrator *orchestratorSettings
	separate     bool
}

// built is what has been built so far, in the operator's order.
type built struct {
	predictors []*predictorPlan

	deployments   []*workload
	deployed      index
	services      []*service
	autoscalers   []manifest.Object
	scaledObjects []manifest.Object
	budgets       []manifest.Object
	// routers are the ingresses that are switched on, with their objects.
	routers []router
}

// plan is one SeldonDeployment on its way to objects: its methods build them.
// What only looks at them is an inspector's.
type plan struct {
	*subject
	built

	ports portCounters
	// accounts are those whose credentials were looked up.
	accounts []string
}

// predictorPlan is what is known of a predictor while its objects are built.
type predictorPlan struct {
	finder
	index int
	path  *field.Path
	// key is the name of the predictor's Service.
	key string
	// noEngine says that there is no orchestrator.
	noEngine bool
	// pods are the Deployments of the component specs; nil where one has no
	// container.
	pods []*workload
	// deployments are these, those of the orchestrator and of the explainer.
	deployments []*workload
	// service is the predictor's Service; nil until it is built, and for good when
	// there is no orchestrator and no unit has a container.
	service *service
	// httpPort and grpcPort are the ports of that Service.
	httpPort, grpcPort int32
	// wiped are the containers that lost their environment, and replaced tells
	// that a container of the user's keeps the orchestrator out: lints say so once.
	wiped    map[string]bool
	replaced bool
	// repeated are names that several containers of a pod have, once counted.
	repeated map[string]bool
	counted  bool
}

func (r *Renderer) plan(in Input) *plan {
	sd := copyOf(in.Deployment)
	if !in.Known {
		r.fields().clear(sd)
	}
	if sd.Metadata.Namespace == "" {
		sd.Metadata.Namespace = r.config.Namespace
	}
	s := &subject{
		r:         r,
		release:   r.release,
		sd:        sd,
		source:    in.Deployment,
		name:      sd.Metadata.Name,
		id:        short(sd.Metadata.Name),
		namespace: sd.Metadata.Namespace,
		separate:  isTrueFold(sd.Spec.Annotations[seldon.AnnotationSeparatePod]),
	}
	s.noteLarge()
	s.locator = in.Locator
	s.object = finding.Object{APIVersion: sd.APIVersion, Kind: seldon.Kind, Namespace: s.namespace, Name: s.name}
	s.executor = s.usesExecutor()
	s.orchestrator = &r.settings.engine
	if s.executor {
		s.orchestrator = &r.settings.executor
	}
	p := &plan{subject: s}
	p.routers = p.newRouters()
	return p
}

func (p *plan) newPredictor(i int) *predictorPlan {
	pred := &p.sd.Spec.Predictors[i]
	return &predictorPlan{
		finder:   p.find(pred),
		index:    i,
		path:     predictorPath(i),
		key:      p.predictorKey(pred),
		noEngine: isTrueFold(pred.Annotations[seldon.AnnotationNoEngine]),
		pods:     make([]*workload, len(pred.ComponentSpecs)),
	}
}

// deploy adds a Deployment.
func (b *built) deploy(w *workload) {
	b.deployments = append(b.deployments, w)
	w.origin.pred.deployments = append(w.origin.pred.deployments, w)
}

// objects returns what was built, grouped by kind in the operator's order.
func (b *built) objects() []manifest.Object {
	objects := make([]manifest.Object, 0, len(b.deployments)+len(b.services)+4)
	for _, d := range b.deployments {
		objects = append(objects, d.rendered())
	}
	for _, s := range b.services {
		objects = append(objects, s.rendered())
	}
	objects = slices.Concat(objects, b.autoscalers, b.scaledObjects, b.budgets)
	for _, r := range b.routers {
		objects = append(objects, r.objects()...)
	}
	return objects
}

// reported returns the findings in the order of the input, without those that the
// SeldonDeployment asks to leave out.
func (p *subject) reported() finding.List {
	p.findings.Sort()
	if p.r.config.NoIgnore {
		return p.findings
	}
	ignored, _ := finding.ParseIgnored(p.source.Metadata.Annotations[finding.IgnoreAnnotation])
	return ignored.Drop(p.findings)
}

// atSetting returns a finding about a variable or a key of the values, with the
// place where it was set.
func (p *subject) atSetting(f finding.Finding, setting string) finding.Finding {
	if _, ok := p.release.Variable(setting); ok {
		return f.At(p.r.settings.values.VariableOrigin(setting).Pos)
	}
	return f.At(p.r.settings.values.Origin(setting).Pos)
}
