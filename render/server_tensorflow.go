package render

import (
	"fmt"
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

const (
	tensorflowServer = "TENSORFLOW_SERVER"
	// proxyGRPCPort and proxyHTTPPort are TensorFlow Serving's behind the proxy.
	proxyGRPCPort = 2000
	proxyHTTPPort = 2001
)

// tensorflowServing is TensorFlow Serving called directly
// (docs/behaviour/core.md, 8.6).
type tensorflowServing struct{}

var _ modelServer = tensorflowServing{}

func (tensorflowServing) handles(implementation, protocol string) bool {
	return implementation == tensorflowServer && protocol == "tensorflow"
}

func (tensorflowServing) complete(p *plan, u *unitPlan) {
	u.makeContainer()
	c := u.container
	if c.Image == "" {
		c.Image = p.serverImage(u.setting, "tensorflow")
	}
	if len(c.Args) == 0 {
		c.Args = tensorflowArgs(u.Name, u.Endpoint.GRPCPort, u.Endpoint.HTTPPort)
	}
}

func tensorflowArgs(model string, grpc, http int32) []string {
	return []string{
		fmt.Sprintf("--port=%d", grpc),
		fmt.Sprintf("--rest_api_port=%d", http),
		"--model_name=" + model,
		"--model_base_path=" + modelPath,
	}
}

// tensorflowProxy is TensorFlow Serving in a container of its own behind a
// proxy that speaks the Seldon protocol (docs/behaviour/core.md, 8.5).
type tensorflowProxy struct{}

var _ modelServer = tensorflowProxy{}

func (tensorflowProxy) handles(implementation, _ string) bool {
	return implementation == tensorflowServer
}

func (tensorflowProxy) complete(p *plan, u *unitPlan) {
	u.makeContainer()
	proxy := p.serverImage(u.setting, p.sd.Spec.Protocol)
	p.inspect().replacedImage(u, proxy)
	// Quirk (docs/behaviour/core.md, 8.5): the user's image is lost.
	u.container.Image = proxy
	u.container.Env = setEnv(u.container.Env, parametersVariable, p.r.toJSON(jsonParameters(proxyParameters(u.Unit))))
	u.modelContainer = tfservingContainer

	image := p.serverImage(u.setting, "tensorflow")
	args := tensorflowArgs(u.Name, proxyGRPCPort, proxyHTTPPort)
	ports := []corev1.ContainerPort{
		{ContainerPort: proxyGRPCPort, Protocol: corev1.ProtocolTCP},
		{ContainerPort: proxyHTTPPort, Protocol: corev1.ProtocolTCP},
	}
	if c := u.pod.container(tfservingContainer); c != nil {
		if c.Image == "" {
			c.Image = image
		}
		if len(c.Args) == 0 {
			c.Args = args
		}
		if len(c.Ports) == 0 {
			c.Ports = ports
		}
		return
	}
	c := corev1.Container{
		Name: tfservingContainer, Image: image, Args: args, Ports: ports, ImagePullPolicy: corev1.PullIfNotPresent,
	}
	if p.release.Defaulting.Containers == release.FillContainerDefaults {
		fillTermination(&c)
	}
	// Quirk (docs/behaviour/core.md, 12.3): where the list has to grow it is no
	// longer the component spec's, and the orchestrator is not shown what later
	// units do to their containers.
	pod := u.pod.pod()
	pod.Containers = append(pod.Containers, c)
}

func proxyParameters(u *seldon.Unit) []seldon.Parameter {
	model := seldon.Parameter{Name: "model_name", Value: u.Name, Type: "STRING"}
	if slices.ContainsFunc(u.Parameters, func(q seldon.Parameter) bool {
		return q.Name == "rest_endpoint" || q.Name == "grpc_endpoint"
	}) {
		return withParameters(u, model)
	}
	return withParameters(u,
		seldon.Parameter{Name: "rest_endpoint", Value: fmt.Sprintf("http://0.0.0.0:%d", proxyHTTPPort), Type: "STRING"},
		seldon.Parameter{Name: "grpc_endpoint", Value: fmt.Sprintf("0.0.0.0:%d", proxyGRPCPort), Type: "STRING"},
		model)
}
