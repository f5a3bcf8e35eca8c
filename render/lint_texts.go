package render

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// lintTexts looks at addresses, images and names of other objects for what must be
// a slip: nothing replaces variables and templates after rendering, and white
// space is taken for a part of the text.
func (l *inspector) lintTexts() {
	for i := range l.source.Spec.Predictors {
		pred := &l.source.Spec.Predictors[i]
		for path, u := range pred.Graph.Walk(graphPath(i)) {
			l.lintModelTexts(path, u.ModelURI, u.EnvSecretRefName, u.ServiceAccountName, u.StorageInitializerImage)
		}
		for j, cs := range pred.ComponentSpecs {
			if cs != nil {
				l.lintPodTexts(&cs.Spec, func() *field.Path { return componentPath(i, j).Child("spec") })
			}
		}
		if e := pred.Explainer; pred.Explained() {
			path := predictorPath(i).Child("explainer")
			at := func() *field.Path { return path }
			l.lintModelTexts(path, e.ModelURI, e.EnvSecretRefName, e.ServiceAccountName, e.StorageInitializerImage)
			l.lintText(e.ContainerSpec.Image, at, "containerSpec", "image")
		}
	}
}

func (l *inspector) lintModelTexts(path *field.Path, uri, secret, account, image string) {
	at := func() *field.Path { return path }
	l.lintText(uri, at, "modelUri")
	l.lintText(image, at, "storageInitializerImage")
	l.lintReferenceName(secret, at, "envSecretRefName")
	l.lintReferenceName(account, at, "serviceAccountName")
}

func (l *inspector) lintPodTexts(pod *corev1.PodSpec, at func() *field.Path) {
	l.lintReferenceName(pod.ServiceAccountName, at, "serviceAccountName")
	for k := range pod.InitContainers {
		l.lintText(pod.InitContainers[k].Image, func() *field.Path { return at().Child("initContainers").Index(k) }, "image")
	}
	for k := range pod.Containers {
		l.lintText(pod.Containers[k].Image, func() *field.Path { return at().Child("containers").Index(k) }, "image")
	}
}

// lintReferenceName looks at the name of another object, which may be empty.
func (l *inspector) lintReferenceName(name string, at func() *field.Path, below string) {
	if l.lintText(name, at, below) && name != "" && !isSubdomain(name) {
		l.tell(finding.IllegalReference, at().Child(below), objectRule, "no object can be called %q: a cluster refuses the pod", name)
	}
}

// lintText answers false if there is something to tell.
func (l *inspector) lintText(text string, at func() *field.Path, below ...string) bool {
	switch hint := spelling.ReplaceFirst(text); {
	case hint != "":
		l.tell(finding.Placeholder, at().Child(below[0], below[1:]...), hint, "nothing replaces the variable, template or placeholder in the value")
	case strings.TrimSpace(text) != text:
		l.tell(finding.StraySpace, at().Child(below[0], below[1:]...), "remove it", "white space at its beginning or end, which is part of the value")
	default:
		return true
	}
	return false
}
