package render

import (
	"cmp"
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

const (
	serviceRule   = "start with a lower-case letter and use only lower-case letters, digits and \"-\", at most 63 characters"
	containerRule = "use only lower-case letters, digits and \"-\", at most 63 characters"
	namespaceRule = "use only lower-case letters, digits and \"-\", at most 63 characters"
	objectRule    = "use only lower-case letters, digits, \"-\" and \".\", at most 253 characters"
)

// lintGivenNames looks for names in the input of which no object can be made.
func (l *inspector) lintGivenNames() {
	switch {
	case l.name == "":
		l.illegalName(finding.Error, l.namePath(), "set it", "required")
	case !isSubdomain(l.name):
		l.illegalName(finding.Error, l.namePath(), nameHint(l.name, objectRule), "invalid name %q", l.name)
	}
	if !isLabelName(l.namespace) {
		l.illegalName(finding.Error, field.NewPath("metadata", "namespace"), nameHint(l.namespace, namespaceRule), "invalid namespace %q", l.namespace)
	}
	for i := range l.source.Spec.Predictors {
		if name := l.source.Spec.Predictors[i].Name; !isLabelName(inside(name)) {
			l.illegalName(finding.Error, predictorPath(i).Child("name"), nameHint(name, serviceRule), "invalid predictor name %q", name)
		}
	}
}

// nameHint says what to do about a name: the rule, unless it is a slip.
func nameHint(name, rule string) string {
	if bare := spelling.Unquoted(name); bare != "" {
		return fmt.Sprintf("the typographic quotes are part of the value; write %q", bare)
	}
	return cmp.Or(spelling.ReplaceFirst(name), rule)
}

// illegalName tells of a name, once for each place.
func (l *inspector) illegalName(severity finding.Severity, path *field.Path, hint, format string, args ...any) {
	if l.once(finding.IllegalName, path, "") {
		l.report(finding.New(finding.IllegalName, path, format, args...).WithHint("%s", hint).As(severity))
	}
}

// lintNames looks for names of objects that the API server refuses, and blames the
// part of the input that they come from, once. Names of containers are warnings:
// the operator has run with them where its units need no Service.
func (l *inspector) lintNames() {
	for _, w := range l.deployments {
		l.lintContainerNames(w)
	}
	for _, s := range l.services {
		if !isServiceName(s.Metadata.Name) {
			path, severity := l.servicePart(s)
			l.illegalName(severity, path, serviceRule, "invalid Service name %q", s.Metadata.Name)
		}
	}
	for _, w := range l.deployments {
		if !isSubdomain(w.Metadata.Name) {
			path, severity := l.deploymentPart(w)
			l.illegalName(severity, path, objectRule, "invalid Deployment name %q", w.Metadata.Name)
		}
	}
}

func (l *inspector) lintObjectName(o manifest.Object, path *field.Path) {
	if !isSubdomain(o.Name) {
		l.tellOnce(finding.IllegalName, path, objectRule, "invalid %s name %q", o.Kind, o.Name)
	}
}

func (l *inspector) lintContainerNames(w *workload) {
	containers := w.pod().Containers
	for k := range containers {
		if name := containers[k].Name; !isLabelName(name) {
			l.tellOnce(finding.IllegalName, l.containerPath(w, k).Child("name"), containerRule, "invalid container name %q", name)
		}
	}
}

func (l *inspector) namePath() *field.Path { return field.NewPath("metadata", "name") }

// servicePart is the part of the input that makes a Service's name illegal.
func (l *inspector) servicePart(s *service) (*field.Path, finding.Severity) {
	pred := s.origin.pred
	if _, ok := pred.Annotations[seldon.AnnotationSvcName]; ok && s.Metadata.Name == pred.key {
		return pred.path.Child("annotations").Key(seldon.AnnotationSvcName), finding.Error
	}
	switch {
	case !isServiceName(l.name[:1] + "0"), !isLabelName(inside(l.name)):
		return l.namePath(), finding.Error
	case s.container != "" && !isLabelName(inside(s.container)):
		return l.unitNamePath(pred, s.container), finding.Warning
	}
	return pred.path.Child("name"), finding.Error
}

// inside returns a part of a name as if it stood between two letters, and short.
func inside(part string) string { return "a" + part[:min(len(part), maxName-2)] + "a" }

// unitNamePath is where the name of a unit's container stands.
func (l *inspector) unitNamePath(pred *predictorPlan, container string) *field.Path {
	if _, j := pred.Container(container); j >= 0 {
		if _, path := l.sourceContainer(pred.pods[j], container); path != nil {
			return path.Child("name")
		}
	}
	return pred.unitPath(container).Child("name")
}

// deploymentPart is the part of the input that makes a Deployment's name illegal:
// the SeldonDeployment's and the predictor's are legal by now.
func (l *inspector) deploymentPart(w *workload) (*field.Path, finding.Severity) {
	pred := w.origin.pred
	if w.origin.component >= 0 && pred.ComponentSpecs[w.origin.component].Metadata.Name != "" {
		return componentPath(pred.index, w.origin.component).Child("metadata", "name"), finding.Error
	}
	containers := w.pod().Containers
	for k := range containers {
		if !isLabelName(inside(containers[k].Name)) {
			return l.containerPath(w, k).Child("name"), finding.Warning
		}
	}
	return pred.path.Child("name"), finding.Error
}

// lintIdentities looks for objects of one kind and name.
func (l *inspector) lintIdentities() {
	services := make(map[string]*service, len(l.services))
	for _, s := range l.services {
		if services[s.Metadata.Name] != nil && !s.origin.pred.repeats(s.container) {
			l.tell(finding.RepeatedObject, l.serviceNamePath(s), "", "duplicate Service %q: the second overwrites the first", s.Metadata.Name)
		}
		services[s.Metadata.Name] = s
	}
	deployments := make(map[string]bool, len(l.deployments))
	for _, w := range l.deployments {
		if deployments[w.Metadata.Name] {
			l.tell(finding.RepeatedObject, podPath(w), "", "duplicate Deployment %q: the second overwrites the first", w.Metadata.Name)
		}
		deployments[w.Metadata.Name] = true
	}
}

// serviceNamePath is where a Service's name comes from.
func (l *inspector) serviceNamePath(s *service) *field.Path {
	if s.container != "" {
		return l.unitNamePath(s.origin.pred, s.container)
	}
	if _, ok := s.origin.pred.Annotations[seldon.AnnotationSvcName]; ok && s.Metadata.Name == s.origin.pred.key {
		return s.origin.pred.path.Child("annotations").Key(seldon.AnnotationSvcName)
	}
	return s.origin.pred.path.Child("name")
}
