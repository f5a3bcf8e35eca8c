package krm

import (
	"strings"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/render"
)

// OriginsAnnotation tells on an object, never on its pods, where its fields come
// from: a line for each that a field of the SeldonDeployment or a value that is set
// decides.
const OriginsAnnotation = "seldonctl.io/origins"

// annotateOrigins puts OriginsAnnotation on the objects of an outcome.
func annotateOrigins(explainer *explain.Explainer, o *run.Outcome) error {
	if o.Deployment == nil || o.Findings.HasErrors() {
		return nil
	}
	explained, _, err := explainer.Explain(render.Input{Deployment: o.Deployment, Locator: o.Locator})
	if err != nil {
		return err
	}
	for i, object := range o.Objects {
		if i < len(explained) {
			object.EditAnnotations(func(annotations map[string]string) { annotations[OriginsAnnotation] = origins(explained[i]) })
		}
	}
	return nil
}

// origins returns a line for each leaf of an object with what decides it. What a
// text holds is left out.
func origins(r explain.Rendered) string {
	var out strings.Builder
	opened := ""
	for _, l := range r.Leaves {
		if opened != "" && strings.HasPrefix(l.Path, opened) {
			continue
		}
		opened = ""
		if l.Opened {
			opened = l.Path
		}
		for _, s := range l.Sources {
			if s.Kind == explain.Field || s.Kind == explain.Value && !s.Pos.IsZero() {
				out.WriteString(l.Named + ": " + string(s.Kind) + " " + s.Key + "\n")
				break
			}
		}
	}
	return out.String()
}
