package render

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

const (
	serviceRule   = "names of Services have lower-case letters, digits and hyphens, a letter first, at most 63"
	containerRule = "names of containers have lower-case letters, digits and hyphens, at most 63"
	namespaceRule = "names of namespaces have lower-case letters, digits and hyphens, at most 63"
	objectRule    = "names have lower-case letters, digits, hyphens and dots, at most 253"
)

// lintNames looks for names that the API server refuses, and blames the part of
// the input that they come from, once.
func (p *plan) lintNames() {
	if !isLabelName(p.namespace) {
		p.tellOnce(finding.IllegalName, field.NewPath("metadata", "namespace"), namespaceRule, "no namespace can be named %q", p.namespace)
	}
	for _, w := range p.deployments {
		p.lintContainerNames(w)
	}
	for _, s := range p.services {
		if !isServiceName(s.meta.Name) {
			p.tellOnce(finding.IllegalName, p.servicePart(s), serviceRule, "Service %q cannot have this name", s.meta.Name)
		}
	}
	for _, w := range p.deployments {
		if !isSubdomain(w.meta.Name) {
			p.tellOnce(finding.IllegalName, p.deploymentPart(w), objectRule, "Deployment %q cannot have this name", w.meta.Name)
		}
	}
	for _, o := range slices.Concat(p.virtualServices, p.destinationRules) {
		p.lintObjectName(o, p.namePath())
	}
	for _, o := range p.mappings {
		if strings.Contains(o.Name, "_") {
			p.tellOnce(finding.IllegalName, p.namePath(), "set ambassador.singleNamespace to false in the values",
				"Mapping %q cannot have this name: the operator gives it underscores", o.Name)
			continue
		}
		p.lintObjectName(o, p.namePath())
	}
}

func (p *plan) lintObjectName(o manifest.Object, path *field.Path) {
	if !isSubdomain(o.Name) {
		p.tellOnce(finding.IllegalName, path, objectRule, "%s %q cannot have this name", o.Kind, o.Name)
	}
}

func (p *plan) lintContainerNames(w *workload) {
	containers := w.pod().Containers
	for k := range containers {
		if name := containers[k].Name; !isLabelName(name) {
			p.tellOnce(finding.IllegalName, p.containerPath(w, k).Child("name"), containerRule, "container %q cannot have this name", name)
		}
	}
}

func (p *plan) namePath() *field.Path { return field.NewPath("metadata", "name") }

// servicePart is the part of the input that makes a Service's name illegal.
func (p *plan) servicePart(s *service) *field.Path {
	pred := s.pred
	if _, ok := pred.Annotations[seldon.AnnotationSvcName]; ok && s.meta.Name == pred.key {
		return pred.path.Child("annotations").Key(seldon.AnnotationSvcName)
	}
	switch {
	case p.name == "" || !isServiceName(p.name[:1]+"0"), !isLabelName(inside(p.name)):
		return p.namePath()
	case s.container != "" && !isLabelName(inside(s.container)) && isLabelName(inside(pred.Name)):
		return p.unitNamePath(pred, s.container)
	}
	return pred.path.Child("name")
}

// inside returns a part of a name as if it stood between two letters, and short.
func inside(part string) string { return "a" + part[:min(len(part), maxName-2)] + "a" }

// unitNamePath is where the name of a unit's container stands.
func (p *plan) unitNamePath(pred *predictorPlan, container string) *field.Path {
	if _, j := pred.Container(container); j >= 0 {
		if _, path := p.sourceContainer(pred.pods[j], container); path != nil {
			return path.Child("name")
		}
	}
	return pred.unitPath(container).Child("name")
}

// deploymentPart is the part of the input that makes a Deployment's name illegal.
func (p *plan) deploymentPart(w *workload) *field.Path {
	pred := w.origin.pred
	switch {
	case !isSubdomain(p.name):
		return p.namePath()
	case !isLabelName(inside(pred.Name)):
		return pred.path.Child("name")
	case w.origin.component >= 0 && pred.ComponentSpecs[w.origin.component].Metadata.Name != "":
		return componentPath(pred.index, w.origin.component).Child("metadata", "name")
	}
	containers := w.pod().Containers
	for k := range containers {
		if !isLabelName(inside(containers[k].Name)) {
			return p.containerPath(w, k).Child("name")
		}
	}
	return pred.path.Child("name")
}

// lintIdentities looks for objects of one kind and name.
func (p *plan) lintIdentities() {
	services := make(map[string]*service, len(p.services))
	for _, s := range p.services {
		if services[s.meta.Name] != nil && !s.pred.repeats(s.container) {
			p.tell(finding.RepeatedObject, p.serviceNamePath(s), "", "there are two Services %q: the second overwrites the first", s.meta.Name)
		}
		services[s.meta.Name] = s
	}
	deployments := make(map[string]bool, len(p.deployments))
	for _, w := range p.deployments {
		if deployments[w.meta.Name] {
			p.tell(finding.RepeatedObject, podPath(w), "", "there are two Deployments %q: the second overwrites the first", w.meta.Name)
		}
		deployments[w.meta.Name] = true
	}
}

// serviceNamePath is where a Service's name comes from.
func (p *plan) serviceNamePath(s *service) *field.Path {
	if s.container != "" {
		return p.unitNamePath(s.pred, s.container)
	}
	if _, ok := s.pred.Annotations[seldon.AnnotationSvcName]; ok && s.meta.Name == s.pred.key {
		return s.pred.path.Child("annotations").Key(seldon.AnnotationSvcName)
	}
	return s.pred.path.Child("name")
}
