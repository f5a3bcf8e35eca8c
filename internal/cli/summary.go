package cli

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/internal/run"
)

// maxSummaries is how many SeldonDeployments a summary names; of more it gives
// the sum.
const maxSummaries = 10

// summary counts what SeldonDeployments were rendered to.
type summary struct {
	deployments int
	lines       []string
	// kinds has the number of objects of each kind.
	kinds map[string]int
}

// count adds a document that was rendered.
func (s *summary) count(o *run.Outcome) {
	if !o.Rendered() {
		return
	}
	s.deployments++
	own := make(map[string]int)
	for i := range o.Objects {
		own[o.Objects[i].Kind]++
	}
	if s.kinds == nil {
		s.kinds = make(map[string]int)
	}
	for kind, n := range own {
		s.kinds[kind] += n
	}
	if s.deployments <= maxSummaries {
		s.lines = append(s.lines, o.Document.Name+": "+kindCounts(own))
	}
}

// text returns a line for each SeldonDeployment, or one for all of many.
func (s *summary) text() []string {
	if s.deployments > maxSummaries {
		return []string{counted(s.deployments, "SeldonDeployment") + ": " + kindCounts(s.kinds)}
	}
	return s.lines
}

func kindCounts(kinds map[string]int) string {
	var counts []string
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		counts = append(counts, counted(kinds[kind], kind))
	}
	return strings.Join(counts, ", ")
}

// counted is a number with a noun, in the plural where it has to be.
func counted(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "s"):
		noun += "e"
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// saySummary ends a run that went well: for those who look at a terminal, or ask
// what goes on.
func (r *report) saySummary(s *summary) {
	if r.quiet || !r.verbose && !(isTerminal(r.streams.Out) && isTerminal(r.streams.Err)) {
		return
	}
	for _, line := range s.text() {
		fmt.Fprintln(r.streams.Err, line)
	}
}
