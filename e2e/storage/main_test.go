package storage

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/programs"
	"github.com/seldonctl/seldonctl/e2e/storage/clouds"
	"github.com/seldonctl/seldonctl/e2e/storage/initializer"
)

const (
	root = "../.."
	// cache keeps what was built; git ignores it.
	cache = "bin"
)

var (
	only = flag.String("only", "", "run the cases whose name has this text")
	wide = flag.Bool("wide", false, "try the faults on all releases, which takes much longer")
)

func TestMain(m *testing.M) { running.Main(m) }

// environment is what all runs share.
type environment struct {
	seldonctl string
	// rclones are the programs by version, kfserving stands for the other one.
	rclones   map[string]string
	kfserving string
	clouds    *clouds.Clouds
	azure     bool
	// dir has what is in the buckets, and the volumes of claims.
	dir   string
	model map[string]string
}

var running = programs.Environment[*environment]{Start: newEnvironment, Stop: (*environment).stop}

func start(t *testing.T) *environment { return running.For(t) }

// newEnvironment returns what there is to stop, also with an error.
func newEnvironment(ctx context.Context) (*environment, error) {
	env := &environment{rclones: make(map[string]string), model: map[string]string{
		"model.joblib": strings.Repeat("not a model\x00\xff", 9000), "metadata.yaml": "name: iris\n",
		"variables/data 00000-of-00001.bin": "parts", "empty/nothing": "",
	}}
	built, err := env.build(ctx)
	if err != nil {
		return env, err
	}
	if env.dir, err = os.MkdirTemp("", "seldonctl-models-"); err != nil {
		return env, err
	}
	for name, text := range env.model {
		file := filepath.Join(env.dir, "iris", "v1", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			return env, err
		}
	}
	if env.clouds, err = clouds.Start(ctx, *built); err != nil {
		return env, err
	}
	return env, env.clouds.Fill(ctx, env.rclones[newestRclone], env.dir)
}

// stop ends everything.
func (env *environment) stop(keepLogs bool) {
	if env.dir != "" {
		os.RemoveAll(env.dir)
	}
	if env.clouds == nil {
		return
	}
	env.clouds.Stop(keepLogs)
	if keepLogs {
		fmt.Fprintln(os.Stderr, "logs of the servers:", env.clouds.Logs())
	}
}

// build builds everything that is not there yet, one after the other.
func (env *environment) build(ctx context.Context) (*clouds.Programs, error) {
	servers := &clouds.Programs{}
	for _, s := range []struct{ module, path string }{
		{"versitygw", "github.com/versity/versitygw"}, {"fake-gcs-server", "github.com/fsouza/fake-gcs-server"},
	} {
		main := s.path
		if s.module == "versitygw" {
			main += "/cmd/versitygw"
		}
		dir, _, err := programs.Build(ctx, cache, programs.Source{Name: s.module, Folder: s.module, Module: s.path, Packages: []string{main}})
		if err != nil {
			return nil, err
		}
		path, err := filepath.Abs(filepath.Join(dir, s.module))
		if err != nil {
			return nil, err
		}
		if s.module == "versitygw" {
			servers.VersityGW = path
		} else {
			servers.FakeGCS = path
		}
	}
	for _, version := range rclones {
		folder := "rclone-" + version
		dir, _, err := programs.Build(ctx, cache, programs.Source{Name: folder, Folder: folder, Module: "github.com/rclone/rclone", Packages: []string{"."}})
		if err != nil {
			return nil, err
		}
		if env.rclones[version], err = filepath.Abs(filepath.Join(dir, folder)); err != nil {
			return nil, err
		}
	}
	var err error
	if servers.Node, servers.Azurite, err = azurite(ctx); err != nil {
		return nil, err
	}
	env.azure = servers.Node != ""
	if env.seldonctl, err = goBuild(ctx, root, "./cmd/seldonctl", "seldonctl"); err != nil {
		return nil, err
	}
	env.kfserving, err = goBuild(ctx, ".", "./kfserving", "kfserving")
	return servers, err
}

// goBuild builds a program that changes with the project.
func goBuild(ctx context.Context, folder, pkg, name string) (string, error) {
	path, err := filepath.Abs(filepath.Join(cache, name))
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, pkg)
	cmd.Dir, cmd.Env = folder, append(os.Environ(), "GOWORK=off", "CGO_ENABLED=0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", name, err, text)
	}
	return path, nil
}

// azurite returns node and Azurite's script, which is installed into the cache
// without its scripts being run; nothing where there is no node.
func azurite(ctx context.Context) (node, script string, err error) {
	if node, err = exec.LookPath("node"); err != nil {
		return "", "", nil
	}
	pins := []string{"package.json", "package-lock.json"}
	dir, err := programs.Cached(cache, "azurite", "azurite", pins, func(dir string) error {
		for _, name := range pins {
			text, err := os.ReadFile(filepath.Join("azurite", name))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name), text, 0o644)
			}
			if err != nil {
				return err
			}
		}
		cmd := exec.CommandContext(ctx, "npm", "ci", "--ignore-scripts", "--omit=dev", "--omit=optional", "--no-audit", "--no-fund")
		cmd.Dir = dir
		if text, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("install Azurite: %w\n%s", err, text)
		}
		return nil
	})
	return node, filepath.Join(dir, "node_modules", "azurite", "dist", "src", "blob", "main.js"), err
}

// rclones are the versions that the images of releases have, the newest last.
// 1.59 is 1.59.0 here: Go's checksum database does not know the image's 1.59.1.
var rclones = []string{"1.55", "1.56", "1.57", "1.59", newestRclone}

const newestRclone = "1.64"

// image returns what a storage initializer's image has in it, by its name in the
// manifests (docs/behaviour/credentials.md, 5.3).
func (env *environment) image(name string) (initializer.Image, error) {
	repository, tag, _ := strings.Cut(name, ":")
	if repository == "gcr.io/kfserving/storage-initializer" {
		return initializer.Image{Command: []string{env.kfserving}}, nil
	}
	if repository != "seldonio/rclone-storage-initializer" {
		return initializer.Image{}, fmt.Errorf("nothing stands for the image %s", name)
	}
	variables := map[string]string{"RCLONE_CONFIG_GS_TYPE": "google cloud storage", "RCLONE_CONFIG_GS_ANONYMOUS": "true"}
	i := slices.IndexFunc(releases, func(r seldonRelease) bool { return r.version == tag })
	if i < 0 {
		return initializer.Image{}, fmt.Errorf("nothing stands for the image %s", name)
	}
	version := releases[i].rclone
	command := []string{env.rclones[version], "copy"}
	if version < "1.59" {
		return initializer.Image{Command: append(command, "-vv"), Env: variables}, nil
	}
	variables["RCLONE_VERBOSE"] = "1"
	return initializer.Image{Command: command, Env: variables}, nil
}

// seldonRelease is a release of Seldon Core, with the rclone of its image.
type seldonRelease struct{ version, rclone string }

// releases are one for each version of rclone.
var releases = []seldonRelease{
	{"1.7.0", ""}, {"1.11.2", "1.55"}, {"1.13.1", "1.56"}, {"1.14.0", "1.57"}, {"1.17.1", "1.59"}, {"1.18.2", newestRclone},
}

// machine is what surrounds a container: one with an identity in the clouds, or
// without.
func (env *environment) machine(identity bool) initializer.Machine {
	return initializer.Machine{Env: env.clouds.Environment(identity), WebIdentityToken: env.clouds.WebIdentityToken, Tenant: env.clouds.Azure.Tenant}
}
