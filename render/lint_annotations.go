package render

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// annotationHome is where an annotation is read (docs/behaviour/orchestrator-ingress.md,
// 10; docs/behaviour/differences.md, 12).
type annotationHome int

const (
	homeUnknown annotationHome = iota
	// homeDeployment is spec.annotations, and metadata.annotations in some releases.
	homeDeployment
	homeSpec
	homePredictor
	// homePods is anything that is copied to pods, where programs read it.
	homePods
)

func homeOf(key string) annotationHome {
	switch key {
	case seldon.AnnotationNoEngine, seldon.AnnotationSvcName, seldon.AnnotationGetAmbassador:
		return homePredictor
	case seldon.AnnotationExecutor, seldon.AnnotationNoStorageInitializer:
		return homeSpec
	case seldon.AnnotationHeadless, seldon.AnnotationLogQueueSize, seldon.AnnotationLogWriteTimeout,
		seldon.AnnotationIstioGateway, seldon.AnnotationIstioHost, seldon.AnnotationIstioRetries, seldon.AnnotationIstioRetriesTimeout,
		seldon.AnnotationRESTTimeout, seldon.AnnotationGRPCTimeout:
		return homeDeployment
	case "seldon.io/rest-read-timeout", "seldon.io/rest-connection-timeout", "seldon.io/rest-connect-retries",
		"seldon.io/grpc-read-timeout", "seldon.io/grpc-max-message-size":
		return homePods
	}
	switch {
	case strings.HasPrefix(key, seldon.AnnotationEnginePrefix):
		return homeSpec
	case isAmbassadorKey(key):
		return homeDeployment
	}
	return homeUnknown
}

func isAmbassadorKey(key string) bool { return strings.HasPrefix(key, "seldon.io/ambassador-") }

// lintMisplacedAnnotations looks for annotations where nobody reads them.
func (l *inspector) lintMisplacedAnnotations() {
	fallback := l.release.Annotations == release.SpecThenMetadataAnnotations
	if own := l.source.Metadata.Annotations; len(own) > 0 {
		l.misplaced(own, field.NewPath("metadata"), func(home annotationHome) bool { return home == homeDeployment && fallback })
	}
	if own := l.source.Spec.Annotations; len(own) > 0 {
		l.misplaced(own, field.NewPath("spec"), func(home annotationHome) bool { return home != homePredictor })
	}
	copied := func(home annotationHome) bool { return home == homePods }
	for i := range l.source.Spec.Predictors {
		pred := &l.source.Spec.Predictors[i]
		if len(pred.Annotations) > 0 {
			l.misplaced(pred.Annotations, predictorPath(i), func(home annotationHome) bool { return home == homePredictor || home == homePods })
		}
		for j, cs := range pred.ComponentSpecs {
			if cs != nil && len(cs.Metadata.Annotations) > 0 {
				l.misplaced(cs.Metadata.Annotations, componentPath(i, j).Child("metadata"), copied)
			}
		}
	}
}

// misplaced tells of the annotations below a path that are known and not read
// there.
func (l *inspector) misplaced(annotations map[string]string, path *field.Path, read func(annotationHome) bool) {
	for _, key := range knownKeys(annotations) {
		home := homeOf(key)
		if read(home) || home != homePredictor && l.source.Spec.Annotations[key] == annotations[key] {
			continue
		}
		place := "spec.annotations"
		if home == homePredictor {
			place = "spec.predictors[].annotations"
		}
		l.tell(finding.AnnotationMisplaced, path.Child("annotations").Key(key), "move it to "+place, "nobody reads %s here", key)
	}
}

// knownKeys are the annotations that the operator knows, in order.
func knownKeys(annotations map[string]string) []string {
	var keys []string
	for key := range annotations {
		if homeOf(key) != homeUnknown {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// lintAnnotationValues looks for values that do not mean what they seem to.
func (l *inspector) lintAnnotationValues() {
	spec := l.source.Spec.Annotations
	if _, ok := spec[seldon.AnnotationSeparatePod]; ok {
		l.checkSwitch(spec, field.NewPath("spec"), seldon.AnnotationSeparatePod)
	}
	if _, ok := spec[seldon.AnnotationNoStorageInitializer]; ok && l.release.Servers.TritonRepository == release.TritonMayReadModelURI {
		l.checkSwitch(spec, field.NewPath("spec"), seldon.AnnotationNoStorageInitializer)
	}
	if l.release.Orchestrator.Programs == release.ExecutorOrEngine {
		if value, ok := spec[seldon.AnnotationExecutor]; ok && value != "true" && value != "false" {
			l.tell(finding.AnnotationValue, l.annotationPath(seldon.AnnotationExecutor), "write true or false, in lower case",
				"%q is neither true nor false: the values decide", value)
		}
	}
	if value, ok := l.annotation(seldon.AnnotationHeadless); ok && value != "true" && value != "false" {
		l.tell(finding.AnnotationValue, l.annotationPath(seldon.AnnotationHeadless), "write true or false, in lower case",
			"%q makes Services headless: only false does not", value)
	}
	for i := range l.source.Spec.Predictors {
		if own := l.source.Spec.Predictors[i].Annotations; len(own) > 0 {
			l.checkSwitch(own, predictorPath(i), seldon.AnnotationNoEngine)
		}
	}
}

// checkSwitch tells of a switch that is given in another way than true or false.
func (l *inspector) checkSwitch(annotations map[string]string, path *field.Path, key string) {
	value, ok := annotations[key]
	if !ok || isTrueFold(value) || strings.EqualFold(value, "false") {
		return
	}
	l.tell(finding.AnnotationValue, path.Child("annotations").Key(key), "write true or false", "%q does not switch it on: only true does", value)
}

// lintUnreadAnnotations looks for annotations that the release or the ingress
// does not read.
func (l *inspector) lintUnreadAnnotations() {
	l.unreadKeys(l.source.Spec.Annotations, field.NewPath("spec"))
	if l.release.Annotations == release.SpecThenMetadataAnnotations {
		l.unreadKeys(l.source.Metadata.Annotations, field.NewPath("metadata"))
	}
}

func (l *inspector) unreadKeys(annotations map[string]string, path *field.Path) {
	for _, key := range knownKeys(annotations) {
		if home := homeOf(key); home == homePredictor || home == homePods {
			continue
		}
		at := path.Child("annotations").Key(key)
		if why, hint := l.unreadByRelease(key, annotations[key]); why != "" {
			l.tell(finding.AnnotationUnread, at, hint, "%s", why)
		} else if why := l.idle(key); why != "" {
			l.tell(finding.AnnotationIdle, at, "", "%s", why)
		}
	}
}

// unreadByRelease says why an annotation is not read, and what to do.
func (l *inspector) unreadByRelease(key, value string) (why, hint string) {
	rel := l.release
	other := "Seldon Core " + rel.Version + " does not read " + key
	switch key {
	case seldon.AnnotationExecutor:
		if rel.Orchestrator.Programs == release.ExecutorOnly && value != "true" {
			return other + ": there is the executor only", "remove it"
		}
	case seldon.AnnotationIstioHost:
		if rel.Istio.Hosts == release.AllIstioHosts {
			return other + ": VirtualServices are for all hosts", ""
		}
	case seldon.AnnotationNoStorageInitializer:
		if rel.Servers.TritonRepository == release.TritonReadsVolume {
			return other + ": models are always fetched", ""
		}
	case seldon.AnnotationLogQueueSize, seldon.AnnotationLogWriteTimeout:
		if !slices.ContainsFunc(rel.Orchestrator.Args, func(a release.ExecutorArg) bool { return a.Value == release.ArgLogQueueSize }) {
			return other, ""
		}
	case seldon.AnnotationAmbassadorRegexHeader:
		if l.r.settings.ambassador {
			return "the text of " + key + " is not read: it makes regular expressions of " + seldon.AnnotationAmbassadorHeader,
				"put the expression into " + seldon.AnnotationAmbassadorHeader
		}
	case seldon.AnnotationGRPCTimeout:
		if l.r.settings.ambassador && l.usesMappings() {
			return "Mappings for gRPC take their timeout from " + seldon.AnnotationRESTTimeout + " too, not from " + key,
				"set " + seldon.AnnotationRESTTimeout
		}
	case seldon.AnnotationAmbassadorConfig:
		if l.r.settings.ambassador && l.usesMappings() {
			return key + " is ignored: Ambassador is configured by Mapping objects", "set ambassador.version to v1 in the values"
		}
	}
	return "", ""
}

// idle says why an annotation has no effect here.
func (l *inspector) idle(key string) string {
	s := l.r.settings
	switch {
	case isAmbassadorKey(key) && !s.ambassador:
		return key + " has no effect: Ambassador is off in the values"
	case strings.HasPrefix(key, "seldon.io/istio-") && !s.istio:
		return key + " has no effect: Istio is off in the values"
	case key == seldon.AnnotationIstioRetriesTimeout && l.annotationOr(seldon.AnnotationIstioRetries, "") == "":
		return key + " has no effect without " + seldon.AnnotationIstioRetries
	}
	return ""
}

// lintController looks for a SeldonDeployment that another operator handles.
func (l *inspector) lintController() {
	own, _ := l.r.settings.values.Variable("CONTROLLER_ID")
	label := l.source.Metadata.Labels[seldon.LabelControllerID]
	if own == label {
		return
	}
	path := field.NewPath("metadata", "labels")
	if label != "" {
		path = path.Key(seldon.LabelControllerID)
	}
	l.tell(finding.ControllerDiffers, path, "",
		"the label %s is %q, and controllerId in the values is %q: an operator with these values leaves the SeldonDeployment alone",
		seldon.LabelControllerID, label, own)
}
