//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/seldonctl/seldonctl/tools/fleet"
)

// grow renders fleets of several sizes and prints a table.
func grow(o *options, seldonctl, dir string, out io.Writer) error {
	fmt.Fprintln(out, "| manifests | in | best | CPU | time per manifest | peak memory |")
	fmt.Fprintln(out, "|--:|--:|--:|--:|--:|--:|")
	for _, n := range o.scale {
		folder := filepath.Join(dir, fmt.Sprint(n))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := fleet.Write(folder, o.seed, n); err != nil {
			return err
		}
		in, err := size(folder)
		if err != nil {
			return err
		}
		var runs usages
		for len(runs) < o.runs && runs.spent() < o.budget/2 {
			u, err := measure(command{seldonctl, "render", "-q", "-f", folder})
			if err != nil {
				return err
			}
			runs = append(runs, u)
		}
		fmt.Fprintf(out, "| %d | %s | %s | %s | %s | %s |\n", n, megabytes(in), seconds(runs.best()), seconds(runs.cpu()),
			fmt.Sprintf("%.0f µs", float64(runs.best())/float64(n)/float64(time.Microsecond)), mebibytes(runs.peak()))
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	fmt.Fprintln(out)
	return nil
}
