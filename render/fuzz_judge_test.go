package render_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/seldonctl/seldonctl/finding"
)

// judge finds what an API server refuses about objects, by Kubernetes' own rules
// of names and numbers and independently of the lints, and holds it against what
// the findings say.
type judge struct {
	t        *testing.T
	findings finding.List
}

// refuse wants a finding of the code. A name that is illegal makes illegal labels
// out of itself, which is told once, and a container that is there twice is
// enough to tell of it.
func (j *judge) refuse(code finding.Code, format string, args ...any) {
	for _, f := range j.findings {
		if f.Code == code || f.Code == finding.IllegalName && code == finding.IllegalLabel ||
			f.Code == finding.DuplicateContainer && code == finding.VariableName {
			return
		}
	}
	j.t.Errorf("no finding %s, but a cluster refuses %s", code, fmt.Sprintf(format, args...))
}

// need refuses what when a check of apimachinery has something to say.
func (j *judge) need(code finding.Code, what, value string, faults []string) {
	if len(faults) > 0 {
		j.refuse(code, "%s %q: %s", what, value, faults[0])
	}
}

func (j *judge) object(kind string, text []byte) {
	decode := func(into any) {
		if err := json.Unmarshal(text, into); err != nil {
			j.t.Fatalf("no %s: %v\n%s", kind, err, text)
		}
	}
	switch kind {
	case "Deployment":
		var d appsv1.Deployment
		decode(&d)
		j.deployment(&d)
	case "Service":
		var s corev1.Service
		decode(&s)
		j.service(&s)
	case "HorizontalPodAutoscaler":
		var hpa struct {
			Spec struct{ MinReplicas, MaxReplicas *int32 }
		}
		decode(&hpa)
		least, most := hpa.Spec.MinReplicas, hpa.Spec.MaxReplicas
		if most == nil || *most < 1 || least != nil && (*least < 1 || *least > *most) {
			j.refuse(finding.AutoscalerBounds, "bounds of an autoscaler")
		}
	case "PodDisruptionBudget":
		var pdb struct {
			Spec struct{ MinAvailable, MaxUnavailable any }
		}
		decode(&pdb)
		if pdb.Spec.MinAvailable != nil && pdb.Spec.MaxUnavailable != nil {
			j.refuse(finding.BudgetForm, "a budget of both forms")
		}
	}
}

func (j *judge) labels(labels map[string]string) {
	for key, value := range labels {
		j.need(finding.IllegalLabel, "key of a label", key, validation.IsQualifiedName(key))
		j.need(finding.IllegalLabel, "value of a label", value, validation.IsValidLabelValue(value))
	}
}

func (j *judge) deployment(d *appsv1.Deployment) {
	j.need(finding.IllegalName, "Deployment", d.Name, validation.IsDNS1123Subdomain(d.Name))
	j.labels(d.Labels)
	j.labels(d.Spec.Template.Labels)
	for _, annotations := range []map[string]string{d.Annotations, d.Spec.Template.Annotations} {
		for key := range annotations {
			j.need(finding.IllegalAnnotation, "key of an annotation", key, validation.IsQualifiedName(strings.ToLower(key)))
		}
	}
	for key, value := range d.Spec.Selector.MatchLabels {
		if got, ok := d.Spec.Template.Labels[key]; !ok || got != value {
			j.refuse(finding.SelectorMismatch, "Deployment %q selects %s=%s", d.Name, key, value)
		}
	}
	if n := d.Spec.Replicas; n != nil && *n < 0 {
		j.refuse(finding.ReplicaCount, "%d replicas", *n)
	}
	if n := d.Spec.ProgressDeadlineSeconds; n != nil && *n <= 0 {
		j.refuse(finding.ReplicaCount, "a progress deadline of %d", *n)
	}
	j.pod(&d.Spec.Template.Spec)
}

func (j *judge) pod(pod *corev1.PodSpec) {
	volumes := map[string]bool{}
	for i := range pod.Volumes {
		name := pod.Volumes[i].Name
		if volumes[name] {
			j.refuse(finding.DuplicateVolume, "two volumes %q", name)
		}
		volumes[name] = true
	}
	if pod.RestartPolicy != corev1.RestartPolicyAlways || pod.ActiveDeadlineSeconds != nil || len(pod.EphemeralContainers) > 0 {
		j.refuse(finding.PodField, "a field that Deployments cannot have")
	}
	names := map[string]bool{}
	for i, c := range append(append([]corev1.Container{}, pod.InitContainers...), pod.Containers...) {
		if names[c.Name] {
			j.refuse(finding.DuplicateContainer, "two containers %q", c.Name)
		}
		names[c.Name] = true
		j.container(&c, volumes, i < len(pod.InitContainers))
	}
}

func (j *judge) container(c *corev1.Container, volumes map[string]bool, first bool) {
	j.need(finding.IllegalName, "container", c.Name, validation.IsDNS1123Label(c.Name))
	if c.Image == "" {
		j.refuse(finding.MissingImage, "container %q has no image", c.Name)
	}
	for _, e := range c.Env {
		j.need(finding.VariableName, "variable", e.Name, validation.IsEnvVarName(e.Name))
	}
	j.ports(c)
	mounts := map[string]bool{}
	for _, m := range c.VolumeMounts {
		if mounts[m.MountPath] {
			j.refuse(finding.DuplicateMount, "container %q with two mounts at %q", c.Name, m.MountPath)
		}
		if !volumes[m.Name] {
			j.refuse(finding.MountWithoutVolume, "container %q with a mount of %q", c.Name, m.Name)
		}
		mounts[m.MountPath] = true
	}
	for name, request := range c.Resources.Requests {
		if limit, ok := c.Resources.Limits[name]; ok && request.Cmp(limit) > 0 {
			j.refuse(finding.RequestsOverLimits, "container %q requests too much %s", c.Name, name)
		}
	}
	switch c.ImagePullPolicy {
	case "", corev1.PullAlways, corev1.PullIfNotPresent, corev1.PullNever:
	default:
		j.refuse(finding.PodWord, "pull policy %q", c.ImagePullPolicy)
	}
	if first && c.RestartPolicy == nil {
		if c.LivenessProbe != nil || c.ReadinessProbe != nil || c.StartupProbe != nil || c.Lifecycle != nil {
			j.refuse(finding.PodField, "init container %q with a probe or hook", c.Name)
		}
		return
	}
	for _, probe := range []*corev1.Probe{c.LivenessProbe, c.ReadinessProbe, c.StartupProbe} {
		if probe != nil && probe.HTTPGet == nil && probe.TCPSocket == nil && probe.Exec == nil && probe.GRPC == nil {
			j.refuse(finding.UselessProbe, "container %q has a probe of nothing", c.Name)
		}
	}
}

func (j *judge) ports(c *corev1.Container) {
	names := map[string]bool{}
	for _, port := range c.Ports {
		if port.ContainerPort < 1 || port.ContainerPort > 65535 {
			j.refuse(finding.PortOutOfRange, "container %q has port %d", c.Name, port.ContainerPort)
		}
		if port.Name == "" {
			continue
		}
		j.need(finding.PortName, "port", port.Name, validation.IsValidPortName(port.Name))
		if names[port.Name] {
			j.refuse(finding.DuplicatePort, "container %q has two ports %q", c.Name, port.Name)
		}
		names[port.Name] = true
	}
}

func (j *judge) service(s *corev1.Service) {
	j.need(finding.IllegalName, "Service", s.Name, validation.IsDNS1035Label(s.Name))
	j.labels(s.Labels)
	for key := range s.Annotations {
		j.need(finding.IllegalAnnotation, "key of an annotation", key, validation.IsQualifiedName(strings.ToLower(key)))
	}
	if len(s.Spec.Ports) == 0 && s.Spec.ClusterIP != corev1.ClusterIPNone {
		j.refuse(finding.ServiceWithoutPorts, "Service %q has no ports", s.Name)
	}
	for _, port := range s.Spec.Ports {
		if port.Port < 1 || port.Port > 65535 {
			j.refuse(finding.PortOutOfRange, "Service %q has port %d", s.Name, port.Port)
		}
	}
}
