//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// module is a program that is built from its module.
type module struct {
	name, pkg, version string
}

// modules are the newest versions that build with the Go version of go.mod.
var modules = []module{
	{"helm", "helm.sh/helm/v4/cmd/helm", "v4.3.1"},
	{"kustomize", "sigs.k8s.io/kustomize/kustomize/v5", "v5.8.2"},
}

// programs are the paths of what is compared.
type programs struct {
	seldonctl string
	peers     []peer
}

type peer struct {
	module
	path string
}

// buildPrograms builds seldonctl as it is released, and those of the others that
// are not built yet.
func buildPrograms(o *options) (*programs, error) {
	bin := filepath.Join(o.project, "bin")
	p := &programs{seldonctl: filepath.Join(bin, "seldonctl")}
	// As in the Makefile.
	if err := goCommand(o.project, nil, "build", "-trimpath", "-ldflags=-s -w -buildid=", "-o", p.seldonctl, "./cmd/seldonctl"); err != nil {
		return nil, err
	}
	for _, name := range o.peers {
		i := slices.IndexFunc(modules, func(m module) bool { return m.name == name })
		if i < 0 {
			return nil, fmt.Errorf("-peers: there is no %q", name)
		}
		m := modules[i]
		// A version of its own folder, so that a new pin is built anew.
		dir := filepath.Join(bin, "bench", m.name+"-"+m.version)
		path := filepath.Join(dir, m.name)
		if _, err := os.Stat(path); err != nil {
			fmt.Fprintf(os.Stderr, "building %s %s\n", m.name, m.version)
			env := []string{"GOBIN=" + dir, "GOFLAGS=-trimpath -ldflags=-s"}
			if err := goCommand(os.TempDir(), env, "install", m.pkg+"@"+m.version); err != nil {
				return nil, err
			}
		}
		p.peers = append(p.peers, peer{m, path})
	}
	return p, nil
}

func goCommand(dir string, env []string, args ...string) error {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "CGO_ENABLED=0"), env...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go %s %s: %w", args[0], args[len(args)-1], err)
	}
	return nil
}
