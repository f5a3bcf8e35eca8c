//go:build unix

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == measureArg {
		os.Exit(measureChild(os.Args[2:]))
	}
	if err := run(os.Args[1:], os.Stdout); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(1)
	}
}

// options are what the flags say.
type options struct {
	project   string
	manifests int
	seed      uint64
	runs      int
	budget    time.Duration
	peers     []string
	scale     []int
}

func parse(args []string) (*options, error) {
	o := &options{}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.project, "project", "..", "folder of the project's go.mod")
	flags.IntVar(&o.manifests, "n", 1000, "manifests that the programs are compared over")
	flags.Uint64Var(&o.seed, "seed", 1, "seed of the fleet")
	flags.IntVar(&o.runs, "runs", 10, "runs of each program")
	flags.DurationVar(&o.budget, "budget", time.Minute, "time after which a program is not run again")
	peers := flags.String("peers", "helm,kustomize", "programs to compare with")
	scale := flags.String("scale", "1,10,100,1000,10000,100000", "sizes of the fleets for the table of growth")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	o.peers = fields(*peers)
	for _, size := range fields(*scale) {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("-scale: %q is no number of manifests", size)
		}
		o.scale = append(o.scale, n)
	}
	project, err := filepath.Abs(o.project)
	o.project = project
	return o, err
}

func fields(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

func run(args []string, out io.Writer) (err error) {
	o, err := parse(args)
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "seldonctl-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	programs, err := buildPrograms(o)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d cores, %s, %s; load %s at the start\n\n", runtime.NumCPU(), memory(), runtime.Version(), load())
	if len(o.peers) > 0 {
		if err := compare(o, programs, filepath.Join(work, "compare"), out); err != nil {
			return err
		}
	}
	if len(o.scale) > 0 {
		if err := grow(o, programs.seldonctl, filepath.Join(work, "grow"), out); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "load %s at the end\n", load())
	return nil
}
