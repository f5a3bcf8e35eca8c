package render

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintAmbassadorTLS looks for Mappings that name a TLSContext which does not
// exist (docs/behaviour/orchestrator-ingress.md, 7.3;
// docs/behaviour/differences.md, 16.3).
func (p *plan) lintAmbassadorTLS() {
	if !p.r.settings.ambassador {
		return
	}
	for _, pred := range p.predictors {
		if pred.certificate() == "" || pred.service == nil {
			continue
		}
		if name := p.missingTLSContext(pred); name != "" {
			p.tell(finding.TLSContextMissing, pred.path.Child("ssl", "certSecretName"), "create it with the Secret "+pred.certificate(),
				"the Mappings of predictor %q need a TLSContext %q, and nobody creates it", pred.Name, name)
		}
	}
}

// missingTLSContext is the name that Mappings use and no TLSContext has.
func (p *plan) missingTLSContext(pred *predictorPlan) string {
	if p.usesMappings() {
		return "seldon_" + p.namespace + "_" + p.name + "_seldon_" + p.name + "_" + pred.Name + "_tls_config_tls_config"
	}
	if p.ambassadorOptions().config != "" || pred.Annotations[seldon.AnnotationGetAmbassador] != "" {
		return ""
	}
	switch long := "seldon_" + p.namespace + "_" + p.name + "_"; {
	case !p.r.settings.ambassadorSingleNamespace:
		return long + pred.Name + "_tls_config"
	case pred.Explained():
		return long + pred.Name + "-explainer_tls_config"
	}
	return ""
}

// lostGRPCMapping tells that a timeout is no number and the Mapping for gRPC is
// left out because of it.
func (p *plan) lostGRPCMapping() {
	p.tellOnce(finding.GRPCMappingLost, p.annotationPath(seldon.AnnotationGRPCTimeout), "write the milliseconds as a plain number",
		"%q is no whole number: there is no Mapping for gRPC", p.annotationOr(seldon.AnnotationGRPCTimeout, ""))
}
