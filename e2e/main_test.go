package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/controlplane"
	"github.com/seldonctl/seldonctl/e2e/product"
	"github.com/seldonctl/seldonctl/e2e/programs"
)

const (
	older = "1.7.0"
	newer = "1.18.2"

	// defaultKubernetes is the version that the runs are held against unless
	// the environment names another.
	defaultKubernetes  = "1.34"
	kubernetesVariable = "E2E_KUBERNETES"

	// programVariable names a seldonctl to run instead of one that is built from
	// the tree, such as a release's.
	programVariable = "E2E_SELDONCTL"

	root = ".."
	// cache keeps what was built; git ignores it.
	cache = "bin"
)

var (
	only = flag.String("only", "", "look at the cases whose release/variant/name has this text")
	wide = flag.Bool("wide", false, "look at all variants of values in all runs, which takes much longer")
)

func TestMain(m *testing.M) { running.Main(m) }

// environment is what all runs share.
type environment struct {
	client  *cluster.Client
	kubectl *cluster.Kubectl
	program *product.Program
	plane   *controlplane.Plane
	// kubeVersion is what is rendered for: the server's.
	kubeVersion string
	cases       []product.Case
}

var running = programs.Environment[*environment]{Start: newEnvironment, Stop: (*environment).stop}

func start(t *testing.T) *environment { return running.For(t) }

// newEnvironment returns what there is to stop, also with an error.
func newEnvironment(ctx context.Context) (*environment, error) {
	version := os.Getenv(kubernetesVariable)
	if version == "" {
		version = defaultKubernetes
	}
	binaries, err := controlplane.Build(ctx, "controlplane", cache, version)
	if err != nil {
		return nil, err
	}
	env := &environment{kubeVersion: binaries.Kubernetes}
	if env.program, err = program(ctx); err != nil {
		return env, err
	}
	if env.cases, err = product.Cases(root, older, newer); err != nil {
		return env, err
	}
	if env.plane, err = controlplane.Start(ctx, binaries); err != nil {
		return env, err
	}
	return env, env.connect(ctx)
}

func (env *environment) stop(failed bool) {
	if env == nil || env.plane == nil {
		return
	}
	env.plane.Stop(failed)
	if failed {
		fmt.Fprintln(os.Stderr, "logs of the control plane:", env.plane.Logs())
	}
}

// program is seldonctl as the environment names it, else as the tree has it.
func program(ctx context.Context) (*product.Program, error) {
	if path := os.Getenv(programVariable); path != "" {
		return product.At(path)
	}
	return product.Build(ctx, root, cache)
}

func (env *environment) connect(ctx context.Context) (err error) {
	if env.client, err = cluster.Connect(env.plane.URL, env.plane.Token, env.plane.CAFile); err != nil {
		return err
	}
	kubectl, err := filepath.Abs(env.plane.Binaries.Kubectl)
	if err != nil {
		return err
	}
	env.kubectl = &cluster.Kubectl{Path: kubectl, Kubeconfig: env.plane.Kubeconfig, Home: env.plane.Home()}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return env.client.InstallDefinitions(ctx)
}
