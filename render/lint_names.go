package render

import (
	"iter"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

const (
	serviceRule   = "names of Services have lower-case letters, digits and hyphens, a letter first, at most 63"
	containerRule = "names of containers have lower-case letters, digits and hyphens, at most 63"
	objectRule    = "names have lower-case letters, digits, hyphens and dots, at most 253"
)

// lintNames looks for names that the API server refuses, and blames the part of
// the input that they come from, once.
func (p *plan) lintNames() {
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

// lintLabels looks for keys and values of the user's labels and annotations
// that the API server refuses.
func (p *plan) lintLabels() {
	p.lintAnnotationKeys(p.source.Spec.Annotations, field.NewPath("spec"))
	for i := range p.source.Spec.Predictors {
		pred := &p.source.Spec.Predictors[i]
		p.lintLabelMap(pred.Labels, predictorPath(i))
		p.lintAnnotationKeys(pred.Annotations, predictorPath(i))
		if _, ok := pred.Labels[seldon.LabelVersion]; !ok && len(pred.Name) > maxName {
			p.tell(finding.IllegalLabel, predictorPath(i).Child("name"), "shorten it, or set the label "+seldon.LabelVersion,
				"the predictor's name becomes the value of a label, which can have %d characters, not %d", maxName, len(pred.Name))
		}
		for j, cs := range pred.ComponentSpecs {
			if cs != nil && len(cs.Metadata.Labels)+len(cs.Metadata.Annotations) > 0 {
				p.lintLabelMap(cs.Metadata.Labels, componentPath(i, j).Child("metadata"))
				p.lintAnnotationKeys(cs.Metadata.Annotations, componentPath(i, j).Child("metadata"))
			}
		}
	}
}

func (p *plan) lintLabelMap(labels map[string]string, path *field.Path) {
	for key, value := range wrongEntries(labels, func(key, value string) bool { return isLabelKey(key) && isLabelValue(value) }) {
		at := path.Child("labels").Key(key)
		if !isLabelKey(key) {
			p.tell(finding.IllegalLabel, at, "", "%q cannot be the key of a label", key)
		} else {
			p.tell(finding.IllegalLabel, at, "", "%q cannot be the value of a label", value)
		}
	}
}

func (p *plan) lintAnnotationKeys(annotations map[string]string, path *field.Path) {
	for key := range wrongEntries(annotations, func(key, _ string) bool { return isAnnotationKey(key) }) {
		p.tell(finding.IllegalAnnotation, path.Child("annotations").Key(key), "", "%q cannot be the key of an annotation", key)
	}
}

// wrongEntries yields the entries that are not right, in the order of their keys.
func wrongEntries(m map[string]string, right func(key, value string) bool) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		var wrong []string
		for key, value := range m {
			if !right(key, value) {
				wrong = append(wrong, key)
			}
		}
		slices.Sort(wrong)
		for _, key := range wrong {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

// maxAnnotations is how many bytes keys and values of an object's annotations
// may have in all.
const maxAnnotations = 256 << 10

// lintSelectors looks at labels and annotations of Deployments as they became.
func (p *plan) lintSelectors() {
	for _, w := range p.deployments {
		pred, template := w.origin.pred, &w.spec.Template
		for key, value := range wrongEntries(w.spec.Selector.MatchLabels, func(key, value string) bool { return template.Labels[key] == value }) {
			p.tell(finding.SelectorMismatch, p.labelPath(w, key), "remove the label",
				"Deployment %q selects pods with %s: %s, and its own have %q", w.meta.Name, key, value, template.Labels[key])
		}
		if p.release.Pods.PredictorAnnotations == release.AnnotationValuesAsKeys && w.meta.Labels[seldon.LabelContainsSvcOrch] != "" && !p.separate {
			for key, value := range wrongEntries(pred.Annotations, func(_, value string) bool { return isAnnotationKey(value) }) {
				p.tell(finding.IllegalAnnotation, pred.path.Child("annotations").Key(key), "move it to spec.annotations",
					"the operator of Seldon Core %s makes the value %q the key of an annotation, which it cannot be", p.release.Version, value)
			}
		}
		size := 0
		for key, value := range template.Annotations {
			size += len(key) + len(value)
		}
		if size > maxAnnotations {
			p.tell(finding.IllegalAnnotation, pred.path, "", "the annotations of Deployment %q have %d bytes, and at most %d are allowed", w.meta.Name, size, maxAnnotations)
		}
		if p.release.Pods.ServiceLabel == release.ServiceLabelPerContainer {
			p.lintServiceLabels(w)
		}
	}
}

// lintServiceLabels looks for container names that are too long for the key of
// a label (docs/behaviour/differences.md, 6).
func (p *plan) lintServiceLabels(w *workload) {
	const prefix = seldon.LabelContainerService + "-"
	for k := range w.pod().Containers {
		name := w.pod().Containers[k].Name
		if _, ok := w.spec.Selector.MatchLabels[prefix+name]; ok && len(prefix+name) > maxName {
			p.tell(finding.IllegalLabel, p.unitNamePath(w.origin.pred, name), "",
				"%s cannot be the key of a label: the name of a unit's container can have %d characters, not %d",
				prefix+name, maxName-len(prefix), len(name))
		}
	}
}

// labelPath is where a label of a Deployment's pods comes from.
func (p *plan) labelPath(w *workload, key string) *field.Path {
	pred := w.origin.pred
	if j := w.origin.component; j >= 0 {
		if _, ok := pred.ComponentSpecs[j].Metadata.Labels[key]; ok {
			return componentPath(pred.index, j).Child("metadata", "labels").Key(key)
		}
	}
	return pred.path.Child("labels").Key(key)
}

// lintIdentities looks for objects of one kind and name.
func (p *plan) lintIdentities() {
	services := make(map[string]*service, len(p.services))
	for _, s := range p.services {
		if services[s.meta.Name] != nil {
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

// The rules of Kubernetes, decided without its regular expressions where the
// answer is plain.

func isLabelName(s string) bool {
	if s == "" || len(s) > maxName || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func isServiceName(s string) bool { return isLabelName(s) && s[0] >= 'a' }

func isSubdomain(s string) bool {
	return isLabelName(s) || len(validation.IsDNS1123Subdomain(s)) == 0
}

func isLabelKey(s string) bool { return isLabelName(s) || len(validation.IsQualifiedName(s)) == 0 }

func isLabelValue(s string) bool {
	return s == "" || isLabelName(s) || len(validation.IsValidLabelValue(s)) == 0
}

func isAnnotationKey(s string) bool {
	name, ok := strings.CutPrefix(s, "seldon.io/")
	return ok && isLabelName(name) || isLabelKey(strings.ToLower(s))
}
