package programs

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

// Source is what programs are built from.
type Source struct {
	Name string
	// Folder has the go.mod that pins Module.
	Folder, Module string
	Packages       []string
	// Flags are more flags for the linker, given the module's version.
	Flags func(version string) string
}

// Build builds programs, unless that has been done, and returns where they are,
// a folder below cache whose name tells what they were built from, and the
// version of the module that they come from.
func Build(ctx context.Context, cache string, s Source) (string, string, error) {
	// go build runs in the module's folder.
	cache, err := filepath.Abs(cache)
	if err != nil {
		return "", "", err
	}
	version, err := run(ctx, s.Folder, "go", "list", "-m", "-f", "{{.Version}}", s.Module)
	if err != nil {
		return "", "", err
	}
	version = strings.TrimPrefix(version, "v")
	key, err := buildKey(s.Folder)
	if err != nil {
		return "", "", err
	}
	dir := filepath.Join(cache, s.Name+"-"+version+"-"+key)
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
	if s.Flags != nil {
		ldflags += s.Flags(version)
	}
	args := append([]string{"build", "-trimpath", "-ldflags=" + ldflags, "-o", scratch + string(filepath.Separator)}, s.Packages...)
	if _, err := run(ctx, s.Folder, "go", args...); err != nil {
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
