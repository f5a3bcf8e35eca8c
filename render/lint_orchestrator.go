package render

import (
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// orchestratorGiven tells that a container of the user's keeps the orchestrator
// out of its pod.
func (l *inspector) orchestratorGiven(pred *predictorPlan, w *workload) {
	_, path := l.sourceContainer(w, engineContainer)
	if path == nil {
		path = pred.unitPath(engineContainer)
	}
	l.tell(finding.OrchestratorGiven, path.Child("name"), "rename it",
		"because of this container the operator adds no orchestrator, and Service %q of predictor %q selects no pod", pred.key, pred.Name)
}

// lintSettings looks for settings that do not do what they seem to. It tells in
// the same words for every SeldonDeployment, so that a run says it once.
func (l *inspector) lintSettings() {
	for _, pred := range l.predictors {
		if pred.noEngine || pred.service == nil || !l.executor {
			continue
		}
		l.lintOrchestratorPort("HTTP", "EXECUTOR_SERVER_PORT", l.orchestrator.httpPort, pred.httpPort)
		l.lintOrchestratorPort("gRPC", "EXECUTOR_SERVER_GRPC_PORT", l.orchestrator.grpcPort, pred.grpcPort)
		if l.separate && pred.key != l.id {
			l.tellOnce(finding.OrchestratorLabel, l.annotationPath(seldon.AnnotationSeparatePod), "",
				"the orchestrator's pods have label %s=%s, not %s", seldon.LabelDeploymentID, pred.key, l.id)
		}
	}
}

func (l *inspector) lintOrchestratorPort(what, variable string, own number, service int32) {
	if service == 0 || own.value == int64(service) {
		return
	}
	hint := "set the executor's port to " + strconv.Itoa(int(service))
	if l.release.Orchestrator.Programs == release.ExecutorOrEngine {
		hint = "set engine.port, engine.grpc.port and executor.port so that both have the same number"
	}
	l.report(l.atSetting(finding.New(finding.OrchestratorUnreached, nil,
		"predictor Services have %s port %d, but the executor listens on %d", what, service, own.value).WithHint("%s", hint), variable))
}

// lintServerSideApply tells that the orchestrator is about to lose a port to
// server-side apply, in the same words for every SeldonDeployment.
func (l *inspector) lintServerSideApply() {
	if !l.r.config.ServerSideApply {
		return
	}
	for _, w := range l.deployments {
		if c := w.container(engineContainer); c != nil && hasRepeatedPort(c) {
			l.tell(finding.OrchestratorPorts, nil, "",
				"the orchestrator's port %d, which the operator lists as http and for metrics, is listed once for server-side apply: pods differ from the operator's",
				c.Ports[0].ContainerPort)
			return
		}
	}
}

func hasRepeatedPort(c *corev1.Container) bool {
	if len(c.Ports) > maxCompared {
		return false
	}
	for i := range c.Ports {
		for n := range i {
			if samePort(&c.Ports[n], &c.Ports[i]) {
				return true
			}
		}
	}
	return false
}

// lintCertificates looks for containers that need a certificate and do not get
// it (docs/behaviour/orchestrator-ingress.md, 4).
func (l *inspector) lintCertificates() {
	for _, pred := range l.predictors {
		if pred.certificate() == "" || pred.noEngine {
			continue
		}
		_, j := pred.Container(pred.Graph.Name)
		if j < 0 || pred.pods[j] == nil {
			continue
		}
		l.lintCertificateVariable(pred.pods[j])
		if l.separate || pred.replaced || pred.pods[j].container(engineContainer) != nil {
			continue
		}
		l.tell(finding.CertificateUnmounted, pred.path.Child("ssl", "certSecretName"), "put the container of the graph's root into the first component spec",
			"the certificate of predictor %q is mounted in the pod of unit %q, but the orchestrator, which serves HTTPS, is in another pod", pred.Name, pred.Graph.Name)
	}
}

// lintCertificateVariable looks for containers that are not told where the
// certificate is, because one before them knew.
func (l *inspector) lintCertificateVariable(w *workload) {
	containers := w.pod().Containers
	var untold []string
	known := -1
	for k := range containers {
		if !hasEnv(containers[k].Env, certVariable) {
			untold = append(untold, containers[k].Name)
		} else if len(untold) == 0 {
			known = k
		}
	}
	if len(untold) > 0 && known >= 0 {
		var own []corev1.EnvVar
		if source := l.sourceContainers(w); known < len(source) {
			own = source[known].Env
		}
		l.tell(finding.CertificateUnmounted, l.variablePath(w, known, own, certVariable), "remove "+certVariable+": the operator sets it",
			"%s is set here, so the operator does not set it in the containers that follow: %s", certVariable, strings.Join(untold, ", "))
	}
}
