package render

import "github.com/seldonctl/seldonctl/seldon"

// wrapper is how servers run that are built on Seldon's own wrapper:
// scikit-learn, XGBoost, MLflow and those named in the values
// (docs/behaviour/core.md, 8.3).
type wrapper struct{}

var _ modelServer = wrapper{}

func (wrapper) handles(string, string) bool { return true }

func (wrapper) complete(p *plan, u *unitPlan) {
	u.makeContainer()
	if u.container.Image == "" {
		u.container.Image = p.serverImage(u.setting, p.sd.Spec.Protocol)
	}
	params := withParameters(u.Unit, seldon.Parameter{Name: "model_uri", Value: modelPath, Type: "STRING"})
	u.container.Env = setEnv(u.container.Env, parametersVariable, p.r.toJSON(jsonParameters(params)))
}

// withParameters returns the unit's parameters and more.
func withParameters(u *seldon.Unit, more ...seldon.Parameter) []seldon.Parameter {
	params := make([]seldon.Parameter, 0, len(u.Parameters)+len(more))
	return append(append(params, u.Parameters...), more...)
}
