package render

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/seldon"
)

// completeEngine makes the container run the legacy Java engine
// (docs/behaviour/orchestrator-ingress.md, 1.2).
func (p *plan) completeEngine(pred *predictorPlan, c *corev1.Container, http, grpc int32) {
	c.Ports = append(c.Ports,
		corev1.ContainerPort{Name: "admin", ContainerPort: 8082, Protocol: corev1.ProtocolTCP},
		corev1.ContainerPort{Name: "jmx", ContainerPort: 9090, Protocol: corev1.ProtocolTCP})
	options := p.annotationOr(seldon.AnnotationJavaOpts, "-server")
	c.Env = []corev1.EnvVar{
		{Name: enginePredictor, Value: p.predictorPayload(pred)},
		{Name: "DEPLOYMENT_NAME", Value: p.name},
		{Name: "DEPLOYMENT_NAMESPACE", Value: p.namespace},
		{Name: "ENGINE_SERVER_PORT", Value: decimal(http)},
		{Name: "ENGINE_SERVER_GRPC_PORT", Value: decimal(grpc)},
		// Quirk (docs/behaviour/orchestrator-ingress.md, 1.2): the annotation makes a
		// second variable of this name further down.
		{Name: "JAVA_OPTS", Value: options},
	}
	admin := intstr.FromString("admin")
	c.ReadinessProbe = patientProbe("/ready", admin, corev1.URISchemeHTTPS)
	c.LivenessProbe = patientProbe("/live", admin, corev1.URISchemeHTTPS)
	c.Lifecycle = &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{Exec: &corev1.ExecAction{
		Command: []string{"/bin/sh", "-c", fmt.Sprintf("curl 127.0.0.1:%d/pause; /bin/sleep 10", http)},
	}}}
}
