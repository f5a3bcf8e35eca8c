package platform

import (
	"maps"
	"reflect"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// Names that the operator gives to containers (docs/behaviour/core.md).
const (
	orchestratorContainer = "seldon-container-engine"
	tensorflowContainer   = "tfserving"
	tensorflowServer      = "TENSORFLOW_SERVER"
)

// deployment is the work on one Deployment.
type deployment struct {
	*application
	parts
	target
	name      string
	component int
	spec      *appsv1.DeploymentSpec
}

func (d *deployment) apply() {
	pod := &d.spec.Template.Spec
	// Containers are shared with nothing, but their lists may be.
	pod.Containers = append([]corev1.Container(nil), pod.Containers...)
	pod.InitContainers = append([]corev1.Container(nil), pod.InitContainers...)
	d.merge(deploymentRole, d.target, d.parts, d.deploymentSays())
	podSays := d.podSays()
	says := d.says(&podSays, d.componentPath())
	d.fragments(podRole, d.target, func(f *fragment, defaults bool) {
		user := said{}
		if defaults {
			user = says
		}
		for _, part := range f.fields {
			inUser := user.field(part.name, part.index)
			if part.name == "metadata" {
				d.mergeMetadata(part.fragment, &d.spec.Template.Labels, &d.spec.Template.Annotations, inUser)
			} else {
				part.merge(reflect.ValueOf(pod).Elem(), inUser)
			}
		}
	})
	for i := range pod.Containers {
		d.container(&pod.Containers[i])
	}
	for i := range pod.InitContainers {
		d.initializer(&pod.InitContainers[i])
	}
	d.shorthands()
}

// container merges what is for a container by its role.
func (d *deployment) container(c *corev1.Container) {
	switch unit := d.unitOf(c.Name); {
	case d.component == render.FromExplainer:
		d.mergeContainer(explainerRole, d.explainerTarget(), c, d.containerSays(c.Name, false))
	case c.Name == orchestratorContainer:
		d.mergeContainer(orchestratorRole, d.target, c, d.orchestratorSays())
	case unit != nil:
		t := d.target
		t.unit = unit
		d.mergeContainer(serverRole, t, c, d.containerSays(c.Name, false))
	}
}

func (d *deployment) initializer(c *corev1.Container) {
	if t, ok := d.fetches(c.Name); ok {
		d.mergeContainer(initializerRole, t, c, d.containerSays(c.Name, true))
	}
}

func (d *deployment) mergeContainer(role role, t target, c *corev1.Container, user said) {
	d.fragments(role, t, func(f *fragment, defaults bool) {
		if !defaults {
			user = said{}
		}
		f.merge(reflect.ValueOf(c).Elem(), user)
	})
}

// fetches returns what an init container fetches a model for; ok is false for any
// other init container.
func (d *deployment) fetches(name string) (t target, ok bool) {
	if d.target.predictor == nil {
		return target{}, false
	}
	for _, c := range d.spec.Template.Spec.Containers {
		if name != render.InitializerName(c.Name) {
			continue
		}
		if d.component == render.FromExplainer {
			return d.explainerTarget(), true
		}
		t = d.target
		t.unit = d.unitOf(c.Name)
		return t, t.unit != nil
	}
	return target{}, false
}

func (d *deployment) explainerTarget() target {
	t := d.target
	if t.predictor != nil && t.predictor.Explainer != nil {
		t.uri = t.predictor.Explainer.ModelURI
	}
	return t
}

// unitOf returns the unit that a container serves, or nil.
func (d *deployment) unitOf(container string) *seldon.Unit {
	if d.target.predictor == nil {
		return nil
	}
	graph := &d.target.predictor.Graph
	if unit := graph.Find(container); unit != nil {
		return unit
	}
	if container == tensorflowContainer {
		for _, u := range graph.Walk(field.NewPath("graph")) {
			if u.Implementation != nil && *u.Implementation == tensorflowServer {
				return u
			}
		}
	}
	return nil
}

// says is what the user wrote at a path, by a pointer to its value.
func (d *deployment) says(value any, at *field.Path) said {
	s := said{value: reflect.ValueOf(value).Elem(), at: at}
	if text, ok := d.Locator.(interface{ Has(path *field.Path) bool }); ok {
		s.has = text.Has
	}
	return s
}

func (d *deployment) predictorPath() *field.Path {
	i, _ := d.Predictor()
	return field.NewPath("spec", "predictors").Index(i)
}

// componentPath is the place of the component spec that the Deployment was made
// from. Where it was made from none, there is nothing at the path.
func (d *deployment) componentPath() *field.Path {
	return d.predictorPath().Child("componentSpecs").Index(d.component)
}

// containerSays returns what the user wrote of a container.
func (d *deployment) containerSays(name string, init bool) said {
	if d.component == render.FromExplainer && !init && d.target.predictor != nil && d.target.predictor.Explainer != nil {
		return d.says(&d.target.predictor.Explainer.ContainerSpec, d.predictorPath().Child("explainer", "containerSpec"))
	}
	cs := componentSpec(d.target, d.component)
	if cs == nil {
		return said{}
	}
	list, at := cs.Spec.Containers, "containers"
	if init {
		list, at = cs.Spec.InitContainers, "initContainers"
	}
	for i := range list {
		if list[i].Name == name {
			return d.says(&list[i], d.componentPath().Child("spec", at).Index(i))
		}
	}
	return said{}
}

// orchestratorSays returns what the user wrote of the orchestrator.
func (d *deployment) orchestratorSays() said {
	if own := d.containerSays(orchestratorContainer, false); own.value.IsValid() || d.target.predictor == nil {
		return own
	}
	says := corev1.Container{Resources: d.target.predictor.EngineResources}
	orchestrator := d.target.predictor.SvcOrchSpec
	if orchestrator.Resources != nil {
		says.Resources = *orchestrator.Resources
	}
	for _, e := range orchestrator.Env {
		if e != nil {
			says.Env = append(says.Env, *e)
		}
	}
	return said{value: reflect.ValueOf(says)}
}

func (d *deployment) podSays() podFragment {
	says := podFragment{Metadata: d.metadataSays()}
	if cs := componentSpec(d.target, d.component); cs != nil {
		says.Spec = cs.Spec
		maps.Copy(says.Metadata.Labels, cs.Metadata.Labels)
		maps.Copy(says.Metadata.Annotations, cs.Metadata.Annotations)
	}
	return says
}

func (d *deployment) deploymentSays() deploymentFragment {
	says := deploymentFragment{Metadata: d.metadataSays()}
	says.Spec.Replicas = d.Deployment.Spec.Replicas
	p := d.target.predictor
	if p == nil {
		return says
	}
	says.Spec.ProgressDeadlineSeconds = p.ProgressDeadlineSeconds
	nearest := func(replicas *int32) {
		if replicas != nil {
			says.Spec.Replicas = replicas
		}
	}
	nearest(p.Replicas)
	if cs := componentSpec(d.target, d.component); cs != nil {
		nearest(cs.Replicas)
	}
	switch d.component {
	case render.FromOrchestrator:
		nearest(p.SvcOrchSpec.Replicas)
	case render.FromExplainer:
		nearest(p.Explainer.Replicas)
	}
	return says
}

// metadataSays returns the labels and annotations that the user wrote for all
// pods of the predictor.
func (d *deployment) metadataSays() labelled {
	says := labelled{map[string]string{}, map[string]string{}}
	maps.Copy(says.Annotations, d.Deployment.Spec.Annotations)
	if p := d.target.predictor; p != nil {
		maps.Copy(says.Labels, p.Labels)
		maps.Copy(says.Annotations, p.Annotations)
	}
	return says
}
