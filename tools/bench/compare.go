//go:build unix

package main

import (
	"fmt"
	"io"
	"time"
)

// contestant is a program with the command that is measured.
type contestant struct {
	name    string
	command command
	runs    usages
}

// compare runs the programs in turns, so that what else the machine does hits all
// alike, and prints a table.
func compare(o *options, p *programs, dir string, out io.Writer) error {
	prepared, err := prepare(o, p.seldonctl, dir)
	if err != nil {
		return err
	}
	all := []*contestant{{name: "seldonctl render", command: command{p.seldonctl, "render", "-q", "-f", prepared.fleet}}}
	for _, peer := range p.peers {
		c := &contestant{}
		switch peer.name {
		case "helm":
			c.name, c.command = "helm template, "+peer.version, command{peer.path, "template", "bench", prepared.chart}
		case "kustomize":
			c.name, c.command = "kustomize build, "+peer.version, command{peer.path, "build", prepared.kustomization}
		}
		if err := sameObjects(prepared.objects, c.command); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		all = append(all, c)
	}
	for range o.runs {
		for _, c := range all {
			if c.runs.spent() > o.budget {
				continue
			}
			u, err := measure(c.command)
			if err != nil {
				return err
			}
			c.runs = append(c.runs, u)
		}
	}
	fmt.Fprintf(out, "%d manifests, %s in, %d objects, %s out:\n\n", o.manifests, megabytes(prepared.in), len(prepared.objects), megabytes(prepared.out))
	fmt.Fprintln(out, "| program | best | median | runs | CPU | of seldonctl's best time | peak memory |")
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|--:|--:|")
	for _, c := range all {
		ratio := float64(c.runs.best()) / float64(all[0].runs.best())
		fmt.Fprintf(out, "| %s | %s | %s | %d | %s | %.1f x | %s |\n", c.name,
			seconds(c.runs.best()), seconds(c.runs.median()), len(c.runs), seconds(c.runs.cpu()), ratio, mebibytes(c.runs.peak()))
	}
	fmt.Fprintln(out)
	return nil
}

func seconds(d time.Duration) string {
	switch {
	case d < 100*time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	case d < 10*time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

func mebibytes(n int64) string { return fmt.Sprintf("%.0f MiB", float64(n)/(1<<20)) }
