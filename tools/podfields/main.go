package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

const (
	core        = "k8s.io/api/core/v1"
	meta        = "k8s.io/apimachinery/pkg/apis/meta/v1"
	autoscaling = "k8s.io/api/autoscaling/v2"
	// autoscalingBeta is where the types of autoscaling/v2 were before 1.23.
	autoscalingBeta = "k8s.io/api/autoscaling/v2beta2"
)

// target is a version of the Kubernetes API that releases were built with.
type target struct {
	kubernetes  string
	version     string
	autoscaling string
}

var targets = []target{
	{"1.18", "v0.18.8", autoscalingBeta},
	{"1.21", "v0.21.3", autoscalingBeta},
	{"1.23", "v0.23.6", autoscaling},
	{"1.24", "v0.24.1", autoscaling},
	{"1.28", "v0.28.15", autoscaling},
}

// roots are the Kubernetes types that the types of package seldon mention, each
// with its counterpart in the old version.
func (t target) roots() [][2]typeName {
	same := func(pkg, name string) [2]typeName {
		return [2]typeName{{pkg, name}, {pkg, name}}
	}
	scaling := func(name string) [2]typeName {
		return [2]typeName{{autoscaling, name}, {t.autoscaling, name}}
	}
	return [][2]typeName{
		same(core, "PodSpec"),
		same(core, "Container"),
		same(core, "EnvVar"),
		same(core, "ResourceRequirements"),
		same(meta, "ObjectMeta"),
		same(meta, "LabelSelector"),
		scaling("MetricSpec"),
		scaling("ResourceMetricSource"),
		scaling("HorizontalPodAutoscalerBehavior"),
	}
}

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "podfields:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	flags := flag.NewFlagSet("podfields", flag.ContinueOnError)
	project := flags.String("project", "..", "folder of the project's go.mod")
	check := flags.Bool("check", false, "fail when release/podfields.go is stale instead of writing it")
	report := flags.Bool("report", false, "list what a mask cannot make up for, write nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	compared, err := compareAll(*project)
	if err != nil {
		return err
	}
	if *report {
		return writeReport(out, compared)
	}
	code, err := generate(compared)
	if err != nil {
		return err
	}
	file := filepath.Join(*project, "release", "podfields.go")
	if !*check {
		return os.WriteFile(file, code, 0o644)
	}
	have, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, code) {
		return fmt.Errorf("%s is stale: run go generate ./release", file)
	}
	return nil
}

// compareAll compares the version the project requires with each target.
func compareAll(project string) ([]*comparison, error) {
	version, err := requiredVersion(project)
	if err != nil {
		return nil, err
	}
	dirs, err := downloadModules(project, version)
	if err != nil {
		return nil, err
	}
	ours := newAPI(version, dirs)
	var out []*comparison
	for _, t := range targets {
		dirs, err := downloadModules(project, t.version)
		if err != nil {
			return nil, err
		}
		c, err := compare(ours, newAPI(t.version, dirs), t.roots())
		if err != nil {
			return nil, err
		}
		for _, conflict := range c.conflicts() {
			err = errors.Join(err, errors.New(conflict))
		}
		if err != nil {
			return nil, fmt.Errorf("a mask by type cannot tell these places apart in %s: %w", t.version, err)
		}
		out = append(out, c)
	}
	return out, nil
}
