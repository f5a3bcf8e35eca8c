package gitops

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"k8s.io/client-go/rest"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/controlplane"
	"github.com/seldonctl/seldonctl/e2e/product"
	"github.com/seldonctl/seldonctl/e2e/programs"
)

const (
	older = "1.7.0"
	newer = "1.18.2"

	// kubernetesVariable names the version to run against, as for the module above.
	kubernetesVariable = "E2E_KUBERNETES"
	defaultKubernetes  = "1.34"

	root = "../.."
	// cache and modules are those of the module above.
	cache   = "../bin"
	modules = "../controlplane"
)

func TestMain(m *testing.M) { running.Main(m) }

// environment is what all runs share.
type environment struct {
	client *cluster.Client
	config *rest.Config
	// kubeVersion is what is rendered for: the server's.
	kubeVersion string
	program     *product.Program
	cases       []product.Case
	plane       *controlplane.Plane
}

var running = programs.Environment[*environment]{Start: newEnvironment, Stop: func(env *environment, failed bool) {
	if env != nil {
		env.plane.Stop(failed)
	}
}}

func start(t *testing.T) *environment { return running.For(t) }

// newEnvironment returns nil while there is nothing to stop.
func newEnvironment(ctx context.Context) (*environment, error) {
	version := os.Getenv(kubernetesVariable)
	if version == "" {
		version = defaultKubernetes
	}
	binaries, err := controlplane.Build(ctx, modules, cache, version)
	if err != nil {
		return nil, err
	}
	env := &environment{kubeVersion: binaries.Kubernetes}
	if env.program, err = product.Build(ctx, root, cache); err != nil {
		return nil, err
	}
	if env.cases, err = product.Cases(root, older, newer); err != nil {
		return nil, err
	}
	if env.plane, err = controlplane.Start(ctx, binaries); err != nil {
		return nil, err
	}
	env.config = &rest.Config{
		Host: env.plane.URL, BearerToken: env.plane.Token, QPS: -1,
		TLSClientConfig: rest.TLSClientConfig{CAFile: env.plane.CAFile},
	}
	// What the server warns of is a matter of the runs above.
	rest.SetDefaultWarningHandler(rest.NoWarnings{})
	if env.client, err = cluster.Connect(env.plane.URL, env.plane.Token, env.plane.CAFile); err != nil {
		return env, err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return env, env.client.InstallDefinitions(ctx)
}

// render renders a case for a namespace. What is there twice is left out: that is a
// finding, and the two overwrite each other.
func (env *environment) render(t *testing.T, c product.Case, namespace string, flags ...string) []*cluster.Object {
	t.Helper()
	rendering, err := env.program.Render(t.Context(), c, append(flags, "--only-rendered", "--kube-version", env.kubeVersion)...)
	if err != nil {
		t.Fatal(err)
	}
	named := make(map[string]int)
	for i := range rendering.Objects {
		named[identity(&rendering.Objects[i])]++
	}
	var out []*cluster.Object
	for i := range rendering.Objects {
		if o := &rendering.Objects[i]; named[identity(o)] == 1 {
			o.SetNamespace(namespace)
			out = append(out, o)
		}
	}
	return out
}

// taken returns the objects that the server does not refuse to apply. TestAccepted
// of the module above takes care of the others.
func (env *environment) taken(t *testing.T, objects []*cluster.Object) []*cluster.Object {
	t.Helper()
	return slices.DeleteFunc(objects, func(o *cluster.Object) bool {
		answer, err := env.client.Apply(t.Context(), o, cluster.ApplyOptions{Manager: "e2e", Force: true, DryRun: true})
		if err != nil {
			t.Fatal(err)
		}
		return answer.Refused != nil
	})
}

func identity(o *cluster.Object) string { return o.GetKind() + "/" + o.GetName() }

// leave creates what the operator made of a case and returns whether there is
// anything.
func (env *environment) leave(t *testing.T, c product.Case, namespace string) bool {
	t.Helper()
	recorded, err := c.Recorded()
	if err != nil {
		t.Fatal(err)
	}
	for i := range recorded {
		recorded[i].SetNamespace(namespace)
		// What is refused, or of a version that is not served, the operator could not
		// have left.
		if _, err := env.client.Create(t.Context(), &recorded[i]); err != nil && !errors.Is(err, cluster.ErrNotServed) {
			t.Fatal(err)
		}
	}
	return len(recorded) > 0
}

// namespace creates a namespace for a case.
func (env *environment) namespace(t *testing.T, prefix string, i int) string {
	t.Helper()
	o := &cluster.Object{Object: map[string]any{"apiVersion": "v1", "kind": "Namespace"}}
	o.SetName(fmt.Sprintf("%s-%04d", prefix, i))
	answer, err := env.client.Create(t.Context(), o)
	if err := errors.Join(err, answer.Refused); err != nil {
		t.Fatal(err)
	}
	return o.GetName()
}

// live returns an object as the server has it, nil when it is not there.
func (env *environment) live(t *testing.T, o *cluster.Object) *cluster.Object {
	t.Helper()
	live, err := env.client.Get(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return live
}

// ordinary says that a case has the values of its release, or those of an
// example.
func ordinary(c product.Case) bool {
	return c.Variant == product.Default || c.Variant == product.Example
}
