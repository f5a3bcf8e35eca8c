//go:build unix

package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/seldonctl/seldonctl/tools/fleet"
)

// prepared is what the programs are given.
type prepared struct {
	// fleet is the folder of the manifests, kustomization and chart those of the
	// finished objects, a file each.
	fleet, kustomization, chart string
	// objects are the finished objects, in and out the bytes of all files.
	objects map[string]int
	in, out int64
}

func prepare(o *options, seldonctl, dir string) (*prepared, error) {
	p := &prepared{
		fleet:         filepath.Join(dir, "fleet"),
		kustomization: filepath.Join(dir, "kustomization"),
		chart:         filepath.Join(dir, "chart"),
	}
	templates := filepath.Join(p.chart, "templates")
	for _, d := range []string{p.fleet, p.kustomization, templates} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return nil, err
		}
	}
	if err := fleet.Write(p.fleet, o.seed, o.manifests); err != nil {
		return nil, err
	}
	rendered, err := output(command{seldonctl, "render", "-q", "-f", p.fleet})
	if err != nil {
		return nil, err
	}
	p.out = int64(len(rendered))
	p.objects = identities(rendered)
	if p.in, err = size(p.fleet); err != nil {
		return nil, err
	}
	resources := "resources:\n"
	for i, object := range bytes.Split(rendered, []byte("\n---\n")) {
		name := fmt.Sprintf("object-%06d.yaml", i)
		resources += "- " + name + "\n"
		if bytes.Contains(object, []byte("{{")) {
			return nil, fmt.Errorf("helm would take a part of object %d for a template", i)
		}
		for _, d := range []string{p.kustomization, templates} {
			if err := os.WriteFile(filepath.Join(d, name), append(object, '\n'), 0o644); err != nil {
				return nil, err
			}
		}
	}
	if err := os.WriteFile(filepath.Join(p.kustomization, "kustomization.yaml"), []byte(resources), 0o644); err != nil {
		return nil, err
	}
	chart := "apiVersion: v2\nname: bench\nversion: 1.0.0\n"
	return p, os.WriteFile(filepath.Join(p.chart, "Chart.yaml"), []byte(chart), 0o644)
}

// output runs a program and returns what it prints.
func output(c command) ([]byte, error) {
	cmd := exec.Command(c[0], c[1:]...)
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, last(messages.Bytes(), 2000))
	}
	return out.Bytes(), nil
}

// sameObjects fails unless a program prints the objects.
func sameObjects(want map[string]int, c command) error {
	out, err := output(c)
	if err != nil {
		return err
	}
	got := identities(out)
	for id, n := range want {
		if got[id] != n {
			return fmt.Errorf("it prints %s %d times, not %d times", id, got[id], n)
		}
	}
	if len(got) != len(want) {
		return fmt.Errorf("it prints %d objects, not %d", len(got), len(want))
	}
	return nil
}

// identities counts the documents of a stream by kind, namespace and name.
func identities(stream []byte) map[string]int {
	ids := map[string]int{}
	var kind, namespace, name, section string
	end := func() {
		if kind != "" {
			ids[kind+" "+namespace+"/"+name]++
		}
		kind, namespace, name, section = "", "", "", ""
	}
	for line := range strings.Lines(string(stream)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "---":
			end()
		case line != "" && line[0] != ' ' && line[0] != '-':
			section, _, _ = strings.Cut(line, ":")
			if value, ok := strings.CutPrefix(line, "kind: "); ok {
				kind = value
			}
		case section == "metadata":
			if value, ok := strings.CutPrefix(line, "  namespace: "); ok {
				namespace = value
			}
			if value, ok := strings.CutPrefix(line, "  name: "); ok {
				name = value
			}
		}
	}
	end()
	return ids
}

// size returns the bytes of all files in a folder.
func size(dir string) (total int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
