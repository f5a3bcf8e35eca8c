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
	version, err := run(ctx, s.Folder, "go", "list", "-m", "-f", "{{.Version}}", s.Module)
	if err != nil {
		return "", "", err
	}
	version = strings.TrimPrefix(version, "v")
	dir, err := Cached(cache, s.Name+"-"+version, s.Folder, []string{"go.mod", "go.sum"}, func(dir string) error {
		ldflags := "-s -w"
		if s.Flags != nil {
			ldflags += s.Flags(version)
		}
		args := append([]string{"build", "-trimpath", "-ldflags=" + ldflags, "-o", dir + string(filepath.Separator)}, s.Packages...)
		_, err := run(ctx, s.Folder, "go", args...)
		return err
	})
	return dir, version, err
}

// Cached returns a folder below cache that install has filled, now or in an
// earlier run. Its name tells what it was made from: files of a folder that pin
// it, and Go.
func Cached(cache, name, folder string, pins []string, install func(dir string) error) (string, error) {
	// Programs that install run in other folders.
	cache, err := filepath.Abs(cache)
	if err != nil {
		return "", err
	}
	key, err := keyOf(folder, pins)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, name+"-"+key)
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	scratch, err := os.MkdirTemp(cache, "building-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	if err := install(scratch); err != nil {
		return "", err
	}
	// Somebody else may have finished the same in the meantime.
	if err := os.Rename(scratch, dir); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	return dir, nil
}

// keyOf identifies what a folder of the cache depends on.
func keyOf(folder string, pins []string) (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, name := range pins {
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
