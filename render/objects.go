package render

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// object is any Kubernetes object without a status, with its keys in the usual
// order.
type object[Spec any] struct {
	APIVersion string     `json:"apiVersion"`
	Kind       string     `json:"kind"`
	Metadata   objectMeta `json:"metadata"`
	Spec       Spec       `json:"spec"`
	origin     origin
}

// EncodeTo implements [manifest.Encodable].
func (o *object[Spec]) EncodeTo(e manifest.Encoder) {
	e.BeginMap()
	putText(e, "apiVersion", o.APIVersion)
	putText(e, "kind", o.Kind)
	encodeObjectMeta(e, "metadata", &o.Metadata)
	e.Field("spec")
	encodeSpec(e, &o.Spec)
	e.EndMap()
}

type objectMeta struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// GetAnnotations returns the annotations of the object, as Kubernetes' own types
// do.
func (o *object[Spec]) GetAnnotations() map[string]string { return o.Metadata.Annotations }

// SetAnnotations replaces the annotations of the object.
func (o *object[Spec]) SetAnnotations(annotations map[string]string) {
	o.Metadata.Annotations = annotations
}

// PodSpec returns the spec of a Deployment's pods, and nil for any other object.
func (o *object[Spec]) PodSpec() *corev1.PodSpec {
	if d, ok := any(&o.Spec).(*appsv1.DeploymentSpec); ok {
		return &d.Template.Spec
	}
	return nil
}

// Predictor returns the index of the predictor that a Deployment or a Service was
// made for; other objects answer false.
func (o *object[Spec]) Predictor() (int, bool) {
	if o.origin.pred == nil {
		return 0, false
	}
	return o.origin.pred.index, true
}

// Component returns the index of the component spec that a Deployment was made
// from, or [FromOrchestrator] or [FromExplainer].
func (o *object[Spec]) Component() int { return o.origin.component }

// Parts returns the labels, the annotations and the spec of an object for
// changing it. The spec is a pointer to the type that is written, and what it
// points to may be shared with other objects.
func (o *object[Spec]) Parts() (labels, annotations *map[string]string, spec any) {
	return &o.Metadata.Labels, &o.Metadata.Annotations, &o.Spec
}

// newObject returns an object in the SeldonDeployment's namespace.
func newObject[Spec any](p *plan, apiVersion, kind, name string, labels map[string]string, spec Spec) manifest.Object {
	o := &object[Spec]{apiVersion, kind, objectMeta{Name: name, Namespace: p.namespace, Labels: labels}, spec, origin{}}
	return o.rendered()
}

// rendered returns the object as it leaves the renderer.
func (o *object[Spec]) rendered() manifest.Object {
	return manifest.Object{APIVersion: o.APIVersion, Kind: o.Kind, Namespace: o.Metadata.Namespace, Name: o.Metadata.Name, Value: o}
}

// workload is a Deployment while it is built.
type workload struct {
	object[appsv1.DeploymentSpec]

	// What podPath and containerPath answered before: many lints ask.
	path           *field.Path
	containerPaths []*field.Path
	// containers and inits find its containers, and own those that the user wrote.
	containers, inits, own index
	// listened are the ports of the containers; nil until they are asked for.
	listened map[int32]bool
}

func newWorkload(name, namespace string) *workload {
	return &workload{object: object[appsv1.DeploymentSpec]{
		APIVersion: "apps/v1", Kind: "Deployment",
		Metadata: objectMeta{Name: name, Namespace: namespace, Labels: map[string]string{}, Annotations: map[string]string{}},
		Spec: appsv1.DeploymentSpec{
			Selector: &metav1.LabelSelector{MatchLabels: map[string]string{}},
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: map[string]string{}, Annotations: map[string]string{}},
			},
		},
	}}
}

func (w *workload) pod() *corev1.PodSpec { return &w.Spec.Template.Spec }

// label sets a label on the Deployment and its pods.
func (w *workload) label(key, value string) {
	w.Metadata.Labels[key] = value
	w.Spec.Template.Labels[key] = value
}

// selectBy sets a label on the Deployment and its pods, and selects pods by it.
func (w *workload) selectBy(key, value string) {
	w.label(key, value)
	w.Spec.Selector.MatchLabels[key] = value
}

// annotate sets an annotation on the Deployment and its pods.
func (w *workload) annotate(key, value string) {
	w.Metadata.Annotations[key] = value
	w.Spec.Template.Annotations[key] = value
}

// container returns the first container of that name, or nil.
func (w *workload) container(name string) *corev1.Container {
	list := w.pod().Containers
	if k := w.containers.container(list, name); k >= 0 {
		return &list[k]
	}
	return nil
}

// listens reports whether a container of the pod, which is complete, has a port.
func (w *workload) listens(number int32) bool {
	if w.listened == nil {
		w.listened = map[int32]bool{}
		for k := range w.pod().Containers {
			for i := range w.pod().Containers[k].Ports {
				w.listened[w.pod().Containers[k].Ports[i].ContainerPort] = true
			}
		}
	}
	return w.listened[number]
}

// service is a Service while it is built.
type service struct {
	object[corev1.ServiceSpec]
	// container is what a container Service is for, else empty.
	container string
}

// idLabel is the label that all small objects of a SeldonDeployment carry.
func (p *subject) idLabel() map[string]string {
	return map[string]string{seldon.LabelDeploymentID: p.id}
}
