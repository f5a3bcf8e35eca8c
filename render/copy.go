package render

import (
	"maps"
	"slices"

	"github.com/seldonctl/seldonctl/seldon"
)

// copyOf returns a copy of which everything that rendering changes is its own.
func copyOf(in *seldon.Deployment) *seldon.Deployment {
	sd := *in
	sd.Spec.Predictors = slices.Clone(in.Spec.Predictors)
	for i := range sd.Spec.Predictors {
		pred := &sd.Spec.Predictors[i]
		pred.Labels = maps.Clone(pred.Labels)
		copyUnit(&pred.Graph)
		pred.ComponentSpecs = slices.Clone(pred.ComponentSpecs)
		for j, cs := range pred.ComponentSpecs {
			if cs == nil {
				continue
			}
			own := *cs
			cs.Spec.DeepCopyInto(&own.Spec)
			own.HPASpec = copyHPA(cs.HPASpec)
			own.KEDASpec = copyKEDA(cs.KEDASpec)
			pred.ComponentSpecs[j] = &own
		}
		pred.EngineResources = *pred.EngineResources.DeepCopy()
		pred.SvcOrchSpec = copySvcOrch(pred.SvcOrchSpec)
		if pred.Explainer != nil {
			explainer := *pred.Explainer
			pred.Explainer.ContainerSpec.DeepCopyInto(&explainer.ContainerSpec)
			pred.Explainer = &explainer
		}
	}
	return &sd
}

func copyUnit(u *seldon.Unit) {
	if u.Endpoint != nil {
		endpoint := *u.Endpoint
		u.Endpoint = &endpoint
	}
	u.Children = slices.Clone(u.Children)
	for i := range u.Children {
		copyUnit(&u.Children[i])
	}
}

func copySvcOrch(in seldon.SvcOrchSpec) seldon.SvcOrchSpec {
	in.Resources = in.Resources.DeepCopy()
	in.Env = slices.Clone(in.Env)
	for i := range in.Env {
		in.Env[i] = in.Env[i].DeepCopy()
	}
	return in
}

func copyHPA(in *seldon.HPASpec) *seldon.HPASpec {
	if in == nil {
		return nil
	}
	out := *in
	out.Metrics = slices.Clone(in.Metrics)
	return &out
}

func copyKEDA(in *seldon.KEDASpec) *seldon.KEDASpec {
	if in == nil {
		return nil
	}
	out := *in
	out.Triggers = slices.Clone(in.Triggers)
	for i := range out.Triggers {
		if ref := out.Triggers[i].AuthenticationRef; ref != nil {
			own := *ref
			out.Triggers[i].AuthenticationRef = &own
		}
	}
	if in.Advanced != nil {
		advanced := *in.Advanced
		if config := advanced.HorizontalPodAutoscalerConfig; config != nil {
			own := *config
			own.Behavior = config.Behavior.DeepCopy()
			advanced.HorizontalPodAutoscalerConfig = &own
		}
		out.Advanced = &advanced
	}
	return &out
}
