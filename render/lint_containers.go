package render

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintInputContainers looks at the containers that the user wrote.
func (l *inspector) lintInputContainers() {
	for i := range l.source.Spec.Predictors {
		pred := &l.source.Spec.Predictors[i]
		for j, cs := range pred.ComponentSpecs {
			if cs == nil {
				continue
			}
			l.lintWords(&cs.Spec, func() *field.Path { return componentPath(i, j).Child("spec") })
			for k := range cs.Spec.Containers {
				l.lintSidecar(pred, &cs.Spec.Containers[k], i, j, k)
				l.lintContainer(&cs.Spec.Containers[k], func() *field.Path { return componentPath(i, j).Child("spec", "containers").Index(k) })
			}
			for k := range cs.Spec.InitContainers {
				l.lintContainer(&cs.Spec.InitContainers[k], func() *field.Path { return componentPath(i, j).Child("spec", "initContainers").Index(k) })
			}
		}
		if pred.Explained() {
			l.lintWords(&pred.Explainer.ContainerSpec, func() *field.Path { return predictorPath(i).Child("explainer", "containerSpec") })
			l.lintContainer(&pred.Explainer.ContainerSpec, func() *field.Path { return predictorPath(i).Child("explainer", "containerSpec") })
		}
		if own := pred.SvcOrchSpec.Resources; own != nil {
			l.lintResources(own, func() *field.Path { return predictorPath(i).Child("svcOrchSpec") })
		}
	}
}

// lintSidecar tells of a container that no unit names.
func (l *inspector) lintSidecar(pred *seldon.Predictor, c *corev1.Container, i, j, k int) {
	if l.find(pred).unit(c.Name) != nil || c.Name == engineContainer || c.Name == tfservingContainer {
		return
	}
	if l.full(finding.ContainerWithoutUnit, finding.Warning) && l.full(finding.ContainerWithoutUnit, finding.Note) {
		return
	}
	path := componentPath(i, j).Child("spec", "containers").Index(k).Child("name")
	if unit := l.meantUnit(pred, c.Name); unit != "" {
		l.report(finding.New(finding.ContainerWithoutUnit, path, "no unit of the graph is named %q", c.Name).
			WithHint("did you mean %s?", unit).As(finding.Warning))
		return
	}
	l.tell(finding.ContainerWithoutUnit, path, "", "no unit is named %q: the container runs as a sidecar", c.Name)
}

// maxMeant is among how many units one that was meant is looked for.
const maxMeant = 100

// meantUnit is the unit without a container of its own whose name a container
// seems to misspell, or nothing.
func (l *inspector) meantUnit(pred *seldon.Predictor, container string) string {
	all := l.find(pred)
	if all.parts != nil && len(all.parts.units) > maxMeant {
		return ""
	}
	var units []string
	for _, u := range pred.Graph.Walk(nil) {
		if c, _ := all.Container(u.Name); c == nil {
			units = append(units, u.Name)
		}
	}
	return spelling.Nearest(container, units)
}

func (l *inspector) lintContainer(c *corev1.Container, path func() *field.Path) {
	switch {
	case spelling.Unquoted(c.Image) != "":
	case c.Image != "" && spelling.ReplaceFirst(c.Image) == "" && strings.TrimSpace(c.Image) == c.Image && !isImage(c.Image):
		hint := "write [REGISTRY/]NAME[:TAG], the name with lower-case letters, digits, and . _ - / between them"
		if _, rest, ok := strings.Cut(c.Image, "://"); ok && isImage(rest) {
			hint = "write " + rest + ": images have no scheme"
		}
		l.tell(finding.IllegalImage, path().Child("image"), hint, "%q is not an image: no node can pull it", c.Image)
	case unpinned(c.Image):
		l.tellUnpinned(c.Image, path().Child("image"))
	}
	l.lintResources(&c.Resources, path)
}

func (l *inspector) tellUnpinned(image string, path *field.Path) {
	l.tell(finding.UnpinnedImage, path, "", "image %s is not pinned to a version", image)
}

func (l *inspector) lintResources(r *corev1.ResourceRequirements, path func() *field.Path) {
	l.lintResourceNames(r.Requests, func() *field.Path { return path().Child("resources", "requests") })
	l.lintResourceNames(r.Limits, func() *field.Path { return path().Child("resources", "limits") })
	if len(r.Requests) == 0 && len(r.Limits) == 0 {
		return
	}
	var few [8]corev1.ResourceName
	for _, name := range sortedKeys(few[:0], r.Requests) {
		request := r.Requests[name]
		if limit, ok := r.Limits[name]; ok && request.Cmp(limit) > 0 {
			l.tell(finding.RequestsOverLimits, path().Child("resources", "requests").Key(string(name)), "",
				"request %s exceeds limit %s", request.String(), limit.String())
		}
	}
	for _, name := range []corev1.ResourceName{corev1.ResourceMemory, corev1.ResourceEphemeralStorage} {
		request, requested := r.Requests[name]
		limit, limited := r.Limits[name]
		if requested && fractional(request) {
			l.tell(finding.FractionalBytes, path().Child("resources", "requests").Key(string(name)), "use a suffix such as Mi or Gi", "%s is not a whole number of bytes", request.String())
		}
		if limited && fractional(limit) {
			l.tell(finding.FractionalBytes, path().Child("resources", "limits").Key(string(name)), "use a suffix such as Mi or Gi", "%s is not a whole number of bytes", limit.String())
		}
	}
}

// lintResourceNames looks for resources that no cluster has: those without a domain
// are Kubernetes' own.
func (l *inspector) lintResourceNames(list corev1.ResourceList, path func() *field.Path) {
	known := []string{string(corev1.ResourceCPU), string(corev1.ResourceMemory), string(corev1.ResourceEphemeralStorage)}
	var few [8]corev1.ResourceName
	for _, resource := range sortedKeys(few[:0], list) {
		name := string(resource)
		if !slices.Contains(known, name) && !strings.Contains(name, "/") && !strings.HasPrefix(name, corev1.ResourceHugePagesPrefix) {
			l.tell(finding.PodWord, path().Key(name), meantOr(name, known), "unknown resource %q", name)
		}
	}
}

func fractional(q resource.Quantity) bool { return q.MilliValue()%1000 != 0 }
