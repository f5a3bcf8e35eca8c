package render

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/seldon"
)

const (
	engineContainer    = "seldon-container-engine"
	tfservingContainer = "tfserving"
)

// completeContainer labels the pod for one of its containers and, where the
// container is a unit, completes it and gives it a Service
// (docs/behaviour/core.md, 6).
func (p *plan) completeContainer(pred *predictorPlan, w *workload, name string) {
	u := pred.unit(name)
	p.roleLabels(pred, u, w.label)
	if u == nil || name == engineContainer || name == tfservingContainer {
		return
	}
	c := w.container(name)
	svc := p.containerService(pred, w, u, name)
	p.completeUnitContainer(pred, u, c)
	p.roleLabels(pred, u, svc.label)
	if pred.noEngine {
		p.noEngineService(pred, w, u)
	}
}

// completeUnitContainer adds the ports, probes and environment of a unit
// (docs/behaviour/core.md, 6.3).
func (p *plan) completeUnitContainer(pred *predictorPlan, u *seldon.Unit, c *corev1.Container) {
	addPort(c, "http", u.Endpoint.HTTPPort)
	addPort(c, "grpc", u.Endpoint.GRPCPort)
	port := intstr.FromInt32(p.calledPort(u))
	if c.LivenessProbe == nil {
		c.LivenessProbe = tcpProbe(port, 60, 3)
	}
	if c.ReadinessProbe == nil {
		c.ReadinessProbe = tcpProbe(port, 20, 3)
	}
	if c.Lifecycle == nil {
		c.Lifecycle = p.r.shared.sleepBeforeStop
	}
	p.unitEnvironment(pred, u, c)
}

// tcpProbe probes a port every five seconds; the initial delay is in seconds.
func tcpProbe(port intstr.IntOrString, initialDelay, failures int32) *corev1.Probe {
	return &corev1.Probe{
		ProbeHandler:        corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{Port: port}},
		InitialDelaySeconds: initialDelay,
		PeriodSeconds:       5,
		SuccessThreshold:    1,
		FailureThreshold:    failures,
		TimeoutSeconds:      1,
	}
}
