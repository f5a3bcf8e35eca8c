package controlplane

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Binaries are the programs of a control plane, by their paths.
type Binaries struct {
	// Kubernetes is the version that was built, e.g. 1.34.4.
	Kubernetes        string
	Etcd              string
	APIServer         string
	ControllerManager string
	Kubectl           string
}

const (
	etcdModule       = "go.etcd.io/etcd/server/v3"
	kubernetesModule = "k8s.io/kubernetes"
	versionPackage   = "k8s.io/component-base/version"
)

// Build returns the programs of a Kubernetes version, e.g. 1.34 or 1.34.4, for
// which modules has a folder kubernetes-1.34. They are built on first use, which
// takes minutes, and kept in a folder below cache whose name tells what they
// were built from.
func Build(ctx context.Context, modules, cache, version string) (*Binaries, error) {
	folder, err := kubernetesFolder(modules, version)
	if err != nil {
		return nil, err
	}
	// go build runs in the modules' folders.
	if cache, err = filepath.Abs(cache); err != nil {
		return nil, err
	}
	etcdDir, _, err := build(ctx, cache, source{name: "etcd", folder: filepath.Join(modules, "etcd"), module: etcdModule,
		packages: []string{etcdModule}})
	if err != nil {
		return nil, err
	}
	kubernetesDir, built, err := build(ctx, cache, source{name: "kubernetes", folder: folder, module: kubernetesModule, flags: versionFlags,
		packages: []string{kubernetesModule + "/cmd/kube-apiserver", kubernetesModule + "/cmd/kube-controller-manager", kubernetesModule + "/cmd/kubectl"}})
	if err != nil {
		return nil, err
	}
	if version != built && !strings.HasPrefix(built, version+".") {
		return nil, fmt.Errorf("kubernetes %s was asked for, and %s pins %s", version, folder, built)
	}
	return &Binaries{
		Kubernetes:        built,
		Etcd:              filepath.Join(etcdDir, "server"),
		APIServer:         filepath.Join(kubernetesDir, "kube-apiserver"),
		ControllerManager: filepath.Join(kubernetesDir, "kube-controller-manager"),
		Kubectl:           filepath.Join(kubernetesDir, "kubectl"),
	}, nil
}

// kubernetesFolder returns the module folder of a version's minor release.
func kubernetesFolder(modules, version string) (string, error) {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return "", fmt.Errorf("%q is no Kubernetes version: write 1.34 or 1.34.4", version)
	}
	folder := filepath.Join(modules, "kubernetes-"+parts[0]+"."+parts[1])
	if _, err := os.Stat(filepath.Join(folder, "go.mod")); err != nil {
		return "", fmt.Errorf("kubernetes %s has no folder of its own (docs/e2e.md, another version): %w", version, err)
	}
	return folder, nil
}

// versionFlags tells the programs their version, which API versions and feature
// gates do not depend on but kubectl's and the server's answers do.
func versionFlags(version string) string {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	return fmt.Sprintf(" -X %[1]s.gitVersion=v%[2]s -X %[1]s.gitMajor=%[3]s -X %[1]s.gitMinor=%[4]s", versionPackage, version, major, minor)
}

// source is what programs are built from.
type source struct {
	name string
	// folder has the go.mod that pins module.
	folder, module string
	packages       []string
	// flags are more flags for the linker, given the module's version.
	flags func(version string) string
}

// build builds programs, unless that has been done, and returns where they are
// and the version of the module that they come from.
func build(ctx context.Context, cache string, s source) (string, string, error) {
	version, err := run(ctx, s.folder, "go", "list", "-m", "-f", "{{.Version}}", s.module)
	if err != nil {
		return "", "", err
	}
	version = strings.TrimPrefix(version, "v")
	key, err := buildKey(s.folder)
	if err != nil {
		return "", "", err
	}
	dir := filepath.Join(cache, s.name+"-"+version+"-"+key)
	if _, err := os.Stat(dir); err == nil {
		return dir, version, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", "", err
	}
	scratch, err := os.MkdirTemp(cache, "building-")
	if err != nil {
		return "", "", err
	}
	defer os.RemoveAll(scratch)
	ldflags := "-s -w"
	if s.flags != nil {
		ldflags += s.flags(version)
	}
	args := append([]string{"build", "-trimpath", "-ldflags=" + ldflags, "-o", scratch + string(filepath.Separator)}, s.packages...)
	if _, err := run(ctx, s.folder, "go", args...); err != nil {
		return "", "", err
	}
	// Somebody else may have finished the same build in the meantime.
	if err := os.Rename(scratch, dir); err != nil && !errors.Is(err, os.ErrExist) {
		return "", "", err
	}
	return dir, version, nil
}

// buildKey identifies what a build depends on: the pinned modules and Go.
func buildKey(folder string) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return "", err
		}
		sum.Write(data)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12], nil
}

// run returns the trimmed output of a program that is run in a folder.
func run(ctx context.Context, folder, name string, args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s %s in %s: %w\n%s", name, args[0], folder, err, stderr.String())
	}
	return strings.TrimSpace(stdout.String()), nil
}
