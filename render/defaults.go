package render

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

const (
	podinfoVolume    = "seldon-podinfo"
	oldPodinfoVolume = "podinfo"
	podinfoPath      = "/etc/podinfo"
	localhost        = "localhost"
)

// fillSchemaDefaults does what the schema of the custom resource does to an
// object before the operator sees it (docs/behaviour/core.md, 0).
func fillSchemaDefaults(sd *seldon.Deployment) {
	for i := range sd.Spec.Predictors {
		pred := &sd.Spec.Predictors[i]
		for _, cs := range pred.ComponentSpecs {
			if cs == nil {
				continue
			}
			for k := range cs.Spec.Containers {
				fillProtocols(cs.Spec.Containers[k].Ports)
			}
			for k := range cs.Spec.InitContainers {
				fillProtocols(cs.Spec.InitContainers[k].Ports)
			}
			for k := range cs.Spec.EphemeralContainers {
				fillProtocols(cs.Spec.EphemeralContainers[k].Ports)
			}
		}
		if pred.Explainer != nil {
			fillProtocols(pred.Explainer.ContainerSpec.Ports)
		}
	}
}

func fillProtocols(ports []corev1.ContainerPort) {
	for i := range ports {
		if ports[i].Protocol == "" {
			ports[i].Protocol = corev1.ProtocolTCP
		}
	}
}

// applyDefaults fills in what the operator derives before it builds objects
// (docs/behaviour/core.md, 3).
func (p *plan) applyDefaults() {
	s := p.r.settings
	p.ports = portCounters{
		http: s.firstHTTP, grpc: s.firstGRPC, metrics: s.firstMetrics,
		httpOf: map[string]int32{}, grpcOf: map[string]int32{},
	}
	for i := range p.sd.Spec.Predictors {
		pred := &p.sd.Spec.Predictors[i]
		if _, ok := pred.Labels[seldon.LabelVersion]; !ok {
			if pred.Labels == nil {
				pred.Labels = map[string]string{}
			}
			pred.Labels[seldon.LabelVersion] = pred.Name
		}
		defaultTypes(&pred.Graph)
		p.defaultUserContainers(pred)
		p.defaultServers(pred, &pred.Graph)
	}
}

// defaultTypes fills in the types and implementations of a graph
// (docs/behaviour/core.md, 3.2).
func defaultTypes(u *seldon.Unit) {
	if u.Type == nil && u.Methods == nil && u.Implementation == nil {
		u.Type = new(seldon.Model)
	}
	if u.Implementation == nil {
		u.Implementation = new(seldon.UnknownImplementation)
	} else if u.Prepackaged() {
		u.Type = new(seldon.Model)
	}
	for i := range u.Children {
		defaultTypes(&u.Children[i])
	}
}

// defaultUserContainers completes the containers that the user wrote
// (docs/behaviour/core.md, 3.3).
func (p *plan) defaultUserContainers(pred *seldon.Predictor) {
	all := p.find(pred)
	for j, cs := range pred.ComponentSpecs {
		// No spare capacity: see appendContainer.
		cs.Spec.Containers = slices.Clip(cs.Spec.Containers)
		for k := range cs.Spec.Containers {
			c := &cs.Spec.Containers[k]
			// Quirk (docs/behaviour/core.md, 3.3): containers that are not units use up numbers too.
			http, grpc := p.ports.allocate(c.Name)
			if u := all.unit(c.Name); u != nil {
				p.fillContainerDefaults(c)
				p.defaultUnit(pred, u, c, j, http, grpc)
			}
		}
	}
}

// defaultServers gives every prepackaged unit a container
// (docs/behaviour/core.md, 3.5).
func (p *plan) defaultServers(pred *seldon.Predictor, u *seldon.Unit) {
	if u.Prepackaged() {
		p.defaultServer(pred, u)
	}
	for i := range u.Children {
		p.defaultServers(pred, &u.Children[i])
	}
}

func (p *plan) defaultServer(pred *seldon.Predictor, u *seldon.Unit) {
	all := p.find(pred)
	c, j := all.Container(u.Name)
	started := c == nil
	if started {
		c = &corev1.Container{
			Name:         u.Name,
			VolumeMounts: []corev1.VolumeMount{{Name: podinfoVolume, MountPath: podinfoPath}},
		}
	}
	if started || p.release.Defaulting.PrepackagedHost == release.HostOfFirstPod {
		// Quirk (docs/behaviour/core.md, 3.5): wherever the container is.
		j = 0
	}
	http, grpc := p.ports.allocate(u.Name)
	p.fillContainerDefaults(c)
	p.defaultUnit(pred, u, c, j, http, grpc)
	if c.Image == "" && p.sd.Spec.Protocol != "tensorflow" {
		if server, ok := p.server(*u.Implementation); ok {
			c.Image = p.serverImage(server, p.sd.Spec.Protocol)
		}
	}
	if !started {
		return
	}
	if len(pred.ComponentSpecs) == 0 {
		pred.ComponentSpecs = []*seldon.ComponentSpec{{}}
	}
	spec := &pred.ComponentSpecs[0].Spec
	spec.Containers = appendContainer(spec.Containers, *c)
	all.added(u.Name)
}

// appendContainer appends with the capacity of 1, 2, 4, 8 containers. It
// matters later: as long as there is room, a container added to the Deployment
// leaves it sharing the list with the component spec, which is what the
// orchestrator is shown (docs/behaviour/core.md, 12.3).
func appendContainer(list []corev1.Container, c corev1.Container) []corev1.Container {
	if len(list) == cap(list) {
		grown := make([]corev1.Container, len(list), max(1, 2*cap(list)))
		copy(grown, list)
		list = grown
	}
	return append(list, c)
}

func (p *subject) fillContainerDefaults(c *corev1.Container) {
	if p.release.Defaulting.Containers != release.FillContainerDefaults {
		return
	}
	if c.ImagePullPolicy == "" {
		c.ImagePullPolicy = corev1.PullIfNotPresent
	}
	fillTermination(c)
}

func fillTermination(c *corev1.Container) {
	if c.TerminationMessagePath == "" {
		c.TerminationMessagePath = corev1.TerminationMessagePathDefault
	}
	if c.TerminationMessagePolicy == "" {
		c.TerminationMessagePolicy = corev1.TerminationMessageReadFile
	}
}

// defaultUnit fills in the endpoint of a unit and what its container needs for
// it (docs/behaviour/core.md, 3.4). The component spec's index is j.
func (p *plan) defaultUnit(pred *seldon.Predictor, u *seldon.Unit, c *corev1.Container, j int, http, grpc int32) {
	if port := portNamed(c, "http"); port != nil {
		http = port.ContainerPort
	}
	if port := portNamed(c, "grpc"); port != nil {
		grpc = port.ContainerPort
	}
	mountPodinfo(c)
	if portNamed(c, p.r.settings.metricsPortName) == nil {
		c.Ports = append(c.Ports, corev1.ContainerPort{
			Name: p.r.settings.metricsPortName, ContainerPort: p.ports.metrics, Protocol: corev1.ProtocolTCP,
		})
		p.ports.metrics++
	}
	if u.Endpoint == nil {
		u.Endpoint = &seldon.Endpoint{}
	}
	u.Endpoint.HTTPPort, u.Endpoint.GRPCPort = http, grpc
	u.Endpoint.ServiceHost = localhost
	if j > 0 || p.hostsAreSeparate() {
		u.Endpoint.ServiceHost = p.containerServiceName(pred, c.Name) + "." + p.namespace + p.release.Defaulting.HostSuffix
	}
	u.Endpoint.ServicePort = p.calledPort(u)
}

// hostsAreSeparate reports whether units are reached through their Services
// because of the separate-pod annotation.
func (p *subject) hostsAreSeparate() bool {
	if p.release.Defaulting.SeparateHosts == release.SeparateWhenTrue {
		return p.separate
	}
	// Quirk (docs/behaviour/core.md, 3.4): any value counts, false as well.
	_, ok := p.sd.Spec.Annotations[seldon.AnnotationSeparatePod]
	return ok
}

// mountPodinfo adds the mount of the pod's annotations and removes the one of
// older manifests.
func mountPodinfo(c *corev1.Container) {
	mounts := c.VolumeMounts
	has := slices.ContainsFunc(mounts, func(m corev1.VolumeMount) bool { return m.Name == podinfoVolume })
	for i := len(mounts) - 1; i >= 0; i-- {
		if mounts[i].Name == oldPodinfoVolume {
			// Quirk (docs/behaviour/core.md, 3.4): the last mount takes the free place.
			mounts[i] = mounts[len(mounts)-1]
			mounts = mounts[:len(mounts)-1]
			break
		}
	}
	if !has {
		mounts = append(mounts, corev1.VolumeMount{Name: podinfoVolume, MountPath: podinfoPath})
	}
	c.VolumeMounts = mounts
}

func isTrueFold(s string) bool { return strings.EqualFold(s, "true") }
