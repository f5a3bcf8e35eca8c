package render

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintUnits looks at every unit as the user wrote it.
func (l *inspector) lintUnits() {
	for i := range l.source.Spec.Predictors {
		for path, u := range l.source.Spec.Predictors[i].Graph.Walk(graphPath(i)) {
			l.lintUnitEnums(u, path)
			l.lintUnitFields(u, path)
			if unpinned(u.StorageInitializerImage) {
				l.tellUnpinned(u.StorageInitializerImage, path.Child("storageInitializerImage"))
			}
		}
	}
}

func unitTypes() []string {
	return []string{seldon.UnknownType, seldon.Router, seldon.Combiner, seldon.Model, seldon.Transformer, seldon.OutputTransformer}
}

// lintUnitEnums looks for values that the operator takes and does not know.
func (l *inspector) lintUnitEnums(u *seldon.Unit, path *field.Path) {
	if u.Type != nil {
		l.checkEnum(*u.Type, path, "type", unitTypes()...)
	}
	if u.Endpoint != nil {
		l.checkEnum(u.Endpoint.Type, path, "endpoint.type", "REST", "GRPC")
	}
	if u.Logger != nil {
		l.checkEnum(u.Logger.Mode, path, "logger.mode", "all", "request", "response")
	}
	if u.Methods != nil {
		for i, method := range *u.Methods {
			l.checkEnumAt(method, path.Child("methods").Index(i), "TRANSFORM_INPUT", "TRANSFORM_OUTPUT", "ROUTE", "AGGREGATE", "SEND_FEEDBACK")
		}
	}
	for i := range u.Parameters {
		if value := u.Parameters[i].Type; value != "" {
			l.checkEnumAt(value, path.Child("parameters").Index(i).Child("type"), "INT", "FLOAT", "DOUBLE", "STRING", "BOOL")
		}
	}
}

// checkEnum tells of a value at dotted names below a path; empty is fine.
func (l *inspector) checkEnum(value string, path *field.Path, names string, known ...string) {
	if value != "" && !slices.Contains(known, value) {
		for name := range strings.SplitSeq(names, ".") {
			path = path.Child(name)
		}
		l.checkEnumAt(value, path, known...)
	}
}

func (l *inspector) checkEnumAt(value string, path *field.Path, known ...string) {
	if !slices.Contains(known, value) {
		l.tell(finding.UnknownWord, path, meantOr(value, known), "unknown value %q", value)
	}
}

// lintUnitFields looks for fields of a unit that have no effect.
func (l *inspector) lintUnitFields(u *seldon.Unit, path *field.Path) {
	if u.Prepackaged() {
		if u.StorageInitializerImage != "" && l.release.Storage.UnitImage == release.UnitImageDropped {
			l.tell(finding.UnitImageDropped, path.Child("storageInitializerImage"), "",
				"a cluster that runs Seldon Core %s drops this field, so there unit %q uses the image of the values", l.release.Version, u.Name)
		}
		if u.Type != nil && *u.Type != seldon.Model && slices.Contains(unitTypes(), *u.Type) {
			l.tell(finding.UnitTypeReplaced, path.Child("type"), "", "the type of unit %q becomes MODEL, as for every %s", u.Name, *u.Implementation)
		}
		return
	}
	if u.ModelURI != "" && l.release.Storage.Units == release.UnitsWithModelURI {
		return
	}
	for _, f := range []struct{ name, value string }{
		{"serviceAccountName", u.ServiceAccountName},
		{"envSecretRefName", u.EnvSecretRefName},
		{"storageInitializerImage", u.StorageInitializerImage},
	} {
		if f.value != "" {
			l.tell(finding.UnitFieldIgnored, path.Child(f.name), "", "%[2]s has no effect: no model is fetched for unit %[1]q", u.Name, f.name)
		}
	}
}

// maxGraphDepth is how many levels of children the custom resource's schema has
// (docs/behaviour/core.md, 1).
const maxGraphDepth = 10

func (l *inspector) lintGraphDepth() {
	for i := range l.source.Spec.Predictors {
		if path := deepUnit(&l.source.Spec.Predictors[i].Graph, 0); path != nil {
			at := graphPath(i)
			for _, child := range path {
				at = at.Child("children").Index(child)
			}
			l.tell(finding.GraphPruned, at, "", "a cluster that runs the operator drops this unit and its children: the graph is more than %d levels deep", maxGraphDepth)
		}
	}
}

// deepUnit returns the way to the first unit that is too deep, or nil.
func deepUnit(u *seldon.Unit, depth int) []int {
	for i := range u.Children {
		if depth == maxGraphDepth {
			return []int{i}
		}
		if path := deepUnit(&u.Children[i], depth+1); path != nil {
			return append([]int{i}, path...)
		}
	}
	return nil
}

// lintEndpoints looks for hosts and ports of units that were computed anew.
func (l *inspector) lintEndpoints() {
	for _, pred := range l.predictors {
		source := &l.source.Spec.Predictors[pred.index]
		for path, own := range source.Graph.Walk(graphPath(pred.index)) {
			if own.Endpoint == nil {
				continue
			}
			now := pred.unit(own.Name)
			if now == nil || now.Endpoint == nil || !differs(own.Endpoint, now.Endpoint) {
				continue
			}
			l.tell(finding.EndpointReplaced, path.Child("endpoint"), "",
				"unit %q is called at %s, port %d: the operator computes host and ports for units that have a container",
				own.Name, now.Endpoint.ServiceHost, now.Endpoint.ServicePort)
		}
	}
}

// differs reports whether anything that was given has changed.
func differs(own, now *seldon.Endpoint) bool {
	return own.ServiceHost != "" && own.ServiceHost != now.ServiceHost ||
		own.ServicePort != 0 && own.ServicePort != now.ServicePort ||
		own.HTTPPort != 0 && own.HTTPPort != now.HTTPPort ||
		own.GRPCPort != 0 && own.GRPCPort != now.GRPCPort
}

// lintPredictors looks at fields of predictors that are not what they seem.
func (l *inspector) lintPredictors() {
	for i := range l.source.Spec.Predictors {
		pred := &l.source.Spec.Predictors[i]
		if r := &pred.EngineResources; len(r.Limits)+len(r.Requests) > 0 {
			l.tell(finding.EngineResourcesIgnored, predictorPath(i).Child("engineResources"), "use svcOrchSpec.resources",
				"the operator ignores engineResources")
		}
		l.lintPodMetadata(pred, predictorPath(i))
		if e := pred.Explainer; e != nil && e.Type == "" && (e.ModelURI != "" || e.ContainerSpec.Name != "" || e.ContainerSpec.Image != "" || len(e.Config) > 0) {
			l.tell(finding.ExplainerIgnored, predictorPath(i).Child("explainer"), "give it a type",
				"the explainer of predictor %q has no type and is ignored", pred.Name)
		}
		if e := pred.Explainer; e != nil && e.ContainerSpec.Image == "" && !l.explainedByMLServer() {
			l.checkEnum(e.Type, predictorPath(i), "explainer.type", explainerTypes()...)
		}
		if pred.Traffic < 0 || pred.Traffic > 100 && !pred.Shadow {
			l.tell(finding.TrafficRange, predictorPath(i).Child("traffic"), "", "traffic of predictor %q is %d %%, which is not between 0 and 100", pred.Name, pred.Traffic)
		}
		if pred.SSL != nil && pred.SSL.CertSecretName != "" && isTrueFold(pred.Annotations[seldon.AnnotationNoEngine]) {
			l.tell(finding.CertificateUnmounted, predictorPath(i).Child("ssl"), "",
				"the certificate of predictor %q is not mounted: the predictor has no orchestrator", pred.Name)
		}
	}
}

// lintPodMetadata looks for metadata of component specs that a cluster drops.
func (l *inspector) lintPodMetadata(pred *seldon.Predictor, path *field.Path) {
	if l.release.Pods.Metadata != release.PodMetadataDropped {
		return
	}
	for j, cs := range pred.ComponentSpecs {
		if cs != nil && (cs.Metadata.Name != "" || len(cs.Metadata.Labels)+len(cs.Metadata.Annotations) > 0) {
			l.tell(finding.PodMetadataDropped, path.Child("componentSpecs").Index(j).Child("metadata"), "",
				"a cluster that runs Seldon Core %s drops the metadata of component specs, so there the Deployment has another name, or its pods lack labels or annotations", l.release.Version)
		}
	}
}
