package render

import (
	"encoding/json"

	"github.com/seldonctl/seldonctl/seldon"
)

// AroundLints returns the completed SeldonDeployment and its objects as JSON,
// before and after lints look at them; nothing where there is an error.
func (r *Renderer) AroundLints(in Input) (before, after string) {
	p := r.plan(in)
	p.complete()
	if p.findings.HasErrors() {
		return "", ""
	}
	p.build()
	before = p.text()
	p.inspect().lintOutput()
	return before, p.text()
}

// ClearUnknown empties the fields that the release does not know.
func (r *Renderer) ClearUnknown(sd *seldon.Deployment) { r.fields().clear(sd) }

func (p *plan) text() string {
	objects := p.objects()
	values := make([]any, len(objects))
	for i := range objects {
		values[i] = objects[i].Value
	}
	text, err := json.Marshal([]any{p.sd, p.source, values})
	if err != nil {
		panic(err)
	}
	return string(text)
}
