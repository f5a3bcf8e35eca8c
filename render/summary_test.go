package render_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// summaryFile is a file because go test shows no output of tests that pass.
var summaryFile = flag.String("summary", "", "write a table with a line for each release to this file")

// tally counts cases, and those that passed, by release and set.
type tally struct {
	releases []string
	sets     []string
	counts   map[[2]string]count
	variants map[[2]string]bool
	// note is written after the table.
	note string
}

type count struct{ passed, total int }

func (c count) String() string { return fmt.Sprintf("%d of %d", c.passed, c.total) }

func (y *tally) add(release, variant, set string, passed bool) {
	if y.counts == nil {
		y.counts, y.variants = map[[2]string]count{}, map[[2]string]bool{}
	}
	if !slices.Contains(y.releases, release) {
		y.releases = append(y.releases, release)
	}
	if !slices.Contains(y.sets, set) {
		y.sets = append(y.sets, set)
	}
	c := y.counts[[2]string{release, set}]
	c.total++
	if passed {
		c.passed++
	}
	y.counts[[2]string{release, set}] = c
	y.variants[[2]string{release, variant}] = true
}

// String returns a table in Markdown: for each release its variants, and for each
// set how many cases are equal to the operator's.
func (y *tally) String() string {
	var b strings.Builder
	if len(y.releases) > 0 {
		fmt.Fprintf(&b, "| Release | Variants | All | %s |\n|---|---|---|%s\n", strings.Join(y.sets, " | "), strings.Repeat("---|", len(y.sets)))
	}
	for _, release := range y.releases {
		var all count
		var cells []string
		for _, set := range y.sets {
			c := y.counts[[2]string{release, set}]
			all.passed, all.total = all.passed+c.passed, all.total+c.total
			cells = append(cells, c.String())
		}
		variants := 0
		for key := range y.variants {
			if key[0] == release {
				variants++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", release, variants, all, strings.Join(cells, " | "))
	}
	if y.note != "" {
		fmt.Fprintf(&b, "skipped: %s\n", y.note)
	}
	return b.String()
}

func (y *tally) writeFile(t *testing.T, name string) {
	if name == "" {
		return
	}
	if err := os.WriteFile(name, []byte(y.String()), 0o644); err != nil {
		t.Error(err)
	}
}
