// Notices prints the licences of what is linked into the program: every module's
// licence and notice files, those of forked code below them, and the licence of
// Go. BSD, MIT and Apache ask for these texts beside a binary.
//
//	go -C tools run ./notices linux/amd64 windows/amd64 > THIRD_PARTY_NOTICES
//
// A module without a licence file is an error.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licenceFile matches the names under which modules keep licences and notices.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

func main() {
	text, err := notices("..", os.Args[1:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "notices: %v\n", err)
		os.Exit(1)
	}
	os.Stdout.Write(text)
}

// module is a module of which packages are linked into the program.
type module struct {
	path, version, dir string
	// folders are those of the packages in use.
	folders []string
}

// notices returns the texts for the program of the repository at root, as built
// for the platforms, which are given as os/arch.
func notices(root string, platforms []string) ([]byte, error) {
	if len(platforms) == 0 {
		return nil, errors.New("expected platforms as os/arch")
	}
	modules := map[string]*module{}
	for _, platform := range platforms {
		if err := collect(root, platform, modules); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	out.WriteString("seldonctl contains the following software.\n")
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	goModule := &module{path: "Go", dir: strings.TrimSpace(string(goroot))}
	goModule.folders = []string{goModule.dir}
	all := []*module{goModule}
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		all = append(all, modules[path])
	}
	for _, m := range all {
		if err := m.write(&out); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// collect adds the modules that the program links on a platform.
func collect(root, platform string, modules map[string]*module) error {
	goos, goarch, ok := strings.Cut(platform, "/")
	if !ok {
		return fmt.Errorf("invalid platform %q: expected os/arch", platform)
	}
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Module", "./cmd/seldonctl")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("go list for %s: %w", platform, err)
	}
	for d := json.NewDecoder(bytes.NewReader(text)); ; {
		var p struct {
			Dir    string
			Module *struct {
				Path, Version, Dir string
				Main               bool
			}
		}
		if err := d.Decode(&p); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if p.Module == nil || p.Module.Main {
			continue
		}
		m := modules[p.Module.Path]
		if m == nil {
			m = &module{path: p.Module.Path, version: p.Module.Version, dir: p.Module.Dir}
			modules[m.path] = m
		}
		m.folders = append(m.folders, p.Dir)
	}
}

// write appends the module's texts: those of its root, and those between the root
// and a package in use, where forked code keeps its own.
func (m *module) write(out *bytes.Buffer) error {
	var files []string
	for _, folder := range append([]string{m.dir}, m.folders...) {
		for ; len(folder) >= len(m.dir); folder = filepath.Dir(folder) {
			entries, err := os.ReadDir(folder)
			if err != nil {
				return err
			}
			for _, e := range entries {
				if !e.IsDir() && licenceFile.MatchString(e.Name()) {
					files = append(files, filepath.Join(folder, e.Name()))
				}
			}
		}
	}
	slices.Sort(files)
	files = slices.Compact(files)
	if len(files) == 0 {
		return fmt.Errorf("%s %s has no licence file", m.path, m.version)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(m.dir, name)
		if err != nil {
			return err
		}
		title := strings.TrimSpace(m.path + " " + m.version)
		fmt.Fprintf(out, "\n%s\n%s: %s\n\n%s\n", strings.Repeat("-", 80), title, filepath.ToSlash(relative), bytes.TrimSpace(text))
	}
	return nil
}
