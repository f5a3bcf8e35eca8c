package controlplane

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/seldonctl/seldonctl/e2e/programs"
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
	etcdDir, _, err := programs.Build(ctx, cache, programs.Source{Name: "etcd", Folder: filepath.Join(modules, "etcd"), Module: etcdModule,
		Packages: []string{etcdModule}})
	if err != nil {
		return nil, err
	}
	kubernetesDir, built, err := programs.Build(ctx, cache, programs.Source{Name: "kubernetes", Folder: folder, Module: kubernetesModule, Flags: versionFlags,
		Packages: []string{kubernetesModule + "/cmd/kube-apiserver", kubernetesModule + "/cmd/kube-controller-manager", kubernetesModule + "/cmd/kubectl"}})
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
