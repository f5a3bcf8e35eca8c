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
func (p *plan) orchestratorGiven(pred *predictorPlan, w *workload) {
	pred.replaced = true
	_, path := p.sourceContainer(w, engineContainer)
	if path == nil {
		path = pred.unitPath(engineContainer)
	}
	p.tell(finding.OrchestratorGiven, path.Child("name"), "rename it",
		"this container keeps the orchestrator out, and Service %q of predictor %q selects no pod", pred.key, pred.Name)
}

// lintSettings looks for settings that do not do what they seem to. It tells in
// the same words for every SeldonDeployment, so that a run says it once.
func (p *plan) lintSettings() {
	s := p.r.settings
	if mode := s.istioTLSMode; s.istio && mode != "" && p.trafficPolicy().TLS.Mode == "" {
		p.failSetting(finding.New(finding.IstioTLSMode, nil, "istio.tlsMode %q has no effect", mode).
			WithHint("use SIMPLE, MUTUAL or ISTIO_MUTUAL"), "ISTIO_TLS_MODE")
	}
	for _, pred := range p.predictors {
		if pred.noEngine || pred.service == nil || !p.executor {
			continue
		}
		p.lintOrchestratorPort("HTTP", "EXECUTOR_SERVER_PORT", p.orchestrator.httpPort, pred.httpPort)
		p.lintOrchestratorPort("gRPC", "EXECUTOR_SERVER_GRPC_PORT", p.orchestrator.grpcPort, pred.grpcPort)
		if p.separate && pred.key != p.id {
			p.tellOnce(finding.OrchestratorLabel, p.annotationPath(seldon.AnnotationSeparatePod), "",
				"the orchestrator's pods have the label %s: %s, not %s", seldon.LabelDeploymentID, pred.key, p.id)
		}
	}
}

func (p *plan) lintOrchestratorPort(what, variable string, own number, service int32) {
	if service == 0 || own.value == int64(service) {
		return
	}
	hint := "leave the executor's port at " + strconv.Itoa(int(service))
	if p.release.Orchestrator.Programs == release.ExecutorOrEngine {
		hint = "set engine.port, engine.grpc.port and executor.port so that both have the same number"
	}
	p.failSetting(finding.New(finding.OrchestratorUnreached, nil,
		"predictor Services have %s port %d, but the executor listens on %d", what, service, own.value).WithHint("%s", hint), variable)
}

// lintServerSideApply tells that the orchestrator has a port twice, in the same
// words for every SeldonDeployment.
func (p *plan) lintServerSideApply() {
	if p.r.config.ServerSideApply {
		return
	}
	for _, w := range p.deployments {
		if c := w.container(engineContainer); c != nil && hasRepeatedPort(c) {
			p.tell(finding.OrchestratorPorts, nil, "render with --server-side-apply",
				"the orchestrator has port %d twice, as http and for metrics: server-side apply refuses that", c.Ports[0].ContainerPort)
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
func (p *plan) lintCertificates() {
	for _, pred := range p.predictors {
		if pred.certificate() == "" || pred.noEngine {
			continue
		}
		_, j := pred.Container(pred.Graph.Name)
		if j < 0 || pred.pods[j] == nil {
			continue
		}
		p.lintCertificateVariable(pred.pods[j])
		if p.separate || pred.replaced || pred.pods[j].container(engineContainer) != nil {
			continue
		}
		p.tell(finding.CertificateUnmounted, pred.path.Child("ssl", "certSecretName"), "put the container of the graph's root into the first component spec",
			"the certificate of predictor %q is mounted in the pod of unit %q, but the orchestrator is in another and is asked by HTTPS", pred.Name, pred.Graph.Name)
	}
}

// lintCertificateVariable looks for containers that are not told where the
// certificate is, because one before them knew.
func (p *plan) lintCertificateVariable(w *workload) {
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
		if source := p.sourceContainers(w); known < len(source) {
			own = source[known].Env
		}
		p.tell(finding.CertificateUnmounted, p.variablePath(w, known, own, certVariable), "remove "+certVariable+": the operator sets it",
			"%s is set here, so that the operator does not set it in the containers that follow: %s", certVariable, strings.Join(untold, ", "))
	}
}
