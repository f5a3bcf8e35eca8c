package render

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// A lint looks at a SeldonDeployment for something that the operator lets
// through and that will surprise: a setting that is lost, an object that a
// cluster refuses. Lints change nothing. To add one, write a method in a
// lint_TOPIC.go and name it in one of the tables below. What only the rendering
// itself can see is told by methods that it calls where it happens.
type lint func(*plan)

// inputLints look at what the user wrote, also where it breaks a rule: component
// specs may be nil.
func inputLints() []lint {
	return []lint{
		(*plan).lintMisplacedAnnotations,
		(*plan).lintAnnotationValues,
		(*plan).lintUnreadAnnotations,
		(*plan).lintController,
		(*plan).lintGraphWords,
		(*plan).lintGraphFields,
		(*plan).lintGraphDepth,
		(*plan).lintPredictors,
		(*plan).lintScaling,
		(*plan).lintReplicas,
		(*plan).lintLabels,
		(*plan).lintInputContainers,
	}
}

// outputLints compare what was rendered with what the user wrote. They run when
// there is no error.
func outputLints() []lint {
	return []lint{
		(*plan).lintNames,
		(*plan).lintSelectors,
		(*plan).lintIdentities,
		(*plan).lintPortCounters,
		(*plan).lintPods,
		(*plan).lintEndpoints,
		(*plan).lintServices,
		(*plan).lintBudgets,
		(*plan).lintTensorflow,
		(*plan).lintReferences,
		(*plan).lintCertificates,
		(*plan).lintAmbassadorTLS,
		(*plan).lintSettings,
		(*plan).lintServerSideApply,
	}
}

func (p *plan) lintInput() {
	for _, look := range inputLints() {
		look(p)
	}
}

func (p *plan) lintOutput() {
	if p.findings.HasErrors() {
		return
	}
	for _, look := range outputLints() {
		look(p)
	}
}

// tell reports a finding with the severity of its code. The hint may be empty.
func (p *plan) tell(code finding.Code, path *field.Path, hint, format string, args ...any) {
	f := finding.New(code, path, format, args...)
	f.Hint = hint
	p.report(f)
}

// tellOnce is tell, once for each code and path.
func (p *plan) tellOnce(code finding.Code, path *field.Path, hint, format string, args ...any) {
	f := finding.New(code, path, format, args...)
	f.Hint = hint
	p.failOnce(f)
}

// origin is what a pod was made from: a component spec by its index, or one of
// the two below.
type origin struct {
	pred      *predictorPlan
	component int
}

const (
	fromOrchestrator = -1
	fromExplainer    = -2
)

// sourceContainers are the containers that the user wrote for a pod, in the
// order in which the pod begins.
func (p *plan) sourceContainers(w *workload) []corev1.Container {
	pred := &p.source.Spec.Predictors[w.origin.pred.index]
	switch j := w.origin.component; {
	case j == fromExplainer && pred.Explainer != nil:
		return []corev1.Container{pred.Explainer.ContainerSpec}
	case j >= 0 && j < len(pred.ComponentSpecs):
		return pred.ComponentSpecs[j].Spec.Containers
	}
	return nil
}

// sourceContainer is what the user wrote of a container of a unit's pod, or nil.
func (p *plan) sourceContainer(w *workload, name string) (*corev1.Container, *field.Path) {
	own := p.sourceContainers(w)
	k := slices.IndexFunc(own, func(c corev1.Container) bool { return c.Name == name })
	if k < 0 {
		return nil, nil
	}
	return &own[k], p.containerPath(w, k)
}

// podPath is where a pod's spec stands.
func podPath(w *workload) *field.Path {
	path := w.origin.pred.path
	switch w.origin.component {
	case fromOrchestrator:
		return path.Child("svcOrchSpec")
	case fromExplainer:
		return path.Child("explainer", "containerSpec")
	}
	return path.Child("componentSpecs").Index(w.origin.component).Child("spec")
}

// containerPath is where a pod's container stands or comes from.
func (p *plan) containerPath(w *workload, k int) *field.Path {
	switch {
	case w.origin.component < 0:
		return podPath(w)
	case k < len(p.sourceContainers(w)):
		return podPath(w).Child("containers").Index(k)
	case w.pod().Containers[k].Name == engineContainer:
		return w.origin.pred.path.Child("svcOrchSpec")
	}
	return w.origin.pred.unitPath(w.pod().Containers[k].Name)
}

// unitPath is where a unit stands, or the graph.
func (pred *predictorPlan) unitPath(name string) *field.Path {
	path := pred.path.Child("graph")
	for at, u := range pred.Graph.Walk(path) {
		if u.Name == name {
			return at
		}
	}
	return path
}

// sourceUnits calls look with every unit as the user wrote it.
func (p *plan) sourceUnits(look func(*seldon.Predictor, *seldon.Unit, *field.Path)) {
	for i := range p.source.Spec.Predictors {
		pred := &p.source.Spec.Predictors[i]
		for path, u := range pred.Graph.Walk(predictorPath(i).Child("graph")) {
			look(pred, u, path)
		}
	}
}

func predictorPath(i int) *field.Path { return field.NewPath("spec", "predictors").Index(i) }

func componentPath(i, j int) *field.Path {
	return predictorPath(i).Child("componentSpecs").Index(j)
}
