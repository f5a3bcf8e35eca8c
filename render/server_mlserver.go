package render

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

const (
	mlserverReadyPath = "/v2/health/ready"
	mlserverLivePath  = "/v2/health/live"
	huggingFaceServer = "HUGGINGFACE_SERVER"
)

// mlserver runs servers under the V2 inference protocol
// (docs/behaviour/core.md, 8.8; docs/behaviour/differences.md, 8.4).
type mlserver struct{}

var _ modelServer = mlserver{}

func (mlserver) handles(_, protocol string) bool { return isV2(protocol) }

// isV2 reports whether the protocol is the V2 inference protocol by either of
// its names.
func isV2(protocol string) bool { return protocol == "kfserving" || protocol == "v2" }

func (m mlserver) complete(p *plan, u *unitPlan) {
	if !p.findsContainer(u) {
		return
	}
	rules := &p.release.Servers.MLServer
	image, ok := m.image(p, u)
	if !ok {
		p.tell(finding.NoProtocolImage, u.path.Child("implementation"), "add one under predictor_servers in the values",
			"%s has no image for protocol %s", u.implementation, p.sd.Spec.Protocol)
		return
	}
	class, ok := m.class(rules, u.implementation)
	if !ok {
		p.tell(finding.UnsupportedServer, u.path.Child("implementation"), "",
			"MLServer in Seldon Core %s does not support %s, only %s", p.release.Version, u.implementation, classNames(rules))
		return
	}
	c := u.container
	if c.Image == "" {
		c.Image = image
	}
	if c.Args == nil && rules.Args == release.MLServerStartCommand {
		c.Args = []string{"mlserver", "start", modelPath}
	}
	own := m.env(p, u, class)
	if rules.Env == release.MergeMLServerEnv {
		c.Env = mergeEnv(own, c.Env)
	} else {
		c.Env = append(c.Env, own...)
	}
	p.replacePorts(u)
	if rules.Probes == release.MLServerTCPProbes {
		probeServer(c, mlserverReadyPath, mlserverLivePath)
	} else {
		p.probeMLServer(u)
	}
}

// image returns the image for MLServer and whether there is an entry for one.
func (mlserver) image(p *plan, u *unitPlan) (string, bool) {
	if image, ok := u.setting.images["kfserving"]; ok || p.release.Servers.ImageProtocol == release.ExactProtocol {
		return image, ok
	}
	image, ok := u.setting.images["v2"]
	return image, ok
}

func (mlserver) class(rules *release.MLServer, implementation string) (string, bool) {
	for _, c := range rules.Classes {
		if c.Server == implementation {
			return c.Class, true
		}
	}
	return "", rules.OtherServers == release.AcceptOtherServers
}

func classNames(rules *release.MLServer) string {
	names := make([]string, len(rules.Classes))
	for i, c := range rules.Classes {
		names[i] = c.Server
	}
	return strings.Join(names, ", ")
}

// env are MLServer's own variables.
func (mlserver) env(p *plan, u *unitPlan, class string) []corev1.EnvVar {
	env := []corev1.EnvVar{
		{Name: "MLSERVER_HTTP_PORT", Value: decimal(u.Endpoint.HTTPPort)},
		{Name: "MLSERVER_GRPC_PORT", Value: decimal(u.Endpoint.GRPCPort)},
		{Name: "MLSERVER_MODEL_IMPLEMENTATION", Value: class},
		{Name: "MLSERVER_MODEL_NAME", Value: u.Name},
		{Name: "MLSERVER_MODEL_VERSION", Value: "v1"},
		{Name: "MLSERVER_MODEL_URI", Value: modelPath},
	}
	if p.release.Servers.MLServer.Tempo == release.TempoOptions {
		env = append(env, corev1.EnvVar{Name: "TEMPO_RUNTIME_OPTIONS", Value: `{"k8s_options": {"defaultRuntime": ` +
			`"tempo.seldon.SeldonKubernetesRuntime", "namespace": "` + p.namespace + `"}}`})
	}
	if u.implementation == huggingFaceServer && class != "" {
		env = append(env,
			corev1.EnvVar{Name: "MLSERVER_PARALLEL_WORKERS", Value: "0"},
			corev1.EnvVar{Name: "XDG_CACHE_HOME", Value: "/opt/mlserver"})
	}
	return env
}

// mergeEnv lays a container's environment over MLServer's own: a variable of
// the same name takes the place of the last one so far.
func mergeEnv(own, container []corev1.EnvVar) []corev1.EnvVar {
	merged, last := own, make(map[string]int, len(own)+len(container))
	for i := range own {
		last[own[i].Name] = i
	}
	for _, e := range container {
		i, ok := last[e.Name]
		if !ok {
			i, merged = len(merged), append(merged, corev1.EnvVar{})
			last[e.Name] = i
		}
		merged[i] = e
	}
	return merged
}

// probeMLServer has MLServer's health endpoints probed.
//
// Quirk (docs/behaviour/differences.md, 8.4): the handler of a user's probe is
// replaced, its timings stay.
func (p *plan) probeMLServer(u *unitPlan) {
	c := u.container
	p.inspect().replacedProbes(u)
	scheme := corev1.URISchemeHTTP
	if p.release.Servers.MLServer.Probes == release.MLServerHTTPProbesWithoutScheme {
		scheme = ""
	}
	for _, probe := range []struct {
		probe **corev1.Probe
		path  string
	}{
		{&c.ReadinessProbe, mlserverReadyPath},
		{&c.LivenessProbe, mlserverLivePath},
	} {
		own := patientProbe(probe.path, intstr.FromString("http"), scheme)
		if *probe.probe == nil {
			*probe.probe = own
		} else {
			(*probe.probe).ProbeHandler = own.ProbeHandler
		}
	}
}
