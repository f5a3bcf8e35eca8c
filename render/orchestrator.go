package render

import (
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// orchestratorSettings are the settings of one orchestrator program; executor
// and Java engine have variables of their own
// (docs/behaviour/orchestrator-ingress.md, 1).
type orchestratorSettings struct {
	image, imageVariable                       string
	pullPolicy                                 string
	httpPort, grpcPort                         number
	metricsPortName                            string
	resources                                  resourceSettings
	user                                       number
	serviceAccount                             string
	prometheusPath                             string
	logEndpoint, logQueueSize, logWriteTimeout string
	fullHealthChecks                           string
	logExternally                              string
	// ready and live are the executor's probes, by scheme.
	ready, live map[corev1.URIScheme]*corev1.Probe
}

func executorSettings(v *values.Values) orchestratorSettings {
	s := programSettings(v, "EXECUTOR")
	s.httpPort = wholeNumber(v, "EXECUTOR_SERVER_PORT", "8000")
	s.grpcPort = wholeNumber(v, "EXECUTOR_SERVER_GRPC_PORT", "5001")
	s.ready, s.live = map[corev1.URIScheme]*corev1.Probe{}, map[corev1.URIScheme]*corev1.Probe{}
	for _, scheme := range []corev1.URIScheme{corev1.URISchemeHTTP, corev1.URISchemeHTTPS} {
		port := intstr.FromInt32(int32(s.httpPort.value))
		s.ready[scheme], s.live[scheme] = patientProbe("/ready", port, scheme), patientProbe("/live", port, scheme)
	}
	s.logEndpoint = text(v, "EXECUTOR_REQUEST_LOGGER_DEFAULT_ENDPOINT", "http://default-broker")
	s.logQueueSize = text(v, "EXECUTOR_REQUEST_LOGGER_WORK_QUEUE_SIZE", "10000")
	s.logWriteTimeout = text(v, "EXECUTOR_REQUEST_LOGGER_WRITE_TIMEOUT_MS", "2000")
	s.fullHealthChecks = text(v, "EXECUTOR_FULL_HEALTH_CHECKS", "false")
	return s
}

func engineSettings(v *values.Values) orchestratorSettings {
	s := programSettings(v, "ENGINE")
	s.httpPort = wholeNumber(v, "ENGINE_SERVER_PORT", "8000")
	s.grpcPort = wholeNumber(v, "ENGINE_SERVER_GRPC_PORT", "5001")
	return s
}

// programSettings reads the variables that both programs have.
func programSettings(v *values.Values, prefix string) orchestratorSettings {
	q := func(suffix, fallback string) quantity {
		name := prefix + "_DEFAULT_" + suffix
		return parseQuantity(name, text(v, name, fallback))
	}
	return orchestratorSettings{
		image:           filled(v, "RELATED_IMAGE_"+prefix, text(v, prefix+"_CONTAINER_IMAGE_AND_VERSION", "")),
		imageVariable:   prefix + "_CONTAINER_IMAGE_AND_VERSION",
		pullPolicy:      text(v, prefix+"_CONTAINER_IMAGE_PULL_POLICY", "IfNotPresent"),
		metricsPortName: text(v, "EXECUTOR_SERVER_METRICS_PORT_NAME", "metrics"),
		resources: newResourceSettings(q("CPU_LIMIT", "0.5"), q("MEMORY_LIMIT", "512Mi"),
			q("CPU_REQUEST", "0.5"), q("MEMORY_REQUEST", "512Mi")),
		user:           wholeNumber(v, prefix+"_CONTAINER_USER", ""),
		serviceAccount: text(v, prefix+"_CONTAINER_SERVICE_ACCOUNT_NAME", "default"),
		prometheusPath: text(v, prefix+"_PROMETHEUS_PATH", "/prometheus"),
		logExternally:  text(v, "ENGINE_LOG_MESSAGES_EXTERNALLY", "false"),
	}
}

// usesExecutor reports whether the orchestrator is the executor.
func (p *subject) usesExecutor() bool {
	if p.release.Orchestrator.Programs == release.ExecutorOnly {
		return true
	}
	choice, _ := p.annotation(seldon.AnnotationExecutor)
	return choice == "true" || p.r.settings.useExecutor && choice != "false"
}

// prometheusPath is where all pods of the SeldonDeployment are scraped.
func (p *subject) prometheusPath() string { return p.orchestrator.prometheusPath }

// injectOrchestrator adds the orchestrator to the pod of the first unit that it
// reaches at localhost (docs/behaviour/orchestrator-ingress.md, 2.1).
func (p *plan) injectOrchestrator(pred *predictorPlan) {
	if pred.noEngine || p.separate {
		return
	}
	w := p.orchestratorPod(pred)
	if w == nil {
		return
	}
	if w.container(engineContainer) != nil {
		// With a container of that name there already, the operator adds nothing, no
		// labels either.
		pred.replaced = true
		p.inspect().orchestratorGiven(pred, w)
		return
	}
	w.Metadata.Labels[seldon.LabelContainsSvcOrch] = "true"
	pod := w.pod()
	pod.Containers = append(pod.Containers, p.orchestratorContainer(pred))
	p.annotateAgain(pred, w)
	w.selectBy(seldon.LabelApp, pred.key)
	if !hasVolume(pod, podinfoVolume) && !hasVolume(pod, oldPodinfoVolume) {
		pod.Volumes = append(pod.Volumes, p.r.shared.podinfo)
	}
}

// orchestratorPod returns the Deployment that gets the orchestrator, or reports
// that none exists.
func (p *plan) orchestratorPod(pred *predictorPlan) *workload {
	unit, path := (*seldon.Unit)(nil), graphPath(pred.index)
	for at, u := range pred.Graph.Walk(path) {
		if u.Endpoint != nil && u.Endpoint.ServiceHost == localhost {
			unit, path = u, at
			break
		}
	}
	if unit == nil {
		p.tell(finding.NoLocalUnit, path, p.separateHint(),
			"predictor %q has no pod for the orchestrator: no unit has a container in the first component spec", pred.Name)
		return nil
	}
	if p.full(finding.NoLocalPod, finding.Error) {
		return nil
	}
	for _, w := range slices.Backward(p.deployments) {
		if w.container(unit.Name) != nil {
			return w
		}
	}
	p.tell(finding.NoLocalPod, path.Child("endpoint", "service_host"), "remove it",
		"no pod for the orchestrator: unit %q has no container", unit.Name)
	return nil
}

func (p *subject) separateHint() string {
	if value, ok := p.sd.Spec.Annotations[seldon.AnnotationSeparatePod]; ok {
		return `the annotation ` + seldon.AnnotationSeparatePod + ` is "` + value + `": remove it or make it "true"`
	}
	return `put a unit's container first, or set the annotation ` + seldon.AnnotationSeparatePod + ` to "true"`
}

// annotateAgain is what happens to the predictor's annotations on the
// Deployment that receives the orchestrator.
func (p *plan) annotateAgain(pred *predictorPlan, w *workload) {
	if p.release.Pods.PredictorAnnotations == release.AnnotationsWrittenAgain {
		for k, v := range pred.Annotations {
			w.annotate(k, v)
		}
		return
	}
	// Quirk (docs/behaviour/core.md, 5.3): the values become the keys.
	for _, v := range pred.Annotations {
		w.Spec.Template.Annotations[v] = pred.Annotations[v]
	}
}

// orchestratorContainer is the service orchestrator
// (docs/behaviour/orchestrator-ingress.md, 1).
func (p *plan) orchestratorContainer(pred *predictorPlan) corev1.Container {
	s := p.orchestrator
	if s.image == "" {
		p.report(p.atSetting(finding.New(finding.OrchestratorImage, nil, "no image is set for the service orchestrator").
			WithHint("set executor.image or engine.image in the values"), s.imageVariable))
	}
	http, grpc := int32(p.number(s.httpPort)), int32(p.number(s.grpcPort))
	c := corev1.Container{
		Name:            engineContainer,
		Image:           s.image,
		ImagePullPolicy: corev1.PullPolicy(s.pullPolicy),
		Ports: []corev1.ContainerPort{
			{Name: "http", ContainerPort: http, Protocol: corev1.ProtocolTCP},
			{Name: s.metricsPortName, ContainerPort: http, Protocol: corev1.ProtocolTCP},
			{Name: "grpc", ContainerPort: grpc, Protocol: corev1.ProtocolTCP},
		},
		VolumeMounts:             []corev1.VolumeMount{{Name: podinfoVolume, MountPath: podinfoPath}},
		TerminationMessagePath:   corev1.TerminationMessagePathDefault,
		TerminationMessagePolicy: corev1.TerminationMessageReadFile,
		Resources:                p.orchestratorResources(pred),
		SecurityContext:          p.orchestratorSecurityContext(),
	}
	if p.executor {
		p.completeExecutor(pred, &c, http, grpc)
	} else {
		p.completeEngine(pred, &c, http, grpc)
	}
	c.Env = p.orchestratorEnv(pred, c.Env)
	return c
}

func (p *subject) orchestratorResources(pred *predictorPlan) corev1.ResourceRequirements {
	if own := pred.SvcOrchSpec.Resources; own != nil {
		return *own
	}
	return p.resources(&p.orchestrator.resources)
}

// patientProbe probes every five seconds with a minute's patience.
func patientProbe(path string, port intstr.IntOrString, scheme corev1.URIScheme) *corev1.Probe {
	return &corev1.Probe{
		ProbeHandler:        corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: path, Port: port, Scheme: scheme}},
		InitialDelaySeconds: 20,
		PeriodSeconds:       5,
		FailureThreshold:    3,
		SuccessThreshold:    1,
		TimeoutSeconds:      60,
	}
}

// orchestratorEnv appends to the program's own variables those of the user
// (docs/behaviour/orchestrator-ingress.md, 1.3).
func (p *plan) orchestratorEnv(pred *predictorPlan, env []corev1.EnvVar) []corev1.EnvVar {
	// Names of the program's own variables do not count as taken.
	own := len(env)
	var given index
	for _, e := range pred.SvcOrchSpec.Env {
		env = append(env, *e)
	}
	var keys []string
	for key := range p.sd.Spec.Annotations {
		if strings.HasPrefix(key, seldon.AnnotationEnginePrefix) && key != seldon.AnnotationSeparatePod {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		name := orchestratorVariable(key)
		if given.variable(env[own:], name) < 0 {
			env = append(env, corev1.EnvVar{Name: name, Value: p.sd.Spec.Annotations[key]})
		}
	}
	const logVariable = "SELDON_LOG_MESSAGES_EXTERNALLY"
	if p.release.Orchestrator.LogVariable == release.WriteLogVariable && !hasEnv(env[own:], logVariable) {
		env = append(env, corev1.EnvVar{Name: logVariable, Value: p.orchestrator.logExternally})
	}
	return env
}

// orchestratorVariable is the variable that an annotation becomes.
func orchestratorVariable(key string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(key, seldon.AnnotationEnginePrefix), "-", "_"))
}

// separateOrchestrator builds the Deployment of an orchestrator with a pod of
// its own (docs/behaviour/orchestrator-ingress.md, 2.2).
func (p *plan) separateOrchestrator(pred *predictorPlan) {
	if !p.separate || pred.noEngine {
		return
	}
	name := p.orchestratorName(pred.Predictor)
	w := newWorkload(name, p.namespace)
	w.origin = origin{pred, FromOrchestrator}
	w.Metadata.Labels[seldon.LabelContainsSvcOrch] = "true"
	w.selectBy(seldon.LabelApp, pred.key)
	// Quirk (docs/behaviour/orchestrator-ingress.md, 2.2): not the id of the SeldonDeployment.
	w.selectBy(seldon.LabelDeploymentID, pred.key)
	w.label(seldon.LabelPlainApp, name)
	w.Metadata.Labels[seldon.LabelFluentd] = "true"
	for k, v := range pred.Labels {
		w.label(k, v)
	}
	maps.Copy(w.Metadata.Annotations, p.sd.Spec.Annotations)
	p.scrape(w)
	w.Spec.Strategy = p.strategy()
	w.Spec.Replicas = pred.SvcOrchSpec.Replicas
	if w.Spec.Replicas == nil {
		w.Spec.Replicas = p.predictorReplicas(pred)
	}
	w.Spec.Template.Spec = p.orchestratorPodSpec(pred)
	p.deploy(w)
	if pred.certificate() != "" {
		p.mountCertificateInto(pred, w)
	}
}

func (p *plan) orchestratorPodSpec(pred *predictorPlan) corev1.PodSpec {
	account := p.orchestrator.serviceAccount
	pod := corev1.PodSpec{
		Containers:               []corev1.Container{p.orchestratorContainer(pred)},
		Volumes:                  []corev1.Volume{p.r.shared.podinfo},
		ServiceAccountName:       account,
		DeprecatedServiceAccount: account,
		SecurityContext:          p.defaultSecurityContext(),
	}
	if pod.SecurityContext == nil {
		pod.SecurityContext = &corev1.PodSecurityContext{}
	}
	fillPodDefaults(&pod)
	return pod
}
