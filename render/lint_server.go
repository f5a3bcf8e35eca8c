package render

import (
	"encoding/json"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// replacedImage tells that the image of a unit's container is about to give way
// to the TensorFlow proxy.
func (l *inspector) replacedImage(u *unitPlan, image string) {
	own, path := l.sourceContainer(u.pod, u.Name)
	if own == nil || own.Image == "" || own.Image == image {
		return
	}
	l.tell(finding.ImageReplaced, path.Child("image"), "set TensorFlow Serving's image on a container named "+tfservingContainer,
		"image %s of container %q is replaced by the proxy in front of TensorFlow Serving", own.Image, u.Name)
}

// replacedPorts tells that only the ports named http and grpc of a unit's
// container stay.
func (l *inspector) replacedPorts(u *unitPlan) {
	own, path := l.sourceContainer(u.pod, u.Name)
	if own == nil {
		return
	}
	var lost []string
	var first *field.Path
	for i := range own.Ports {
		port := &own.Ports[i]
		if (port.Name == "http" || port.Name == "grpc") && port.HostPort == 0 {
			continue
		}
		if first == nil {
			first = path.Child("ports").Index(i)
		}
		name := strconv.Itoa(int(port.ContainerPort))
		if port.Name != "" {
			name += " (" + port.Name + ")"
		}
		lost = append(lost, name)
	}
	if first != nil {
		l.tell(finding.PortsReplaced, first, "", "container %q loses port %s: the operator keeps only the ports grpc and http of a %s",
			u.Name, strings.Join(lost, ", "), u.implementation)
	}
}

// replacedProbes tells that the handlers of a unit's probes are about to be
// replaced by MLServer's.
func (l *inspector) replacedProbes(u *unitPlan) {
	own, path := l.sourceContainer(u.pod, u.Name)
	if own == nil {
		return
	}
	for _, probe := range []struct {
		field string
		probe *corev1.Probe
		path  string
	}{
		{"readinessProbe", own.ReadinessProbe, mlserverReadyPath},
		{"livenessProbe", own.LivenessProbe, mlserverLivePath},
	} {
		if probe.probe == nil || probe.probe.ProbeHandler == (corev1.ProbeHandler{}) ||
			probe.probe.HTTPGet != nil && probe.probe.HTTPGet.Path == probe.path {
			continue
		}
		l.tell(finding.ProbeReplaced, path.Child(probe.field), "",
			"the operator replaces the %s of container %q with an HTTP request to %s and keeps only its timings", probe.field, u.Name, probe.path)
	}
}

// ignoredModelURI tells that a unit's model is not fetched.
func (l *inspector) ignoredModelURI(u *seldon.Unit, path *field.Path) {
	l.tell(finding.ModelURIIgnored, path.Child("modelUri"), "",
		"the model of unit %q is not fetched: in Seldon Core %s only prepackaged servers have a storage initializer", u.Name, l.release.Version)
}

// lintTensorflow looks for units behind a TensorFlow Serving that serves another.
func (l *inspector) lintTensorflow() {
	if l.sd.Spec.Protocol == "tensorflow" {
		return
	}
	for _, pred := range l.predictors {
		served := map[string]string{}
		for _, u := range pred.Graph.Walk(nil) {
			if u.Implementation == nil || *u.Implementation != tensorflowServer {
				continue
			}
			pod := l.podOf(pred, u.Name).Metadata.Name
			if first, ok := served[pod]; ok {
				l.tell(finding.ModelNotServed, pred.unitPath(u.Name).Child("modelUri"), "give the unit a component spec of its own",
					"the model of unit %q is never loaded: TensorFlow Serving in its pod serves unit %q", u.Name, first)
				continue
			}
			served[pod] = u.Name
		}
	}
}

// replacedExplainerArgs tells that an explainer's arguments are about to be
// replaced.
func (l *inspector) replacedExplainerArgs(pred *predictorPlan, c *corev1.Container) {
	path := pred.path.Child("explainer")
	if len(c.Args) > 0 {
		l.tell(finding.ExplainerArgsLost, path.Child("containerSpec", "args"), "use explainer.config",
			"the operator replaces the arguments of the explainer of predictor %q", pred.Name)
	}
	if pred.Explainer.InitParameters != "" {
		l.tell(finding.ExplainerUnread, path.Child("initParameters"), "use config",
			"initParameters has no effect: the Alibi explainer of predictor %q does not read it", pred.Name)
	}
}

// replacedExplainerEnv tells that an explainer's environment is about to be
// replaced.
func (l *inspector) replacedExplainerEnv(pred *predictorPlan) {
	path, e := pred.path.Child("explainer"), pred.Explainer
	if len(e.ContainerSpec.Env) > 0 {
		l.tell(finding.ExplainerEnvLost, path.Child("containerSpec", "env"), "use envFrom with a ConfigMap or Secret",
			"the operator replaces the environment of the explainer of predictor %q", pred.Name)
	}
	if len(e.Config) > 0 {
		l.tell(finding.ExplainerUnread, path.Child("config"), "use initParameters",
			"config has no effect: the MLServer explainer of predictor %q does not read it", pred.Name)
	}
	if e.InitParameters != "" && !json.Valid([]byte(e.InitParameters)) {
		l.tell(finding.ExplainerInit, path.Child("initParameters"), "",
			"the initParameters of predictor %q are not valid JSON: MLServer cannot read MLSERVER_MODEL_EXTRA", pred.Name)
	}
}
