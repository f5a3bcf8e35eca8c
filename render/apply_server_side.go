package render

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// forServerSideApply removes what server-side apply refuses and the operator
// writes nevertheless: lists that it merges by key, with a key twice. Those are
// the ports and the environment of containers; other such lists are refused by
// every API server, and lints tell of them. ENGINE_PREDICTOR stays as it is: it
// was written before.
//
// It also names the strategy that the server would fill in. Without it kubectl
// apply sends a patch each time, because it replaces a strategy as a whole, and
// says "configured" of what does not change. No pod has a part in it.
func (p *plan) forServerSideApply() {
	if !p.r.config.ServerSideApply {
		return
	}
	for _, w := range p.deployments {
		w.Spec.Strategy.Type = appsv1.RollingUpdateDeploymentStrategyType
		pod := w.pod()
		for _, containers := range [][]corev1.Container{pod.InitContainers, pod.Containers} {
			for k := range containers {
				c := &containers[k]
				metrics := p.r.settings.metricsPortName
				if c.Name == engineContainer {
					metrics = p.orchestrator.metricsPortName
				}
				keepOnePort(c, metrics)
				c.Env = keepLastVariable(c.Env)
			}
		}
	}
}

// keepOnePort leaves one port for each number and protocol: the one for
// metrics, because scrapers find it by its name, else the first. Ports that
// stay keep their order. What asks the container by the name of a port that
// goes asks by its number then.
func keepOnePort(c *corev1.Container, metrics string) {
	type key struct {
		number   int32
		protocol corev1.Protocol
	}
	keyOf := func(port *corev1.ContainerPort) key { return key{port.ContainerPort, protocolOf(port)} }
	stays := make(map[key]int, len(c.Ports))
	for i := range c.Ports {
		port := &c.Ports[i]
		if first, ok := stays[keyOf(port)]; !ok || port.Name == metrics && c.Ports[first].Name != metrics {
			stays[keyOf(port)] = i
		}
	}
	if len(stays) == len(c.Ports) {
		return
	}
	kept := make([]corev1.ContainerPort, 0, len(stays))
	names := make(map[string]bool, len(stays))
	for i := range c.Ports {
		if stays[keyOf(&c.Ports[i])] == i {
			kept = append(kept, c.Ports[i])
			names[c.Ports[i].Name] = true
		}
	}
	for i := range c.Ports {
		if port := &c.Ports[i]; port.Name != "" && !names[port.Name] {
			askByNumber(c, port.Name, port.ContainerPort)
		}
	}
	c.Ports = kept
}

// askByNumber replaces the name of a port in probes and hooks.
func askByNumber(c *corev1.Container, name string, number int32) {
	replace := func(port *intstr.IntOrString) {
		if port.Type == intstr.String && port.StrVal == name {
			*port = intstr.FromInt32(number)
		}
	}
	for _, probe := range []*corev1.Probe{c.LivenessProbe, c.ReadinessProbe, c.StartupProbe} {
		if probe != nil {
			forHandler(probe.HTTPGet, probe.TCPSocket, replace)
		}
	}
	if c.Lifecycle == nil {
		return
	}
	for _, hook := range []*corev1.LifecycleHandler{c.Lifecycle.PostStart, c.Lifecycle.PreStop} {
		if hook != nil {
			forHandler(hook.HTTPGet, hook.TCPSocket, replace)
		}
	}
}

func forHandler(http *corev1.HTTPGetAction, tcp *corev1.TCPSocketAction, replace func(*intstr.IntOrString)) {
	if http != nil {
		replace(&http.Port)
	}
	if tcp != nil {
		replace(&tcp.Port)
	}
}

// keepLastVariable leaves the last of several variables of one name, as the
// kubelet does, in its own place: what stays keeps its order.
func keepLastVariable(env []corev1.EnvVar) []corev1.EnvVar {
	last := make(map[string]int, len(env))
	for i := range env {
		last[env[i].Name] = i
	}
	if len(last) == len(env) {
		return env
	}
	kept := make([]corev1.EnvVar, 0, len(last))
	for i := range env {
		if last[env[i].Name] == i {
			kept = append(kept, env[i])
		}
	}
	return kept
}
