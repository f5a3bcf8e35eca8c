package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
)

// mlserverExplainers are the explainer types that MLServer knows, with its own
// names for them (docs/behaviour/differences.md, 17).
func mlserverExplainers() [][2]string {
	return [][2]string{
		{"AnchorTabular", "anchor_tabular"},
		{"AnchorImages", "anchor_image"},
		{"AnchorText", "anchor_text"},
		{"Counterfactuals", "counterfactuals"},
		{"Contrastive", "contrastive"},
		{"KernelShap", "kernel_shap"},
		{"IntegratedGradients", "integrated_gradients"},
		{"ALE", "ALE"},
		{"TreeShap", "tree_shap"},
	}
}

// explainerTypes are the types that the servers of explainers know.
func explainerTypes() []string {
	var types []string
	for _, t := range mlserverExplainers() {
		types = append(types, t[0])
	}
	return types
}

// explainerMLServerEnv is the whole environment of an explainer in MLServer;
// the user's is lost.
func (p *plan) explainerMLServerEnv(pred *predictorPlan, container string, port int32) []corev1.EnvVar {
	e := pred.Explainer
	p.inspect().replacedExplainerEnv(pred)
	extra := `{"explainer_type":` + p.r.toJSON(jsonText(p.mlserverExplainer(pred))) +
		`,"infer_uri":` + p.r.toJSON(jsonText("http://"+p.modelAddress(pred)+"/v2/models/"+pred.Graph.Name+"/infer"))
	if e.InitParameters != "" {
		// The text is pasted in as it is; it should be JSON.
		extra += `,"init_parameters":` + e.InitParameters
	}
	return []corev1.EnvVar{
		{Name: "MLSERVER_HTTP_PORT", Value: decimal(port)},
		{Name: "MLSERVER_MODEL_IMPLEMENTATION", Value: "mlserver_alibi_explain.AlibiExplainRuntime"},
		{Name: "MLSERVER_MODEL_NAME", Value: container},
		{Name: "MLSERVER_MODEL_URI", Value: modelPath},
		{Name: "MLSERVER_MODEL_EXTRA", Value: extra + "}"},
	}
}

func (p *subject) mlserverExplainer(pred *predictorPlan) string {
	for _, t := range mlserverExplainers() {
		if t[0] == pred.Explainer.Type {
			return t[1]
		}
	}
	p.tell(finding.ExplainerType, pred.path.Child("explainer", "type"), meantOr(pred.Explainer.Type, explainerTypes()),
		"explainer type %q is not supported with protocol %s", pred.Explainer.Type, p.sd.Spec.Protocol)
	return ""
}
