package render

import (
	"encoding/json"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// admit is what happens to a SeldonDeployment before the operator sees it: the
// schema fills in what it has defaults for, and the operator's webhooks complete
// and validate it (docs/behaviour/core.md, 0 and 4; docs/behaviour/releases.md, 3).
func (p *plan) admit() {
	if !p.sd.Defaulted {
		fillSchemaDefaults(p.sd)
	}
	if p.release.Defaulting.Webhook == release.DefaultBeforeValidation && p.componentsGiven() {
		p.applyDefaults()
		p.store()
	}
	p.inspect().validate()
}

// componentsGiven reports whether no component spec is null, which the operator
// crashes on.
func (p *plan) componentsGiven() bool {
	for i := range p.sd.Spec.Predictors {
		for _, cs := range p.sd.Spec.Predictors[i].ComponentSpecs {
			if cs == nil {
				return false
			}
		}
	}
	return true
}

// store replaces the object by what is read back after it was stored as JSON:
// lists and maps that are left out when empty are gone.
func (p *plan) store() {
	text, err := json.Marshal(p.sd)
	if err != nil {
		p.tell(finding.CannotEncode, specPath, "", "the SeldonDeployment cannot be written as JSON: %v", err)
		return
	}
	stored := &seldon.Deployment{}
	if err := json.Unmarshal(text, stored); err != nil {
		p.tell(finding.CannotEncode, specPath, "", "the SeldonDeployment cannot be read back from JSON: %v", err)
		return
	}
	fillSchemaDefaults(stored)
	p.sd = stored
}
