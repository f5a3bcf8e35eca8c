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
		(*plan).lintUnits,
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
		(*plan).lintPods,
		(*plan).lintInitContainers,
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
	for _, look := range outputLints() {
		if p.findings.HasErrors() {
			return
		}
		look(p)
	}
}

// Bounds for what no person wrote: how many findings of one code a
// SeldonDeployment has, and how long a list may be whose entries lints compare
// with each other.
const (
	maxAlike    = 100
	maxCompared = 1000
)

// tell reports a finding with the severity of its code, unless there are very
// many alike. The hint may be empty.
func (p *plan) tell(code finding.Code, path *field.Path, hint, format string, args ...any) {
	alike := 0
	for i := range p.findings {
		alike += given(p.findings[i].Code == code)
	}
	if alike >= maxAlike {
		return
	}
	f := finding.New(code, path, format, args...)
	f.Hint = hint
	p.report(f)
}

// tellOnce is tell, once for each code and path.
func (p *plan) tellOnce(code finding.Code, path *field.Path, hint, format string, args ...any) {
	for i := range p.findings {
		if p.findings[i].Code == code && p.findings[i].Path.String() == path.String() {
			return
		}
	}
	p.tell(code, path, hint, format, args...)
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
	for k := range own {
		if own[k].Name == name {
			return &own[k], p.containerPath(w, k)
		}
	}
	return nil, nil
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
	way, _ := wayTo(&pred.Graph, name)
	for _, child := range slices.Backward(way) {
		path = path.Child("children").Index(child)
	}
	return path
}

// wayTo returns the way to the first unit of that name, its last step first.
// Unlike a walk it makes no paths of the units that are passed: there may be
// thousands.
func wayTo(u *seldon.Unit, name string) (way []int, ok bool) {
	if u.Name == name {
		return nil, true
	}
	for i := range u.Children {
		if way, ok := wayTo(&u.Children[i], name); ok {
			return append(way, i), true
		}
	}
	return nil, false
}

func predictorPath(i int) *field.Path { return field.NewPath("spec", "predictors").Index(i) }

func componentPath(i, j int) *field.Path {
	return predictorPath(i).Child("componentSpecs").Index(j)
}
