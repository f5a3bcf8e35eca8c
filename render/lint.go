package render

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// A lint looks at a SeldonDeployment for something that the operator lets
// through and that will surprise: a setting that is lost, an object that a
// cluster refuses. Lints change nothing. To add one, write a method in a
// lint_TOPIC.go and name it in one of the tables below. What only the rendering
// itself can see is told by methods that it calls where it happens.
type lint func(*inspector)

// inspector is what lints see of a plan: its SeldonDeployment and what was built
// so far. It cannot build: those methods are the plan's.
type inspector struct {
	*subject
	built
}

func (p *plan) inspect() *inspector { return &inspector{p.subject, p.built} }

// inputLints look at what the user wrote, also where it breaks a rule: component
// specs may be nil.
func inputLints() []lint {
	return []lint{
		(*inspector).lintMisplacedAnnotations,
		(*inspector).lintMisspeltAnnotations,
		(*inspector).lintAnnotationValues,
		(*inspector).lintUnreadAnnotations,
		(*inspector).lintController,
		(*inspector).lintIgnored,
		(*inspector).lintGivenNames,
		(*inspector).lintUnits,
		(*inspector).lintBuiltins,
		(*inspector).lintGraphDepth,
		(*inspector).lintPredictors,
		(*inspector).lintScaling,
		(*inspector).lintReplicas,
		(*inspector).lintLabels,
		(*inspector).lintInputContainers,
		(*inspector).lintTexts,
		(*inspector).lintPodSecrets,
	}
}

// outputLints compare what was rendered with what the user wrote. They run when
// there is no error.
func outputLints() []lint {
	return []lint{
		(*inspector).lintNames,
		(*inspector).lintSelectors,
		(*inspector).lintIdentities,
		(*inspector).lintPods,
		(*inspector).lintInitContainers,
		(*inspector).lintEndpoints,
		(*inspector).lintServices,
		(*inspector).lintReach,
		(*inspector).lintOrchestratorNumbers,
		(*inspector).lintBudgets,
		(*inspector).lintTensorflow,
		(*inspector).lintReferences,
		(*inspector).lintCertificates,
		(*inspector).lintIngresses,
		(*inspector).lintSettings,
		(*inspector).lintServerSideApply,
	}
}

func (l *inspector) lintInput() {
	for _, look := range inputLints() {
		look(l)
	}
}

func (l *inspector) lintOutput() {
	for _, look := range outputLints() {
		if l.findings.HasErrors() {
			return
		}
		look(l)
	}
}

// maxCompared bounds lists that no person wrote: how long one may be whose
// entries lints compare with each other.
const maxCompared = 1000

// origin is what a pod was made from: a component spec by its index, or one of
// the two below.
type origin struct {
	pred      *predictorPlan
	component int
}

// What a Deployment was made from other than a component spec: it holds an
// orchestrator of its own, or an explainer.
const (
	FromOrchestrator = -1
	FromExplainer    = -2
)

// sourceContainers are the containers that the user wrote for a pod, in the
// order in which the pod begins.
func (l *inspector) sourceContainers(w *workload) []corev1.Container {
	pred := &l.source.Spec.Predictors[w.origin.pred.index]
	switch j := w.origin.component; {
	case j == FromExplainer && pred.Explainer != nil:
		return []corev1.Container{pred.Explainer.ContainerSpec}
	case j >= 0 && j < len(pred.ComponentSpecs):
		return pred.ComponentSpecs[j].Spec.Containers
	}
	return nil
}

// sourceContainer is what the user wrote of a container of a unit's pod, or nil.
func (l *inspector) sourceContainer(w *workload, name string) (*corev1.Container, *field.Path) {
	own := l.sourceContainers(w)
	if k := w.own.container(own, name); k >= 0 {
		return &own[k], l.containerPath(w, k)
	}
	return nil, nil
}

// podPath is where a pod's spec stands.
func podPath(w *workload) *field.Path {
	if w.path == nil {
		w.path = w.origin.podPath()
	}
	return w.path
}

func (o *origin) podPath() *field.Path {
	switch o.component {
	case FromOrchestrator:
		return o.pred.path.Child("svcOrchSpec")
	case FromExplainer:
		return o.pred.path.Child("explainer", "containerSpec")
	}
	return o.pred.path.Child("componentSpecs").Index(o.component).Child("spec")
}

// containerPath is where a pod's container stands or comes from.
func (l *inspector) containerPath(w *workload, k int) *field.Path {
	known := &w.containerPaths
	*known = append(*known, make([]*field.Path, max(0, len(w.pod().Containers)-len(*known)))...)
	if (*known)[k] == nil {
		(*known)[k] = l.newContainerPath(w, k)
	}
	return (*known)[k]
}

func (l *inspector) newContainerPath(w *workload, k int) *field.Path {
	switch {
	case w.origin.component < 0:
		return podPath(w)
	case k < len(l.sourceContainers(w)):
		return podPath(w).Child("containers").Index(k)
	case w.pod().Containers[k].Name == engineContainer:
		return w.origin.pred.path.Child("svcOrchSpec")
	}
	return w.origin.pred.unitPath(w.pod().Containers[k].Name)
}

// unitPath is where a unit stands, or the graph.
func (pred *predictorPlan) unitPath(name string) *field.Path {
	return pred.finder.unitPath(graphPath(pred.index), name)
}
