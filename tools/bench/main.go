//go:build unix

// Command bench compares whole processes: seldonctl render over a fleet of
// manifests, and helm and kustomize that only print the finished objects. Then it
// renders fleets of several sizes. It prints tables in Markdown.
//
//	go -C tools run ./bench                  # both tables, about ten minutes
//	go -C tools run ./bench -scale "" -n 100 # a smaller comparison only
//
// The fleet is testdata/fleet, repeated with other names. The other programs are
// built from their modules into bin/bench on first use.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
)

// peers are the newest versions that build with the Go version of go.mod.
var peers = []struct{ name, pkg, version string }{
	{"helm template", "helm.sh/helm/v4/cmd/helm", "v4.3.1"},
	{"kustomize build", "sigs.k8s.io/kustomize/kustomize/v5", "v5.8.2"},
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == measureArg {
		os.Exit(measureChild(os.Args[2:]))
	}
	manifests := flag.Int("n", 1000, "manifests that the programs are compared over")
	runs := flag.Int("runs", 10, "runs of each program")
	scale := flag.String("scale", "1,10,100,1000,10000,100000", "sizes of the fleets for the table of growth")
	flag.Parse()
	if err := run(*manifests, *runs, strings.FieldsFunc(*scale, func(r rune) bool { return r == ',' })); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(manifests, runs int, scale []string) error {
	work, err := os.MkdirTemp("", "seldonctl-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	project, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	if err := build(project, nil, "make", "build"); err != nil {
		return err
	}
	seldonctl := filepath.Join(project, "bin", "seldonctl")
	fmt.Printf("%d cores, %s; load %s at the start\n", runtime.NumCPU(), runtime.Version(), load())
	if manifests > 0 {
		if err := compare(project, work, seldonctl, manifests, runs); err != nil {
			return err
		}
	}
	fmt.Print("\n| manifests | best | CPU | CPU per manifest | peak memory |\n|--:|--:|--:|--:|--:|\n")
	for _, size := range scale {
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		folder := filepath.Join(work, size)
		if err := writeFleet(project, folder, n); err != nil {
			return err
		}
		u, err := measure(min(runs, 1+1_000_000/n), [][]string{{seldonctl, "render", "-q", "-f", folder}})
		if err != nil {
			return err
		}
		fmt.Printf("| %d | %.1f ms | %.1f ms | %.0f µs | %d MiB |\n", n, ms(u[0].best()), ms(u[0].cpu()), 1000*ms(u[0].cpu())/float64(n), u[0].peak()>>20)
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	fmt.Printf("\nload %s at the end\n", load())
	return nil
}

// compare prints the table of the programs.
func compare(project, work, seldonctl string, manifests, runs int) error {
	fleet, objects, chart := filepath.Join(work, "fleet"), filepath.Join(work, "objects"), filepath.Join(work, "chart")
	if err := writeFleet(project, fleet, manifests); err != nil {
		return err
	}
	render := []string{seldonctl, "render", "-q", "-f", fleet}
	rendered, err := exec.Command(render[0], render[1:]...).Output()
	if err != nil {
		return err
	}
	if err := writeObjects(objects, filepath.Join(chart, "templates"), chart, bytes.Split(rendered, []byte("\n---\n"))); err != nil {
		return err
	}
	names, commands := []string{"seldonctl render"}, [][]string{render}
	for i, args := range [][]string{{"template", "bench", chart}, {"build", objects}} {
		p := peers[i]
		bin := filepath.Join(project, "bin", "bench", p.version)
		program := filepath.Join(bin, strings.Fields(p.name)[0])
		if _, err := os.Stat(program); err != nil {
			if err := build(work, []string{"CGO_ENABLED=0", "GOBIN=" + bin}, "go", "install", p.pkg+"@"+p.version); err != nil {
				return err
			}
		}
		out, err := exec.Command(program, args...).Output()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if got, want := kinds(out), kinds(rendered); got != want {
			return fmt.Errorf("%s prints %d objects, not %d", p.name, got, want)
		}
		names, commands = append(names, p.name+" "+p.version), append(commands, append([]string{program}, args...))
	}
	all, err := measure(runs, commands)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d manifests, %d objects, %.1f MB out:\n\n", manifests, kinds(rendered), float64(len(rendered))/1e6)
	fmt.Print("| program | best | median | CPU | of seldonctl's median | peak memory |\n|---|--:|--:|--:|--:|--:|\n")
	for i, u := range all {
		fmt.Printf("| %s | %.1f ms | %.1f ms | %.1f ms | %.1f x | %d MiB |\n", names[i],
			ms(u.best()), ms(u.median()), ms(u.cpu()), ms(u.median())/ms(all[0].median()), u.peak()>>20)
	}
	return nil
}

var nameLine = regexp.MustCompile(`(?m)^metadata:\n  name: (\S+)$`)

// writeFleet writes n manifests, a file each.
func writeFleet(project, folder string, n int) error {
	text, err := os.ReadFile(filepath.Join(project, "testdata", "fleet", "manifests.yaml"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	manifests := bytes.Split(text, []byte("---\n"))
	for i := range n {
		manifest := manifests[i%len(manifests)]
		if round := i / len(manifests); round > 0 {
			name := nameLine.FindSubmatch(manifest)[1]
			manifest = bytes.ReplaceAll(manifest, name, fmt.Appendf(nil, "%s-%d", name, round))
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("model-%06d.yaml", i)), manifest, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeObjects writes a kustomization and a chart with a file for each object.
func writeObjects(kustomization, templates, chart string, objects [][]byte) error {
	for _, dir := range []string{kustomization, templates} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	resources := "resources:\n"
	for i, object := range objects {
		if bytes.Contains(object, []byte("{{")) {
			return fmt.Errorf("helm would take a part of object %d for a template", i)
		}
		name := fmt.Sprintf("object-%06d.yaml", i)
		resources += "- " + name + "\n"
		for _, dir := range []string{kustomization, templates} {
			if err := os.WriteFile(filepath.Join(dir, name), append(object, '\n'), 0o644); err != nil {
				return err
			}
		}
	}
	if err := os.WriteFile(filepath.Join(kustomization, "kustomization.yaml"), []byte(resources), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(chart, "Chart.yaml"), []byte("apiVersion: v2\nname: bench\nversion: 1.0.0\n"), 0o644)
}

// kinds counts the objects of a stream.
func kinds(stream []byte) int { return bytes.Count(stream, []byte("\nkind: ")) }

func build(dir string, env []string, command ...string) error {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	return cmd.Run()
}

// load returns the load of the machine in the last minute, where the system
// tells: times mean little unless it is near 0.
func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	minute, _, _ := strings.Cut(string(text), " ")
	return minute
}
