package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/seldon"
)

// portCounters hand out the ports of units. They are shared by all predictors
// of a SeldonDeployment (docs/behaviour/core.md, 3).
type portCounters struct {
	http, grpc, metrics int32
	httpOf, grpcOf      map[string]int32
}

// allocate returns the ports of a container name, the same for every container
// of that name.
func (c *portCounters) allocate(name string) (http, grpc int32) {
	if _, ok := c.httpOf[name]; !ok {
		c.httpOf[name], c.grpcOf[name] = c.http, c.grpc
		c.http++
		c.grpc++
	}
	return c.httpOf[name], c.grpcOf[name]
}

// calledByGRPC reports whether the orchestrator calls the unit by gRPC.
func (p *subject) calledByGRPC(u *seldon.Unit) bool {
	return p.sd.Spec.Transport == "grpc" || u.Endpoint != nil && u.Endpoint.Type == "GRPC"
}

// calledPort is the port the orchestrator calls the unit on.
func (p *subject) calledPort(u *seldon.Unit) int32 {
	if p.calledByGRPC(u) {
		return u.Endpoint.GRPCPort
	}
	return u.Endpoint.HTTPPort
}

func portNamed(c *corev1.Container, name string) *corev1.ContainerPort {
	for i := range c.Ports {
		if c.Ports[i].Name == name {
			return &c.Ports[i]
		}
	}
	return nil
}

func addPort(c *corev1.Container, name string, number int32) {
	if portNamed(c, name) == nil {
		c.Ports = append(c.Ports, corev1.ContainerPort{Name: name, ContainerPort: number, Protocol: corev1.ProtocolTCP})
	}
}
