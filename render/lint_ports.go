package render

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

const maxPort = 65535

// lintPorts looks at the ports of one container, the i-th of which stands at at(i).
func (l *inspector) lintPorts(c *corev1.Container, what string, at func(i int) *field.Path) {
	for i := range c.Ports {
		port := &c.Ports[i]
		if port.ContainerPort < 1 || port.ContainerPort > maxPort {
			l.tellOnce(finding.PortOutOfRange, at(i), "", "%s %q: invalid port %d, must be between 1 and %d", what, c.Name, port.ContainerPort, maxPort)
		}
		if port.Name != "" && !isPortName(port.Name) {
			l.tellOnce(finding.PortName, at(i), "use only lower-case letters, digits and \"-\", at least one letter, at most 15 characters",
				"%s %q: invalid port name %q", what, c.Name, port.Name)
		}
		if len(c.Ports) <= maxCompared {
			l.lintRepeatedPort(c, i, what, at)
		}
	}
}

// lintRepeatedPort looks for an earlier port of the same name or number. The
// orchestrator's own are told of by lintServerSideApply.
func (l *inspector) lintRepeatedPort(c *corev1.Container, i int, what string, at func(i int) *field.Path) {
	port := &c.Ports[i]
	for n := range i {
		other := &c.Ports[n]
		switch {
		case port.Name != "" && other.Name == port.Name:
			l.tell(finding.DuplicatePort, at(i), "", "%s %q: duplicate port name %q", what, c.Name, port.Name)
			return
		case samePort(other, port) && c.Name != engineContainer && !l.r.config.ServerSideApply:
			l.tell(finding.DuplicatePort, at(i), "", "%s %q lists port %d twice: %s and %s",
				what, c.Name, port.ContainerPort, orDefault(other.Name, "unnamed"), orDefault(port.Name, "unnamed"))
			return
		}
	}
}

// lintPortCounters looks for more containers than there are ports. No number
// was chosen by anybody and no cluster takes the objects, so it is an error, and
// told before objects are built for thousands of containers.
func (l *inspector) lintPortCounters(ports *portCounters) {
	s := l.r.settings
	for _, counter := range []struct{ first, next int32 }{
		{s.firstHTTP, ports.http}, {s.firstGRPC, ports.grpc}, {s.firstMetrics, ports.metrics},
	} {
		if counter.first <= maxPort && counter.next > maxPort+1 {
			l.tell(finding.PortsExhausted, predictorsPath, "",
				"too many containers: the operator assigns ports %d to %d, but the highest port is %d", counter.first, counter.next-1, maxPort)
		}
	}
}

// samePort reports whether server-side apply takes the ports for one.
func samePort(a, b *corev1.ContainerPort) bool {
	return a.ContainerPort == b.ContainerPort && protocolOf(a) == protocolOf(b)
}

func protocolOf(port *corev1.ContainerPort) corev1.Protocol {
	if port.Protocol == "" {
		return corev1.ProtocolTCP
	}
	return port.Protocol
}

// portPath is where a container's port stands or comes from.
func (l *inspector) portPath(w *workload, k int, port *corev1.ContainerPort) *field.Path {
	path, own := l.containerPath(w, k), l.sourceContainers(w)
	if k < len(own) {
		for n := range own[k].Ports {
			if own[k].Ports[n].Name == port.Name && own[k].Ports[n].ContainerPort == port.ContainerPort {
				return path.Child("ports").Index(n)
			}
		}
	}
	return path
}

func isPortName(s string) bool {
	return isLabelName(s) && len(s) <= 15 && !strings.Contains(s, "--") && strings.ContainsAny(s, "abcdefghijklmnopqrstuvwxyz")
}

// lintListens looks for containers of a pod that listen on one port, and for
// ports of the node that are taken twice.
func (l *inspector) lintListens(w *workload) {
	containers, total := w.pod().Containers, 0
	for k := range containers {
		if total += len(containers[k].Ports); total > maxCompared || l.full(finding.PortCollision, finding.Warning) {
			return
		}
		for i := range containers[k].Ports {
			port := &containers[k].Ports[i]
			for m := range k {
				for n := range containers[m].Ports {
					other := &containers[m].Ports[n]
					if samePort(port, other) {
						l.tellOnce(finding.PortCollision, l.collisionPath(w, m, other, k, port), "",
							"containers %q and %q of one pod both use port %d", containers[m].Name, containers[k].Name, port.ContainerPort)
					} else if port.HostPort != 0 && port.HostPort == other.HostPort && protocolOf(port) == protocolOf(other) {
						l.tellOnce(finding.PortCollision, l.portPath(w, k, port).Child("hostPort"), "",
							"containers %q and %q both use host port %d", containers[m].Name, containers[k].Name, port.HostPort)
					}
				}
			}
		}
	}
}

// lintSharedPortNames notes port names that the user gave in several containers
// of a pod. The operator's own names are in nearly all of them.
func (l *inspector) lintSharedPortNames(w *workload) {
	containers, owner := l.sourceContainers(w), map[string]string{}
	for k := range containers {
		for i := range containers[k].Ports {
			name := containers[k].Ports[i].Name
			first, taken := owner[name]
			if !taken {
				owner[name] = containers[k].Name
			}
			if name != "" && taken && first != containers[k].Name {
				l.tell(finding.SharedPortName, l.containerPath(w, k).Child("ports").Index(i).Child("name"), "",
					"containers %q and %q both have a port named %q; the name refers to the first of them", first, containers[k].Name, name)
				return
			}
		}
	}
}

// collisionPath prefers the port that the user wrote.
func (l *inspector) collisionPath(w *workload, m int, other *corev1.ContainerPort, k int, port *corev1.ContainerPort) *field.Path {
	if k < len(l.sourceContainers(w)) {
		return l.portPath(w, k, port)
	}
	return l.portPath(w, m, other)
}

// lintHostNetwork looks for pods that no node can take: on the host's network
// each port of a pod is one of the node's.
func (l *inspector) lintHostNetwork(w *workload) {
	if w.pod().HostNetwork && w.container(engineContainer) != nil && w.origin.component >= 0 && !l.r.config.ServerSideApply {
		l.report(finding.New(finding.PortCollision, podPath(w).Child("hostNetwork"),
			"with hostNetwork the orchestrator's ports http and metrics conflict on the node: no pod can be scheduled").
			WithHint("render for server-side apply, which removes one of them").WithOption(finding.OptionServerSideApply))
	}
}
