package render

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

const tritonServer = "TRITON_SERVER"

// triton is NVIDIA's Triton (docs/behaviour/core.md, 8.7;
// docs/behaviour/differences.md, 8.3).
type triton struct{}

var _ modelServer = triton{}

func (triton) handles(implementation, _ string) bool { return implementation == tritonServer }

func (t triton) complete(p *plan, u *unitPlan) {
	if !p.findsContainer(u) {
		return
	}
	c := u.container
	if c.Image == "" {
		c.Image = p.serverImage(u.setting, p.sd.Spec.Protocol)
	}
	if p.release.Servers.Triton == release.TritonAsUser1000 && c.SecurityContext == nil {
		c.SecurityContext = &corev1.SecurityContext{RunAsUser: new(int64(1000))}
	}
	repository, flags := modelPath, []string(nil)
	if p.release.Servers.TritonConfig == release.TritonFindsConfig {
		flags = []string{"--strict-model-config=false"}
	}
	if p.release.Servers.TritonRepository == release.TritonMayReadModelURI &&
		isTrueFold(p.sd.Spec.Annotations[seldon.AnnotationNoStorageInitializer]) {
		repository, flags = u.ModelURI, tritonFlags(u.Parameters)
		u.modelContainer = ""
		if secret := p.envSecret(u.source()); c.EnvFrom == nil && secret != "" {
			p.inspect().knownSecret(secret, u.path.Child("envSecretRefName"))
			c.EnvFrom = []corev1.EnvFromSource{secretEnv(secret)}
		}
	}
	if c.Args == nil {
		c.Args = append([]string{
			"/opt/tritonserver/bin/tritonserver",
			fmt.Sprintf("--grpc-port=%d", u.Endpoint.GRPCPort),
			fmt.Sprintf("--http-port=%d", u.Endpoint.HTTPPort),
			"--model-repository=" + repository,
		}, flags...)
	}
	p.replacePorts(u)
	probeServer(c, "/v2/health/ready", "/v2/health/live")
}

// tritonFlags are the parameters that Triton itself understands.
func tritonFlags(params []seldon.Parameter) []string {
	var flags []string
	for _, q := range params {
		for _, name := range []string{"model_control_mode", "load_model", "strict_model_config"} {
			if strings.EqualFold(q.Name, name) {
				flags = append(flags, "--"+strings.ReplaceAll(name, "_", "-")+"="+q.Value)
			}
		}
	}
	return flags
}

// replacePorts leaves a server's own two ports only
// (docs/behaviour/core.md, 8.7 and 8.8).
func (p *plan) replacePorts(u *unitPlan) {
	p.inspect().replacedPorts(u)
	u.container.Ports = []corev1.ContainerPort{
		{Name: "grpc", ContainerPort: u.Endpoint.GRPCPort, Protocol: corev1.ProtocolTCP},
		{Name: "http", ContainerPort: u.Endpoint.HTTPPort, Protocol: corev1.ProtocolTCP},
	}
}

// probeServer adds a server's own probes where there are none yet. Units have
// probes by now, except those with the name of a container that the operator
// leaves alone (docs/behaviour/core.md, 8.7).
func probeServer(c *corev1.Container, ready, live string) {
	if c.ReadinessProbe == nil {
		c.ReadinessProbe = httpProbe(ready, 20)
	}
	if c.LivenessProbe == nil {
		c.LivenessProbe = httpProbe(live, 60)
	}
}

// httpProbe probes the port named http every ten seconds; the initial delay is
// in seconds.
func httpProbe(path string, initialDelay int32) *corev1.Probe {
	return &corev1.Probe{
		ProbeHandler: corev1.ProbeHandler{
			HTTPGet: &corev1.HTTPGetAction{Path: path, Port: intstr.FromString("http")},
		},
		InitialDelaySeconds: initialDelay,
		TimeoutSeconds:      1,
		PeriodSeconds:       10,
		SuccessThreshold:    1,
		FailureThreshold:    3,
	}
}
