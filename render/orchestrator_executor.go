package render

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// completeExecutor makes the container run the executor
// (docs/behaviour/orchestrator-ingress.md, 1.1).
func (p *plan) completeExecutor(pred *predictorPlan, c *corev1.Container, http, grpc int32) {
	c.Args = make([]string, 0, 2*len(p.release.Orchestrator.Args))
	for _, arg := range p.release.Orchestrator.Args {
		value := p.executorArg(arg.Value, pred, http, grpc)
		if arg.Joined {
			c.Args = append(c.Args, arg.Flag+"="+value)
		} else {
			c.Args = append(c.Args, arg.Flag, value)
		}
	}
	// Releases add one more.
	c.Env = append(make([]corev1.EnvVar, 0, 3+len(pred.SvcOrchSpec.Env)),
		corev1.EnvVar{Name: enginePredictor, Value: p.predictorPayload(pred)},
		corev1.EnvVar{Name: "REQUEST_LOGGER_DEFAULT_ENDPOINT", Value: p.orchestrator.logEndpoint})
	scheme := corev1.URISchemeHTTP
	if pred.certificate() != "" {
		scheme = corev1.URISchemeHTTPS
	}
	c.ReadinessProbe, c.LivenessProbe = p.orchestrator.ready[scheme], p.orchestrator.live[scheme]
}

func (p *subject) executorArg(v release.ExecutorValue, pred *predictorPlan, http, grpc int32) string {
	spec, s := &p.sd.Spec, p.orchestrator
	switch v {
	case release.ArgDeploymentName:
		return p.name
	case release.ArgNamespace:
		return p.namespace
	case release.ArgPredictorName:
		return pred.Name
	case release.ArgHTTPPort:
		return decimal(http)
	case release.ArgGRPCPort:
		return decimal(grpc)
	case release.ArgProtocol:
		return orDefault(spec.Protocol, "seldon")
	case release.ArgTransport:
		return orDefault(spec.Transport, "rest")
	case release.ArgPrometheusPath:
		return p.prometheusPath()
	case release.ArgServerType:
		return orDefault(spec.ServerType, "rpc")
	case release.ArgLogQueueSize:
		return p.loggerArg(seldon.AnnotationLogQueueSize, "EXECUTOR_REQUEST_LOGGER_WORK_QUEUE_SIZE", s.logQueueSize)
	case release.ArgLogWriteTimeout:
		return p.loggerArg(seldon.AnnotationLogWriteTimeout, "EXECUTOR_REQUEST_LOGGER_WRITE_TIMEOUT_MS", s.logWriteTimeout)
	case release.ArgFullHealthChecks:
		return s.fullHealthChecks
	}
	return ""
}

// loggerArg is an annotation, or the setting where it is not set; the text must
// be a whole number and is passed on as it is written
// (docs/behaviour/differences.md, 11.2).
func (p *subject) loggerArg(annotation, variable, setting string) string {
	if value, ok := p.annotation(annotation); ok {
		p.annotationNumber(annotation, value)
		return value
	}
	if _, err := strconv.Atoi(setting); err != nil {
		p.report(p.atSetting(finding.New(finding.SettingNotANumber, nil,
			"setting %s must be an integer, not %q", variable, setting), variable))
	}
	return setting
}

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
