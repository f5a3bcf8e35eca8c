package render

import (
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintReach looks for calls that reach no listener: of the orchestrator to units
// at the endpoints that ENGINE_PREDICTOR names, of Services to units without
// orchestrator, and of explainers to models. That a Service selects a pod with
// the port is for lintServices; here it is about the port that the program in
// the container is told to listen on.
func (l *inspector) lintReach() {
	for _, pred := range l.predictors {
		engine := l.orchestratorOf(pred)
		for _, u := range pred.Graph.Walk(nil) {
			c, j := pred.Container(u.Name)
			if c == nil || u.Endpoint == nil || pred.pods[j] == nil || pred.repeats(u.Name) {
				continue
			}
			if engine != nil && u.Endpoint.ServiceHost == localhost && engine.container(u.Name) == nil {
				// Quirk (docs/behaviour/core.md, 3.5): a prepackaged unit, wherever it is.
				l.tell(finding.NothingListens, pred.unitPath(u.Name).Child("name"), "move its container to the pod of the orchestrator, or make it a custom unit",
					"unit %q is called at localhost, but its container is not in the orchestrator's pod", u.Name)
				continue
			}
			l.lintListener(pred, u, pred.pods[j])
		}
		l.lintExplainerReach(pred)
	}
}

// orchestratorOf is the Deployment with a predictor's orchestrator, or nil.
func (l *inspector) orchestratorOf(pred *predictorPlan) *workload {
	if pred.noEngine || pred.replaced {
		return nil
	}
	for _, w := range pred.deployments {
		if w.container(engineContainer) != nil {
			return w
		}
	}
	return nil
}

// lintListener compares the port that a unit is called on with the one that its
// container listens on.
func (l *inspector) lintListener(pred *predictorPlan, u *seldon.Unit, w *workload) {
	called := l.calledPort(u)
	told, by, ok := l.toldPort(u, w.container(u.Name), l.calledByGRPC(u))
	if !ok || told == called {
		return
	}
	path := pred.unitPath(u.Name)
	own, at := l.sourceContainer(w, u.Name)
	switch {
	case own == nil:
	case strings.HasPrefix(by, "--"):
		path = at.Child("args")
	case hasEnv(own.Env, by):
		path = envPath(at, own.Env, by)
	default:
		path = at
	}
	if told == 0 {
		l.tell(finding.NothingListens, path, "add the argument", "unit %q is called on port %d, but its arguments do not set a port for that", u.Name, called)
		return
	}
	l.tell(finding.NothingListens, path, "remove it, or set the container port to "+decimal(told),
		"unit %q is called on port %d, but %s has its container listen on %d", u.Name, called, by, told)
}

// toldPort is the port that a unit's container is told to listen on for a
// transport, and the variable or flag that says so. It is false where that
// cannot be known.
func (l *inspector) toldPort(u *seldon.Unit, c *corev1.Container, grpc bool) (port int32, by string, ok bool) {
	pick := func(http, other string) string {
		if grpc {
			return other
		}
		return http
	}
	implementation := ""
	if u.Prepackaged() {
		implementation = *u.Implementation
	}
	protocol := l.sd.Spec.Protocol
	switch {
	case implementation == tritonServer:
		fallback := int32(8000)
		if grpc {
			fallback = 8001
		}
		return flagPort(c, pick("--http-port", "--grpc-port"), fallback)
	case implementation == tensorflowServer && protocol == "tensorflow":
		fallback := int32(0)
		if grpc {
			fallback = 8500
		}
		return flagPort(c, pick("--rest_api_port", "--port"), fallback)
	case implementation != "" && isV2(protocol):
		return variablePort(c, pick("MLSERVER_HTTP_PORT", "MLSERVER_GRPC_PORT"))
	}
	if name := pick("PREDICTIVE_UNIT_HTTP_SERVICE_PORT", "PREDICTIVE_UNIT_GRPC_SERVICE_PORT"); hasEnv(c.Env, name) {
		return variablePort(c, name)
	}
	return variablePort(c, "PREDICTIVE_UNIT_SERVICE_PORT")
}

// variablePort is the port in the last variable of a name.
func variablePort(c *corev1.Container, name string) (port int32, by string, ok bool) {
	last, _ := lastEnv(c.Env, name)
	if last == nil || last.ValueFrom != nil {
		return 0, name, false
	}
	n, err := strconv.ParseInt(last.Value, 10, 32)
	return int32(n), name, err == nil
}

// flagPort is the port of an argument, or the fallback where the arguments do not
// set it; a fallback of 0 means that the program does not listen then. Arguments
// that are a script cannot be known.
func flagPort(c *corev1.Container, flag string, fallback int32) (port int32, by string, ok bool) {
	args := append(append([]string(nil), c.Command...), c.Args...)
	known := false
	for i, arg := range args {
		known = known || strings.HasPrefix(arg, "--")
		value, joined := strings.CutPrefix(arg, flag+"=")
		if arg == flag && i+1 < len(args) {
			value, joined = args[i+1], true
		}
		if joined {
			n, err := strconv.ParseInt(value, 10, 32)
			return int32(n), flag, err == nil
		}
		if strings.Contains(arg, flag) {
			return 0, flag, false
		}
	}
	return fallback, flag + " (its default)", known
}

// lintExplainerReach looks for explainers that cannot call their model.
func (l *inspector) lintExplainerReach(pred *predictorPlan) {
	if !pred.Explained() {
		return
	}
	path := pred.path.Child("explainer")
	switch e := pred.Explainer; {
	case l.explainedByMLServer():
	case isV2(l.sd.Spec.Protocol):
		l.tell(finding.ExplainerUnreachable, path.Child("type"), "render as a later release, or use protocol seldon",
			"the explainer of predictor %q calls the model by protocol seldon, not %s", pred.Name, l.sd.Spec.Protocol)
	case l.explainerCallsGRPC(e):
		at := path.Child("endpoint", "type")
		if l.sd.Spec.Transport == "grpc" {
			at = field.NewPath("spec", "transport")
		}
		l.tell(finding.ExplainerUnreachable, at, "use REST",
			"the explainer of predictor %q is given the gRPC port %d of the model, which it cannot call", pred.Name, pred.grpcPort)
	}
}

// lintBuiltins looks for built-in units that the executor does not have.
func (l *inspector) lintBuiltins() {
	if !l.executor {
		return
	}
	for i := range l.source.Spec.Predictors {
		for path, u := range l.source.Spec.Predictors[i].Graph.Walk(graphPath(i)) {
			if u.Implementation == nil {
				continue
			}
			switch name := *u.Implementation; name {
			case "AVERAGE_COMBINER", "SIMPLE_ROUTER":
				l.tell(finding.BuiltinMissing, path.Child("implementation"), "use a container of your own, or RANDOM_ABTEST for routing",
					"the executor has no %s and fails every prediction through unit %q", name, u.Name)
			}
		}
	}
}

// lintOrchestratorNumbers looks for annotations that the orchestrator parses as
// integers from its pod, and stops at where it cannot.
func (l *inspector) lintOrchestratorNumbers() {
	if !l.executor {
		return
	}
	for _, w := range l.deployments {
		if w.container(engineContainer) == nil {
			continue
		}
		for _, a := range l.release.Orchestrator.Numbers {
			value, ok := w.Spec.Template.Annotations[a.Annotation]
			if _, err := strconv.Atoi(value); !ok || err == nil {
				continue
			}
			severity := finding.Error
			if a.Check == release.NumberOfIngressToo {
				severity = finding.Warning
			}
			l.report(finding.New(finding.OrchestratorNumber, l.podAnnotationPath(w, a.Annotation),
				"%s must be an integer, not %q: the orchestrator does not start", a.Annotation, value).As(severity))
		}
	}
}

// podAnnotationPath is where an annotation of a pod comes from.
func (l *inspector) podAnnotationPath(w *workload, key string) *field.Path {
	pred := w.origin.pred
	if j := w.origin.component; j >= 0 {
		if _, ok := pred.ComponentSpecs[j].Metadata.Annotations[key]; ok {
			return componentPath(pred.index, j).Child("metadata", "annotations").Key(key)
		}
	}
	if _, ok := pred.Annotations[key]; ok {
		return pred.path.Child("annotations").Key(key)
	}
	return annotationsPath.Key(key)
}
