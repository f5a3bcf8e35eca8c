package render_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// summaryFile is a file because go test shows no output of tests that pass.
var summaryFile = flag.String("summary", "", "write a line for each release and variant of the recordings to this file")

// tally counts passed cases by release, variant and set, in the order in which
// they were met.
type tally struct {
	lines []*tallyLine
	// note is written after the lines.
	note string
}

type tallyLine struct {
	release, variant string
	sets             []*tallySet
}

type tallySet struct {
	name          string
	passed, total int
}

func (y *tally) add(release, variant, set string, passed bool) {
	s := y.line(release, variant).set(set)
	s.total++
	if passed {
		s.passed++
	}
}

func (y *tally) line(release, variant string) *tallyLine {
	for _, l := range y.lines {
		if l.release == release && l.variant == variant {
			return l
		}
	}
	l := &tallyLine{release: release, variant: variant}
	y.lines = append(y.lines, l)
	return l
}

func (l *tallyLine) set(name string) *tallySet {
	for _, s := range l.sets {
		if s.name == name {
			return s
		}
	}
	s := &tallySet{name: name}
	l.sets = append(l.sets, s)
	return s
}

// String returns lines such as "1.7.0/default authored 92/92 upstream 247/247",
// those of a release together.
func (y *tally) String() string {
	lines := slices.Clone(y.lines)
	slices.SortStableFunc(lines, func(a, b *tallyLine) int { return cmp.Compare(y.rank(a), y.rank(b)) })
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s/%s", l.release, l.variant)
		for _, s := range l.sets {
			fmt.Fprintf(&b, " %s %d/%d", s.name, s.passed, s.total)
		}
		b.WriteByte('\n')
	}
	if y.note != "" {
		fmt.Fprintf(&b, "skipped: %s\n", y.note)
	}
	return b.String()
}

// rank is the place of a line's release: the order in which they were met.
func (y *tally) rank(l *tallyLine) int {
	return slices.IndexFunc(y.lines, func(o *tallyLine) bool { return o.release == l.release })
}

func (y *tally) writeFile(t *testing.T, name string) {
	if name == "" {
		return
	}
	if err := os.WriteFile(name, []byte(y.String()), 0o644); err != nil {
		t.Error(err)
	}
}
