package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// modules are the modules whose types are read. Kubernetes releases them
// together under one version.
var modules = []string{"k8s.io/api", "k8s.io/apimachinery"}

// requiredVersion returns the version of k8s.io/api that the module in the
// folder requires.
func requiredVersion(project string) (string, error) {
	out, err := goCommand(project, "list", "-m", "-json", modules[0])
	if err != nil {
		return "", err
	}
	var module struct{ Version string }
	if err := json.Unmarshal(out, &module); err != nil {
		return "", fmt.Errorf("reading the answer of go list: %w", err)
	}
	return module.Version, nil
}

// downloadModules returns the folder of each module in that version, after
// fetching it into the module cache where it is not there yet.
func downloadModules(project, version string) (map[string]string, error) {
	dirs := make(map[string]string, len(modules))
	for _, path := range modules {
		out, err := goCommand(project, "mod", "download", "-json", path+"@"+version)
		if err != nil {
			return nil, err
		}
		var module struct{ Dir string }
		if err := json.Unmarshal(out, &module); err != nil {
			return nil, fmt.Errorf("reading the answer of go mod download: %w", err)
		}
		dirs[path] = module.Dir
	}
	return dirs, nil
}

// packageDir returns the folder of a package of one of the modules; ok is false
// for packages of other modules.
func packageDir(dirs map[string]string, pkg string) (dir string, ok bool) {
	for module, dir := range dirs {
		if rest, found := strings.CutPrefix(pkg, module+"/"); found {
			return filepath.Join(dir, filepath.FromSlash(rest)), true
		}
	}
	return "", false
}

func goCommand(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil, fmt.Errorf("go %s: %s", strings.Join(args, " "), bytes.TrimSpace(append(out, exit.Stderr...)))
	}
	return out, err
}
