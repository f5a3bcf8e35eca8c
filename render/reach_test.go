package render_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// deadEnds are the findings that announce a call which reaches nothing.
var deadEnds = []finding.Code{
	finding.ServiceSelectsNothing, finding.UncalledService, finding.ServiceWithoutPorts, finding.ServicePortUnserved,
	finding.NothingListens, finding.OrchestratorGiven, finding.OrchestratorUnreached, finding.UselessProbe,
	finding.RepeatedObject, finding.DuplicateContainer, finding.DuplicateUnit, finding.EndpointReplaced,
	finding.PortCollision, finding.PortOutOfRange, finding.ControllerDiffers, finding.SelectorMismatch,
}

// TestEveryEndpointReaches proves on the objects of all recorded inputs that every
// endpoint of ENGINE_PREDICTOR, every route of an ingress, every explainer's model
// and every probe leads to a container with that port, or that a finding says so.
func TestEveryEndpointReaches(t *testing.T) {
	t.Parallel()
	suite, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	calls, dead := 0, 0
	for _, rel := range release.All() {
		for c := range corpus.CasesOf(t, suite, rel) {
			if c.Rejected {
				continue
			}
			r, _ := render.New(c.Config)
			for _, sd := range c.Deployments {
				result := r.Render(render.Input{Deployment: sd})
				if result.Findings.HasErrors() {
					continue
				}
				n, faults := newReach(t, result.Objects).check()
				calls += n
				announced := slices.ContainsFunc(result.Findings, func(f finding.Finding) bool { return slices.Contains(deadEnds, f.Code) })
				if len(faults) > 0 && !announced {
					t.Errorf("%s, %s, %s: no finding announces:\n%s", rel.Version, c.Variant, c.Name, strings.Join(faults, "\n"))
				}
				for _, f := range result.Findings {
					if f.Code == finding.NothingListens && len(faults) == 0 {
						t.Errorf("%s, %s, %s: every call is answered, and a finding says: %s", rel.Version, c.Variant, c.Name, f.Message)
					}
				}
				dead += len(faults)
			}
		}
	}
	t.Logf("%d calls, of which %d reach nothing, as findings say", calls, dead)
	if calls < 1000 {
		t.Errorf("only %d calls were found", calls)
	}
}

// reach looks calls up in rendered objects.
type reach struct {
	t         *testing.T
	services  map[string]*corev1.Service
	workloads []*appsv1.Deployment
	calls     []call
}

// call is what one program or ingress asks of another.
type call struct {
	from, host string
	port       int
	// pod is where localhost is, and container the one that has to answer.
	pod       *corev1.PodSpec
	container string
}

var mappingService = regexp.MustCompile(`(?m)^service: (\S+)$`)

func newReach(t *testing.T, objects []manifest.Object) *reach {
	r := &reach{t: t, services: map[string]*corev1.Service{}}
	for _, o := range objects {
		text, err := json.Marshal(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		switch o.Kind {
		case "Service":
			s := &corev1.Service{}
			r.decode(text, s)
			r.services[s.Name] = s
			for _, match := range mappingService.FindAllStringSubmatch(s.Annotations[seldon.AnnotationGetAmbassador], -1) {
				r.address("annotation of "+s.Name, match[1])
			}
		case "Deployment":
			d := &appsv1.Deployment{}
			r.decode(text, d)
			r.workloads = append(r.workloads, d)
			r.workload(d)
		case "Mapping":
			var m struct{ Spec struct{ Service string } }
			r.decode(text, &m)
			r.address("Mapping "+o.Name, m.Spec.Service)
		case "VirtualService":
			r.virtualService(o.Name, text)
		}
	}
	return r
}

func (r *reach) decode(text []byte, into any) {
	if err := json.Unmarshal(text, into); err != nil {
		r.t.Fatal(err)
	}
}

func (r *reach) address(from, address string) {
	host, port, err := net.SplitHostPort(address)
	n, wrong := strconv.Atoi(port)
	if err != nil || wrong != nil {
		r.t.Errorf("%s: no address: %q", from, address)
	}
	if n != 0 { // an explainer has no gRPC port, and its Mapping says 0
		r.calls = append(r.calls, call{from: from, host: host, port: n})
	}
}

func (r *reach) virtualService(name string, text []byte) {
	type destination struct {
		Host string
		Port struct{ Number int }
	}
	var v struct {
		Spec struct {
			HTTP []struct {
				Route  []struct{ Destination destination }
				Mirror *destination
			}
		}
	}
	r.decode(text, &v)
	for _, route := range v.Spec.HTTP {
		var all []destination
		for _, d := range route.Route {
			all = append(all, d.Destination)
		}
		if route.Mirror != nil {
			all = append(all, *route.Mirror)
		}
		for _, d := range all {
			r.calls = append(r.calls, call{from: "VirtualService " + name, host: d.Host, port: d.Port.Number})
		}
	}
}

var inferURI = regexp.MustCompile(`"infer_uri":"http://([^/"]+)/`)

func (r *reach) workload(d *appsv1.Deployment) {
	pod := &d.Spec.Template.Spec
	for k := range pod.Containers {
		c := &pod.Containers[k]
		for _, arg := range c.Args {
			if host, ok := strings.CutPrefix(arg, "--predictor_host="); ok {
				r.address("explainer "+d.Name, host)
			}
		}
		for _, e := range c.Env {
			switch e.Name {
			case "ENGINE_PREDICTOR":
				r.graph(d, e.Value)
			case "MLSERVER_MODEL_EXTRA":
				if match := inferURI.FindStringSubmatch(e.Value); match != nil {
					r.address("explainer "+d.Name, match[1])
				}
			}
		}
		for _, probe := range []*corev1.Probe{c.LivenessProbe, c.ReadinessProbe, c.StartupProbe} {
			if probe == nil {
				continue
			}
			var port intstr.IntOrString
			switch {
			case probe.HTTPGet != nil:
				port = probe.HTTPGet.Port
			case probe.TCPSocket != nil:
				port = probe.TCPSocket.Port
			}
			if port.Type == intstr.Int && port.IntVal == 0 {
				continue
			}
			number := port.IntValue()
			if port.Type == intstr.String {
				number = -1
				for _, p := range c.Ports {
					if p.Name == port.StrVal {
						number = int(p.ContainerPort)
					}
				}
			}
			r.calls = append(r.calls, call{from: "probe of " + c.Name, host: "localhost", port: number, pod: pod, container: c.Name})
		}
	}
}

// graph collects the endpoints of a predictor that have a container.
func (r *reach) graph(d *appsv1.Deployment, value string) {
	text, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return // the user's own container of that name
	}
	var pred seldon.Predictor
	r.decode(text, &pred)
	for _, u := range pred.Graph.Walk(nil) {
		if c, _ := pred.Container(u.Name); c != nil && u.Endpoint != nil {
			r.calls = append(r.calls, call{
				from: "orchestrator in " + d.Name, host: u.Endpoint.ServiceHost, port: int(u.Endpoint.ServicePort),
				pod: &d.Spec.Template.Spec, container: u.Name,
			})
		}
	}
}

// check returns how many calls there are, and those that reach nothing.
func (r *reach) check() (n int, faults []string) {
	for _, c := range r.calls {
		if why := r.follow(c); why != "" {
			faults = append(faults, fmt.Sprintf("%s calls %s:%d: %s", c.from, c.host, c.port, why))
		}
	}
	return len(r.calls), faults
}

func (r *reach) follow(c call) string {
	if c.host == "localhost" {
		return answers(c.pod, c.container, c.port)
	}
	name, _, _ := strings.Cut(c.host, ".")
	s := r.services[name]
	if s == nil {
		return "no such Service"
	}
	i := slices.IndexFunc(s.Spec.Ports, func(p corev1.ServicePort) bool { return int(p.Port) == c.port })
	if i < 0 {
		return "the Service has no such port"
	}
	for _, w := range r.workloads {
		selected := true
		for key, value := range s.Spec.Selector {
			selected = selected && w.Spec.Template.Labels[key] == value
		}
		if selected {
			return answers(&w.Spec.Template.Spec, c.container, s.Spec.Ports[i].TargetPort.IntValue())
		}
	}
	return "the Service selects no pod"
}

// answers looks for a port of a pod, in one container where it is known.
func answers(pod *corev1.PodSpec, container string, port int) string {
	for _, c := range pod.Containers {
		for _, p := range c.Ports {
			if (container == "" || c.Name == container) && int(p.ContainerPort) == port {
				if told := toldPorts(&c); container != "" && len(told) > 0 && !slices.Contains(told, strconv.Itoa(port)) {
					return "the container is told to listen on " + strings.Join(told, ", ")
				}
				return ""
			}
		}
	}
	return "no container has the port"
}

var portArgument = regexp.MustCompile(`^--\w*(?:http|grpc|rest_api)?[-_]?port=(\d+)$`)

// toldPorts are the ports that a container is told to listen on: by its
// arguments, else by its variables, those of a server or transport first.
func toldPorts(c *corev1.Container) (told []string) {
	for _, arg := range c.Args {
		if match := portArgument.FindStringSubmatch(arg); match != nil {
			told = append(told, match[1])
		}
	}
	if strings.Contains(c.Image, "tritonserver") && len(told) == 0 && strings.Contains(strings.Join(c.Args, " "), "--") {
		told = append(told, "8000", "8001")
	}
	for _, names := range []string{`^MLSERVER_(HTTP|GRPC)_PORT$`, `^PREDICTIVE_UNIT_(HTTP|GRPC)_SERVICE_PORT$`, `^PREDICTIVE_UNIT_SERVICE_PORT$`} {
		for _, v := range c.Env {
			if len(c.Args) == 0 && v.ValueFrom == nil && regexp.MustCompile(names).MatchString(v.Name) {
				told = append(told, v.Value)
			}
		}
		if len(told) > 0 {
			return told
		}
	}
	return nil
}
