package render

import (
	"maps"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

func (s *service) label(key, value string) { s.Metadata.Labels[key] = value }

func (p *plan) newService(name string, pred *predictorPlan, selector map[string]string) *service {
	s := &service{object: object[corev1.ServiceSpec]{
		APIVersion: "v1", Kind: "Service",
		Metadata: objectMeta{
			Name: name, Namespace: p.namespace,
			Labels: map[string]string{seldon.LabelDeploymentID: p.id},
		},
		Spec: corev1.ServiceSpec{
			Type:            corev1.ServiceTypeClusterIP,
			SessionAffinity: corev1.ServiceAffinityNone,
			Selector:        selector,
			Ports:           make([]corev1.ServicePort, 0, 2),
		},
		origin: origin{pred: pred},
	}}
	if p.release.Pods.ServiceAnnotations == release.AnnotatedServices {
		s.Metadata.Annotations = maps.Clone(pred.Annotations)
	}
	p.services = append(p.services, s)
	return s
}

// addPort adds a port that is reached under its own number; 0 means none.
func (s *service) addPort(name string, number int32) {
	if number != 0 {
		s.setPort(name, number)
	}
}

// setPort adds a port that is reached under its own number.
func (s *service) setPort(name string, number int32) {
	s.Spec.Ports = append(s.Spec.Ports, corev1.ServicePort{
		Name: name, Protocol: corev1.ProtocolTCP, Port: number, TargetPort: intstr.FromInt32(number),
	})
}

// containerService gives a unit's container a Service (docs/behaviour/core.md,
// 6.1 and 6.2; docs/behaviour/differences.md, 6).
func (p *plan) containerService(pred *predictorPlan, w *workload, u *seldon.Unit, container string) *service {
	name := p.containerServiceName(pred.Predictor, container)
	key := seldon.LabelContainerService
	if p.release.Pods.ServiceLabel == release.ServiceLabelPerContainer {
		key += "-" + container
	}
	s := p.newService(name, pred, map[string]string{key: name})
	s.container = container
	s.label(key, name)
	if p.release.Pods.ServiceLabel != release.SharedServiceLabel {
		s.label(seldon.LabelApp, pred.key)
	}
	// Quirk (docs/behaviour/core.md, 6.2): both ports, also one without a number.
	s.setPort("http", u.Endpoint.HTTPPort)
	s.setPort("grpc", u.Endpoint.GRPCPort)
	// Quirk (docs/behaviour/core.md, 6.2): under one shared key the last container
	// of a pod wins, and the Services of the others select nothing.
	w.selectBy(key, name)
	return s
}

// predictorService gives the predictor a Service in front of its orchestrator
// (docs/behaviour/orchestrator-ingress.md, 3).
func (p *plan) predictorService(pred *predictorPlan) {
	http := int32(p.number(p.r.settings.serviceHTTP))
	grpc := int32(p.number(p.r.settings.serviceGRPC))
	if !pred.noEngine {
		p.newPredictorService(pred, http, grpc)
	}
}

// noEngineService gives a predictor without orchestrator a Service in front of
// its unit (docs/behaviour/orchestrator-ingress.md, 2.3).
func (p *plan) noEngineService(pred *predictorPlan, w *workload, u *seldon.Unit) {
	s := p.newPredictorService(pred, u.Endpoint.HTTPPort, u.Endpoint.GRPCPort)
	p.roleLabels(pred, u, s.label)
	w.selectBy(seldon.LabelApp, pred.key)
}

func (p *plan) newPredictorService(pred *predictorPlan, http, grpc int32) *service {
	s := p.newService(pred.key, pred, map[string]string{seldon.LabelApp: pred.key})
	s.label(seldon.LabelApp, pred.key)
	s.label(seldon.LabelManagedBy, "seldon-core")
	s.addPort("http", http)
	s.addPort("grpc", grpc)
	p.makeHeadless(s)
	pred.service, pred.httpPort, pred.grpcPort = s, http, grpc
	p.exposeService(pred, s, exposure{http: http, grpc: grpc})
	return s
}

// makeHeadless takes the Service's own address away where the annotation asks
// for it. Quirk (docs/behaviour/orchestrator-ingress.md, 3): any value but
// false does.
func (p *plan) makeHeadless(s *service) {
	if value, ok := p.annotation(seldon.AnnotationHeadless); ok && value != "false" {
		s.Spec.ClusterIP = corev1.ClusterIPNone
	}
}
