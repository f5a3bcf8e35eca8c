package render

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

func (*ambassador) home(annotation string) annotationHome {
	switch {
	case annotation == seldon.AnnotationGetAmbassador:
		return homePredictor
	case strings.HasPrefix(annotation, "seldon.io/ambassador-"):
		return homeDeployment
	}
	return homeUnknown
}

func (in *ambassador) inspectAnnotation(l *inspector, key string, at *field.Path) bool {
	if !in.on {
		return false
	}
	switch {
	case key == seldon.AnnotationAmbassadorRegexHeader:
		l.tell(finding.AnnotationUnread, at, "put the expression in "+seldon.AnnotationAmbassadorHeader,
			"the value of %s is not read: its presence turns %s into a regular expression", key, seldon.AnnotationAmbassadorHeader)
	case key == seldon.AnnotationGRPCTimeout && in.mappings:
		l.tell(finding.AnnotationUnread, at, "set "+seldon.AnnotationRESTTimeout,
			"Mappings for gRPC also take their timeout from %s, not from %s", seldon.AnnotationRESTTimeout, key)
	case key == seldon.AnnotationAmbassadorConfig && in.mappings:
		l.tell(finding.AnnotationUnread, at, "set ambassador.version to v1 in the values",
			"%s is ignored: Ambassador is configured by Mapping objects", key)
	default:
		return false
	}
	return true
}

func (a *ambassadorAnnotation) inspect(l *inspector) {
	a.lintPrefixes(l)
	a.inspectTLS(l, a.missingTLSContexts)
}

func (m *ambassadorMappings) inspect(l *inspector) {
	for _, o := range m.built {
		if strings.Contains(o.Name, "_") {
			l.tellOnce(finding.IllegalName, l.namePath(), "set ambassador.singleNamespace to false in the values",
				"invalid Mapping name %q: the operator puts underscores in it", o.Name)
		} else {
			l.lintObjectName(o, l.namePath())
		}
	}
	m.inspectTLS(l, m.missingTLSContexts)
}

const tlsConfigSuffix = "_tls_config"

// inspectTLS looks for Mappings that name a TLSContext which does not exist
// (docs/behaviour/orchestrator-ingress.md, 7.3; docs/behaviour/differences.md, 16.3).
func (r *ambassadorRouter) inspectTLS(l *inspector, missing func(plain, long string, pred *predictorPlan) []string) {
	plain, long := "seldon_"+l.name+"_", "seldon_"+l.namespace+"_"+l.name+"_"
	for _, pred := range l.predictors {
		if pred.certificate() == "" || pred.service == nil {
			continue
		}
		if names := missing(plain, long, pred); len(names) > 0 {
			l.tell(finding.TLSContextMissing, pred.path.Child("ssl", "certSecretName"), "create it with the Secret "+pred.certificate(),
				"the Mappings of predictor %q refer to a TLSContext that is not created: %s", pred.Name, strings.Join(names, ", "))
		}
	}
}

// missingTLSContexts are the names that Mappings use and no TLSContext has.
func (m *ambassadorMappings) missingTLSContexts(plain, long string, pred *predictorPlan) []string {
	names := []string{long + plain + pred.Name + tlsConfigSuffix + tlsConfigSuffix}
	if m.singleNamespace {
		names = append(names, plain+pred.Name+tlsConfigSuffix)
	}
	return names
}

func (a *ambassadorAnnotation) missingTLSContexts(plain, long string, pred *predictorPlan) []string {
	if a.read().config != "" || pred.Annotations[seldon.AnnotationGetAmbassador] != "" {
		return nil
	}
	var names []string
	if !a.singleNamespace {
		names = append(names, long+pred.Name+tlsConfigSuffix)
	}
	if pred.Explained() {
		names = append(names, long+pred.Name+"-explainer"+tlsConfigSuffix)
		if a.singleNamespace {
			names = append(names, plain+pred.Name+"-explainer"+tlsConfigSuffix)
		}
	}
	return names
}
