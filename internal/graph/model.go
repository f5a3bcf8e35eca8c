package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// Graph is a SeldonDeployment and what it is rendered to.
type Graph struct {
	Namespace, Name string
	Predictors      []*Predictor
	Routes          []*Route
}

// Predictor is an inference graph with the pods that serve it.
type Predictor struct {
	Name string
	// Share says how much of the traffic it gets: a percentage, "shadow" or nothing.
	Share    string
	Root     *Unit
	Pods     []*Pod
	Services []*Service
}

// Unit is a node of the inference graph.
type Unit struct {
	Name string
	// Type is MODEL, ROUTER and so on; Server is what implements it, if it is no
	// container of the user's.
	Type, Server string
	// Container is what serves it; nil for what the orchestrator does by itself.
	Container *Container
	Children  []*Unit
}

// Pod is a Deployment.
type Pod struct {
	Name string
	// Scale says how many there are and what changes that.
	Scale      []string
	Containers []*Container
	labels     map[string]string
}

// Container is a container of a pod.
type Container struct {
	Name, Image string
	Role        Role
	Ports       []string
	// Details are what an init container fetches and with which Secrets.
	Details []string
	pod     *Pod
}

// Role says what a container is for.
type Role string

// The roles of containers.
const (
	Orchestrator Role = "orchestrator"
	UnitRole     Role = "unit"
	Explainer    Role = "explainer"
	Init         Role = "init"
	Sidecar      Role = "sidecar"
)

// Service is a Service with the pods that it selects.
type Service struct {
	Name  string
	Ports []string
	Pods  []*Pod
}

// Route is a way in.
type Route struct {
	// Title is the path or expression that requests match, Via what object says so.
	Title, Via string
	Targets    []Target
}

// Target is where a route leads.
type Target struct {
	Service string
	// Share is a percentage, "mirror" or nothing.
	Share string
}

// New reads a SeldonDeployment and the objects that it was rendered to.
func New(sd *seldon.Deployment, objects []manifest.Object) (*Graph, error) {
	g := &Graph{Namespace: sd.Metadata.Namespace, Name: sd.Metadata.Name}
	for i := range sd.Spec.Predictors {
		p := &sd.Spec.Predictors[i]
		g.Predictors = append(g.Predictors, &Predictor{Name: p.Name, Share: share(p, len(sd.Spec.Predictors))})
	}
	r := reader{graph: g}
	for _, o := range objects {
		if err := r.read(o); err != nil {
			return nil, err
		}
	}
	r.link()
	for i, p := range g.Predictors {
		p.Root = p.unit(&sd.Spec.Predictors[i].Graph)
	}
	return g, nil
}

func share(p *seldon.Predictor, predictors int) string {
	switch {
	case p.Shadow:
		return "shadow"
	case p.Traffic > 0:
		return strconv.Itoa(int(p.Traffic)) + " %"
	case predictors == 1:
		return "100 %"
	}
	return ""
}

func (p *Predictor) unit(in *seldon.Unit) *Unit {
	u := &Unit{Name: in.Name}
	if in.Type != nil && *in.Type != seldon.UnknownType {
		u.Type = *in.Type
	}
	if in.Implementation != nil && *in.Implementation != seldon.UnknownImplementation {
		u.Server = *in.Implementation
	}
	if u.Type == "" && in.Prepackaged() {
		u.Type = seldon.Model
	}
	for _, pod := range p.Pods {
		for _, c := range pod.Containers {
			if c.Name == u.Name && c.Role == Sidecar {
				c.Role, u.Container = UnitRole, c
			}
			if c.Role == Init && strings.HasPrefix(c.Name, in.Name+"-") && len(c.Details) > 0 && in.ModelURI != "" {
				c.Details[0] = in.ModelURI
			}
		}
	}
	for i := range in.Children {
		u.Children = append(u.Children, p.unit(&in.Children[i]))
	}
	return u
}

// orchestrator returns the container that calls the units, or nil.
func (p *Predictor) orchestrator() *Container {
	for _, pod := range p.Pods {
		for _, c := range pod.Containers {
			if c.Role == Orchestrator {
				return c
			}
		}
	}
	return nil
}

// object is what is read of an object.
type object struct {
	Metadata struct {
		Name        string            `json:"name"`
		Annotations map[string]string `json:"annotations"`
	} `json:"metadata"`
	Spec json.RawMessage `json:"spec"`
}

// reader takes objects to the graph.
type reader struct {
	graph *Graph
	// selectors are those of Services, scales what scales Deployments by their names.
	selectors map[*Service]map[string]string
	scales    map[string][]string
	budgets   []budget
}

type budget struct {
	text   string
	labels map[string]string
}

func (r *reader) read(o manifest.Object) error {
	text, err := leaf.JSON(o.Value)
	if err != nil {
		return err
	}
	var in object
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	var predictor *Predictor
	if made, ok := o.Value.(interface{ Predictor() (int, bool) }); ok {
		if i, ok := made.Predictor(); ok {
			predictor = r.graph.Predictors[i]
		}
	}
	switch {
	case o.Kind == "Deployment" && predictor != nil:
		return r.deployment(predictor, in)
	case o.Kind == "Service" && predictor != nil:
		return r.service(predictor, in)
	case o.Kind == "HorizontalPodAutoscaler", o.Kind == "ScaledObject":
		return r.scaler(o.Kind, in)
	case o.Kind == "PodDisruptionBudget":
		return r.budget(in)
	case o.Kind == "VirtualService":
		return r.virtualService(in)
	case o.Kind == "Mapping":
		return r.mapping(in)
	}
	return nil
}

func (r *reader) deployment(p *Predictor, in object) error {
	var spec struct {
		Replicas *int32                 `json:"replicas"`
		Template corev1.PodTemplateSpec `json:"template"`
	}
	if err := json.Unmarshal(in.Spec, &spec); err != nil {
		return err
	}
	pod := &Pod{Name: in.Metadata.Name, labels: spec.Template.Labels}
	if spec.Replicas != nil {
		pod.Scale = []string{counted(int(*spec.Replicas), "replica")}
	}
	for i := range spec.Template.Spec.InitContainers {
		c := &spec.Template.Spec.InitContainers[i]
		out := newContainer(pod, c, Init)
		if len(c.Args) > 0 {
			out.Details = append(out.Details, c.Args[0])
		}
		for _, name := range secretsOf(c) {
			out.Details = append(out.Details, "Secret "+name)
		}
	}
	for i := range spec.Template.Spec.Containers {
		c := &spec.Template.Spec.Containers[i]
		role := Sidecar
		switch {
		case hasVariable(c, "ENGINE_PREDICTOR"):
			role = Orchestrator
		case spec.Template.Labels[seldon.LabelExplainer] == "true" && len(spec.Template.Spec.Containers) == 1:
			role = Explainer
		}
		newContainer(pod, c, role)
	}
	p.Pods = append(p.Pods, pod)
	return nil
}

func newContainer(pod *Pod, c *corev1.Container, role Role) *Container {
	out := &Container{Name: c.Name, Image: c.Image, Role: role, pod: pod}
	for _, port := range c.Ports {
		out.Ports = append(out.Ports, strings.TrimPrefix(port.Name+":", ":")+strconv.Itoa(int(port.ContainerPort)))
	}
	pod.Containers = append(pod.Containers, out)
	return out
}

func hasVariable(c *corev1.Container, name string) bool {
	return slices.ContainsFunc(c.Env, func(e corev1.EnvVar) bool { return e.Name == name })
}

// secretsOf returns the Secrets that a container's environment comes from.
func secretsOf(c *corev1.Container) []string {
	var names []string
	for _, from := range c.EnvFrom {
		if from.SecretRef != nil {
			names = append(names, from.SecretRef.Name)
		}
	}
	for _, e := range c.Env {
		if e.ValueFrom != nil && e.ValueFrom.SecretKeyRef != nil && !slices.Contains(names, e.ValueFrom.SecretKeyRef.Name) {
			names = append(names, e.ValueFrom.SecretKeyRef.Name)
		}
	}
	return names
}

func (r *reader) service(p *Predictor, in object) error {
	var spec corev1.ServiceSpec
	if err := json.Unmarshal(in.Spec, &spec); err != nil {
		return err
	}
	s := &Service{Name: in.Metadata.Name}
	for _, port := range spec.Ports {
		s.Ports = append(s.Ports, strings.TrimPrefix(port.Name+":", ":")+strconv.Itoa(int(port.Port)))
	}
	if r.selectors == nil {
		r.selectors = map[*Service]map[string]string{}
	}
	r.selectors[s] = spec.Selector
	p.Services = append(p.Services, s)
	return r.ambassador(in.Metadata.Annotations[seldon.AnnotationGetAmbassador])
}

func (r *reader) scaler(kind string, in object) error {
	var spec struct {
		ScaleTargetRef struct {
			Name string `json:"name"`
		} `json:"scaleTargetRef"`
		MinReplicas     *int `json:"minReplicas"`
		MaxReplicas     *int `json:"maxReplicas"`
		MinReplicaCount *int `json:"minReplicaCount"`
		MaxReplicaCount *int `json:"maxReplicaCount"`
	}
	if err := json.Unmarshal(in.Spec, &spec); err != nil {
		return err
	}
	if kind == "HorizontalPodAutoscaler" {
		kind = "HPA"
	}
	if spec.MinReplicas == nil {
		spec.MinReplicas = spec.MinReplicaCount
	}
	if spec.MaxReplicas == nil {
		spec.MaxReplicas = spec.MaxReplicaCount
	}
	text := kind
	if spec.MaxReplicas != nil {
		lowest := 1
		if spec.MinReplicas != nil {
			lowest = *spec.MinReplicas
		}
		text += fmt.Sprintf(" %d to %d", lowest, *spec.MaxReplicas)
	}
	if r.scales == nil {
		r.scales = map[string][]string{}
	}
	r.scales[spec.ScaleTargetRef.Name] = append(r.scales[spec.ScaleTargetRef.Name], text)
	return nil
}

func (r *reader) budget(in object) error {
	var spec struct {
		MinAvailable   any `json:"minAvailable"`
		MaxUnavailable any `json:"maxUnavailable"`
		Selector       struct {
			MatchLabels map[string]string `json:"matchLabels"`
		} `json:"selector"`
	}
	if err := json.Unmarshal(in.Spec, &spec); err != nil {
		return err
	}
	b := budget{text: "PDB", labels: spec.Selector.MatchLabels}
	switch {
	case spec.MinAvailable != nil:
		b.text += fmt.Sprintf(" min available %v", spec.MinAvailable)
	case spec.MaxUnavailable != nil:
		b.text += fmt.Sprintf(" max unavailable %v", spec.MaxUnavailable)
	}
	r.budgets = append(r.budgets, b)
	return nil
}

// link connects Services, autoscalers and budgets with the pods they are for.
func (r *reader) link() {
	for _, p := range r.graph.Predictors {
		for _, pod := range p.Pods {
			pod.Scale = append(pod.Scale, r.scales[pod.Name]...)
			for _, b := range r.budgets {
				if selects(b.labels, pod) {
					pod.Scale = append(pod.Scale, b.text)
				}
			}
		}
		for _, s := range p.Services {
			for _, other := range r.graph.Predictors {
				for _, pod := range other.Pods {
					if selects(r.selectors[s], pod) {
						s.Pods = append(s.Pods, pod)
					}
				}
			}
		}
	}
}

// selects reports whether a selector, which is never empty, fits a pod.
func selects(selector map[string]string, pod *Pod) bool {
	for key, value := range selector {
		if got, ok := pod.labels[key]; !ok || got != value {
			return false
		}
	}
	return len(selector) > 0
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// FileName returns a name for a file with the graph's picture, without ending.
func (g *Graph) FileName() string {
	name := g.Name
	if g.Namespace != "" {
		name = g.Namespace + "_" + name
	}
	return strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || !unicode.IsPrint(r) {
			return '-'
		}
		return r
	}, name)
}
