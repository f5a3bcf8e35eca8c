package platform

import (
	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/render"
)

// Explain returns an explainer for what comes of the rules, which rendered as a
// release. Without a platform it is the one that was given.
func (p *Platform) Explain(e *explain.Explainer, release string) *explain.Explainer {
	if p == nil {
		return e
	}
	by := func(p *Platform) explain.Finish {
		return func(in render.Input, objects []manifest.Object) ([]manifest.Object, bool) {
			objects, findings := p.Apply(Input{Deployment: in.Deployment, Locator: in.Locator, Release: release, Objects: objects})
			return objects, !findings.HasErrors()
		}
	}
	var parts []explain.Part
	for i, r := range p.rules {
		without := &Platform{rules: append(p.rules[:i:i], p.rules[i+1:]...)}
		parts = append(parts, explain.Part{
			Source:  explain.Source{Kind: explain.Platform, Key: r.title(), Pos: r.locator.Locate(r.path)},
			Without: by(without),
		})
	}
	return e.Finished(by(p), parts)
}
