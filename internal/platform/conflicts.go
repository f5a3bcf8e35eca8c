package platform

import (
	"cmp"
	"slices"
	"sync"

	"github.com/seldonctl/seldonctl/finding"
)

// conflict is two rules that enforce different values of a field, and that both
// matched something.
type conflict struct {
	first, second *compiledRule
	role          role
	path          string
}

// conflicts are those of a run.
type conflicts struct {
	mu    sync.Mutex
	pairs map[[2]*compiledRule]*conflict
}

// look compares rules that enforce something on the same target.
func (c *conflicts) look(role role, rules []*compiledRule) {
	if len(rules) < 2 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, a := range rules {
		for _, b := range rules[i+1:] {
			key := [2]*compiledRule{a, b}
			if _, seen := c.pairs[key]; seen {
				continue
			}
			if path, differ := a.enforce[role].differs(b.enforce[role]); differ {
				if c.pairs == nil {
					c.pairs = map[[2]*compiledRule]*conflict{}
				}
				c.pairs[key] = &conflict{a, b, role, path}
			}
		}
	}
}

// Incomplete says that a SeldonDeployment was not rendered, so that rules that
// matched nothing may be meant for it.
func (p *Platform) Incomplete() {
	if p != nil {
		p.incomplete.Store(true)
	}
}

// Findings are about the rules, at the end of a run: those that disagree and
// those that matched nothing.
func (p *Platform) Findings() finding.List {
	if p == nil {
		return nil
	}
	var findings finding.List
	for _, c := range p.conflicts.pairs {
		at := c.second.path.Child("enforce", roleTypes()[c.role].name)
		findings = append(findings, c.second.report(finding.PlatformConflict, at,
			"%s of %s is enforced with another value by %s, at %s", c.path[1:], roleTypes()[c.role].name, c.first.title(), c.first.locator.Locate(c.first.path)).
			WithHint("let one of them match less, or move one to defaults"))
	}
	slices.SortFunc(findings, func(a, b finding.Finding) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Message, b.Message))
	})
	for _, r := range p.rules {
		if !r.matched.Load() && !p.incomplete.Load() {
			findings = append(findings, r.report(finding.PlatformUnused, r.path, "%s matched nothing", r.title()).
				WithHint("correct match, or remove the rule"))
		}
	}
	return findings
}
