package product

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/yaml"
)

// Program is a built seldonctl.
type Program struct{ path string }

// Finding is what seldonctl says of an input, as far as runs look at it.
type Finding struct {
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Message  string `json:"message"`
}

// Rendering is what seldonctl makes of a case.
type Rendering struct {
	// Objects are those of the manifests, with what was passed through; none
	// when the case is at fault.
	Objects []unstructured.Unstructured
	// Said is the standard error.
	Said string
}

// At returns the program at a path.
func At(path string) (*Program, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return &Program{path}, nil
}

// Build builds seldonctl from the project at root into a folder.
func Build(ctx context.Context, root, dir string) (*Program, error) {
	path, err := filepath.Abs(filepath.Join(dir, "seldonctl"))
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", path, "./cmd/seldonctl")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off")
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build seldonctl: %w\n%s", err, text)
	}
	return &Program{path}, nil
}

// Render renders a case with more flags.
func (p *Program) Render(ctx context.Context, c Case, flags ...string) (Rendering, error) {
	stdout, stderr, code, err := p.run(ctx, append(append([]string{"render"}, c.flags()...), flags...))
	switch {
	case err != nil:
		return Rendering{}, err
	case code > 1:
		return Rendering{}, fmt.Errorf("%s: seldonctl render: exit code %d: %s", c, code, stderr)
	case code == 1 && len(bytes.TrimSpace(stdout)) > 0:
		return Rendering{}, fmt.Errorf("%s: seldonctl render fails and writes manifests nevertheless", c)
	}
	objects, err := decode(stdout)
	if err != nil {
		return Rendering{}, fmt.Errorf("%s: %w", c, err)
	}
	return Rendering{Objects: objects, Said: string(stderr)}, nil
}

// Findings returns what seldonctl says of a case with more flags.
func (p *Program) Findings(ctx context.Context, c Case, flags ...string) ([]Finding, error) {
	stdout, stderr, code, err := p.run(ctx, append(append([]string{"validate", "-o", "json"}, c.flags()...), flags...))
	if err != nil {
		return nil, err
	}
	var report struct{ Findings []Finding }
	if err := json.Unmarshal(stdout, &report); err != nil {
		return nil, fmt.Errorf("%s: seldonctl validate: exit code %d: %s: %w", c, code, stderr, err)
	}
	return report.Findings, nil
}

// Diff returns what seldonctl diff prints about moving a case's input from one
// release to another.
func (p *Program) Diff(ctx context.Context, c Case, from, to string, flags ...string) (string, error) {
	args := append([]string{"diff", "--from", from, "--to", to, "-f", c.Input, "--validate=warn"}, flags...)
	stdout, stderr, code, err := p.run(ctx, args)
	if err != nil {
		return "", err
	}
	if code > 1 {
		return "", fmt.Errorf("%s: seldonctl diff: exit code %d: %s", c, code, stderr)
	}
	return string(stdout), nil
}

// Verdict is what seldonctl diff says of an object of a cluster.
type Verdict struct {
	Kind, Namespace, Name string
	// Verdict is in the words of the program, such as "pods restart".
	Verdict string
	// Paths are the fields that differ, Reasons why it must be replaced.
	Paths, Reasons []string
}

// Verdicts returns what seldonctl diff says of the objects of a cluster, which are
// in a file, against what a case renders to with more flags.
func (p *Program) Verdicts(ctx context.Context, c Case, objects string, flags ...string) ([]Verdict, error) {
	args := append([]string{"diff", "--from-objects", objects, "--only-rendered", "-o", "json", "--stat"}, c.flags()...)
	stdout, stderr, code, err := p.run(ctx, append(args, flags...))
	if err != nil {
		return nil, err
	}
	var report struct{ Objects []Verdict }
	if err := json.Unmarshal(stdout, &report); err != nil || code > 1 {
		return nil, fmt.Errorf("%s: seldonctl diff --from-objects: exit code %d: %s", c, code, stderr)
	}
	return report.Objects, nil
}

func (p *Program) run(ctx context.Context, args []string) (stdout, stderr []byte, code int, err error) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, p.path, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || ctx.Err() != nil) {
		return nil, nil, 0, fmt.Errorf("seldonctl %s: %w", args[0], err)
	}
	return out.Bytes(), said.Bytes(), cmd.ProcessState.ExitCode(), nil
}

// decode reads manifests as kubectl does.
func decode(text []byte) ([]unstructured.Unstructured, error) {
	var objects []unstructured.Unstructured
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	for {
		var tree map[string]any
		if err := decoder.Decode(&tree); err != nil {
			if errors.Is(err, io.EOF) {
				return objects, nil
			}
			return nil, err
		}
		if len(tree) > 0 {
			objects = append(objects, unstructured.Unstructured{Object: tree})
		}
	}
}
