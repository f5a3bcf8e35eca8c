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

// explainerSettings are the images of explainers.
type explainerSettings struct {
	alibi, mlserver explainerImage
}

// explainerImage is the image of one kind of explainer; configured says that the
// operator reads its ConfigMap for it.
type explainerImage struct {
	text       string
	configured bool
}

func newExplainerSettings(rel *release.Release, v *values.Values) explainerSettings {
	config, _ := v.Config("explainer")
	image := func(variable, key string) explainerImage {
		related := text(v, variable, "")
		return explainerImage{text: orDefault(related, stringAt(config, key)), configured: related == ""}
	}
	return explainerSettings{
		alibi:    image("RELATED_IMAGE_EXPLAINER", "image"),
		mlserver: image(rel.Explainers.MLServerImage, "image_v2"),
	}
}

// explainer builds the Deployment and Service of a predictor's explainer
// (docs/behaviour/orchestrator-ingress.md, 8; docs/behaviour/differences.md, 17).
func (p *plan) explainer(pred *predictorPlan) {
	if !pred.Explained() {
		return
	}
	path := pred.path.Child("explainer")
	if pred.service == nil {
		p.tell(finding.ExplainerWithoutModel, path, "", "the explainer of predictor %q has no Service to call", pred.Name)
		return
	}
	name := p.explainerName(pred.Predictor)
	port := explainerPort(pred.Explainer)
	c := p.explainerContainer(pred, name, port)
	w := p.explainerDeployment(pred, name, c)
	p.deploy(w)
	e := pred.Explainer
	p.fetchModel(w, c.Name, modelSource{
		path: path, uri: e.ModelURI, serviceAccount: e.ServiceAccountName,
		envSecret: e.EnvSecretRefName, image: e.StorageInitializerImage,
		defaultSecret: p.release.Explainers.EnvSecret == release.ExplainerSecretOrDefault,
	})
	p.explainerService(pred, name, port)
}

// explainerPort is the explainer Service's port, and the container's unless it
// has one named http.
func explainerPort(e *seldon.Explainer) int32 {
	if e.Endpoint != nil && e.Endpoint.ServicePort != 0 {
		return e.Endpoint.ServicePort
	}
	return 9000
}

// explainedByMLServer reports whether explainers run in MLServer.
func (p *subject) explainedByMLServer() bool {
	return p.release.Explainers.Modes == release.AlibiOrMLServerExplainers && isV2(p.sd.Spec.Protocol)
}

func (p *plan) explainerContainer(pred *predictorPlan, name string, port int32) corev1.Container {
	c := pred.Explainer.ContainerSpec
	if c.Name == "" {
		c.Name = name
	}
	if c.ImagePullPolicy == "" {
		c.ImagePullPolicy = corev1.PullIfNotPresent
	}
	if c.Image == "" {
		image := &p.r.settings.explainers.alibi
		if p.explainedByMLServer() {
			image = &p.r.settings.explainers.mlserver
		}
		if image.configured {
			p.configRead("explainer")
		}
		c.Image = image.text
	}
	if own := portNamed(&c, "http"); own != nil {
		port = own.ContainerPort
	} else {
		addPort(&c, "http", port)
	}
	if c.LivenessProbe == nil {
		c.LivenessProbe = tcpProbe(intstr.FromString("http"), 60, 5)
	}
	if c.ReadinessProbe == nil {
		c.ReadinessProbe = tcpProbe(intstr.FromString("http"), 20, 7)
	}
	if c.Lifecycle == nil {
		c.Lifecycle = p.r.shared.sleepBeforeStop
	}
	if p.explainedByMLServer() {
		c.Env = p.explainerMLServerEnv(pred, c.Name, port)
	} else {
		p.inspect().replacedExplainerArgs(pred, &c)
		c.Args = p.alibiArgs(pred, port)
		c.Env = p.alibiEnv(pred, &c, port)
	}
	return c
}

// alibiArgs are the Alibi server's arguments. The user's are lost.
func (p *plan) alibiArgs(pred *predictorPlan, port int32) []string {
	e := pred.Explainer
	model := p.name
	if p.release.Explainers.ModelName == release.ModelNameOfGraphRoot {
		model = pred.Graph.Name
	}
	protocol, transport := "seldon", "http"
	switch {
	case p.sd.Spec.Protocol == "tensorflow":
		protocol = "tensorflow"
	case p.sd.Spec.Protocol == "kfserving" && p.release.Explainers.Modes == release.AlibiExplainersForKFServing:
		protocol = "kfserving"
	}
	if p.explainerCallsGRPC(e) {
		transport = "grpc"
	}
	args := []string{
		"--model_name=" + model,
		"--predictor_host=" + p.modelAddress(pred),
		"--protocol=" + protocol + "." + transport,
		"--http_port=" + decimal(port),
	}
	if e.ModelURI != "" {
		args = append(args, "--storage_uri="+modelPath)
	}
	args = append(args, e.Type)
	if e.Type == "AnchorImages" {
		args = append(args, "--tf_data_type=float32")
	}
	for _, key := range slices.Sorted(maps.Keys(e.Config)) {
		value := e.Config[key]
		if e.ModelURI != "" {
			value = strings.Replace(value, e.ModelURI, modelPath, 1)
		}
		args = append(args, "--"+key+"="+value)
	}
	return args
}

// modelAddress is where the explainer finds the model.
func (p *subject) modelAddress(pred *predictorPlan) string {
	if p.explainerCallsGRPC(pred.Explainer) {
		return serviceAddress(pred.service, pred.grpcPort)
	}
	return serviceAddress(pred.service, pred.httpPort)
}

// explainerCallsGRPC reports whether the explainer calls the model by gRPC.
func (p *subject) explainerCallsGRPC(e *seldon.Explainer) bool {
	return p.sd.Spec.Transport == "grpc" || e.Endpoint != nil && e.Endpoint.Type == "GRPC"
}

func (p *plan) alibiEnv(pred *predictorPlan, c *corev1.Container, port int32) []corev1.EnvVar {
	const portVariable = "PREDICTIVE_UNIT_SERVICE_PORT"
	if p.release.Explainers.Env == release.ExplainerUserEnv || hasEnv(c.Env, portVariable) {
		return c.Env
	}
	return append(c.Env,
		corev1.EnvVar{Name: portVariable, Value: decimal(port)},
		corev1.EnvVar{Name: "PREDICTIVE_UNIT_ID", Value: c.Name},
		corev1.EnvVar{Name: "PREDICTOR_ID", Value: pred.Name},
		corev1.EnvVar{Name: "SELDON_DEPLOYMENT_ID", Value: p.name})
}

func (p *plan) explainerDeployment(pred *predictorPlan, name string, c corev1.Container) *workload {
	w := p.modelWorkload(name, pred, nil, p.release.Explainers.Scraping == release.ScrapeExplainers)
	w.origin = origin{pred, FromExplainer}
	w.label(seldon.LabelExplainer, "true")
	p.roleLabels(pred, nil, w.label)
	w.label(seldon.LabelApp, name)
	w.Spec.ProgressDeadlineSeconds = pred.ProgressDeadlineSeconds
	w.Spec.Template.Spec.Containers = []corev1.Container{c}
	if p.release.Explainers.ServiceAccount == release.ExplainerAccountOnPod {
		w.Spec.Template.Spec.ServiceAccountName = pred.Explainer.ServiceAccountName
	}
	if p.release.Explainers.Replicas == release.ExplainerReplicasOwn {
		w.Spec.Replicas = p.explainerReplicas(pred)
	}
	p.completePod(w.pod())
	return w
}

// explainerReplicas is the explainer's own count, unless the predictor is
// scaled to nothing (docs/behaviour/differences.md, 17).
func (p *subject) explainerReplicas(pred *predictorPlan) *int32 {
	if n := p.predictorReplicas(pred); n != nil && *n == 0 {
		return n
	}
	return pred.Explainer.Replicas
}

func (p *plan) explainerService(pred *predictorPlan, name string, port int32) {
	s := p.newService(name, pred, map[string]string{seldon.LabelApp: name})
	s.label(seldon.LabelApp, name)
	if p.release.Explainers.ServiceLabel == release.ExplainerServiceOfPredictor {
		s.label(seldon.LabelApp, pred.key)
	}
	s.label(seldon.LabelExplainer, "true")
	p.roleLabels(pred, nil, s.label)
	// Quirk (docs/behaviour/orchestrator-ingress.md, 8): a container port named http does not move it.
	s.addPort("http", port)
	p.makeHeadless(s)
	p.exposeService(pred, s, exposure{http: port, explainer: true})
}
