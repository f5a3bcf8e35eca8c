package render

import (
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintAmbassadorTLS looks for Mappings that name a TLSContext which does not
// exist (docs/behaviour/orchestrator-ingress.md, 7.3;
// docs/behaviour/differences.md, 16.3).
func (l *inspector) lintAmbassadorTLS() {
	if !l.r.settings.ambassador {
		return
	}
	for _, pred := range l.predictors {
		if pred.certificate() == "" || pred.service == nil {
			continue
		}
		if names := l.missingTLSContexts(pred); len(names) > 0 {
			l.tell(finding.TLSContextMissing, pred.path.Child("ssl", "certSecretName"), "create it with the Secret "+pred.certificate(),
				"the Mappings of predictor %q name a TLSContext that nobody creates: %s", pred.Name, strings.Join(names, ", "))
		}
	}
}

// missingTLSContexts are the names that Mappings use and no TLSContext has.
func (l *inspector) missingTLSContexts(pred *predictorPlan) []string {
	plain, long := "seldon_"+l.name+"_", "seldon_"+l.namespace+"_"+l.name+"_"
	single := l.r.settings.ambassadorSingleNamespace
	const suffix = "_tls_config"
	if l.usesMappings() {
		names := []string{long + plain + pred.Name + suffix + suffix}
		if single {
			names = append(names, plain+pred.Name+suffix)
		}
		return names
	}
	if l.ambassadorOptions().config != "" || pred.Annotations[seldon.AnnotationGetAmbassador] != "" {
		return nil
	}
	var names []string
	if !single {
		names = append(names, long+pred.Name+suffix)
	}
	if pred.Explained() {
		names = append(names, long+pred.Name+"-explainer"+suffix)
		if single {
			names = append(names, plain+pred.Name+"-explainer"+suffix)
		}
	}
	return names
}

// lostGRPCMapping tells that a timeout is no number and the Mapping for gRPC is
// left out because of it.
func (l *inspector) lostGRPCMapping() {
	l.tellOnce(finding.GRPCMappingLost, l.annotationPath(seldon.AnnotationGRPCTimeout), "write the milliseconds as a plain number",
		"%q is no whole number: there is no Mapping for gRPC", l.annotationOr(seldon.AnnotationGRPCTimeout, ""))
}
