package render

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
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
	// homeMetadata is metadata.annotations, which reach no object.
	homeMetadata
	// homePods is anything that is copied to pods, where programs read it.
	homePods
)

// homeOf asks the ingresses first: their annotations have no other home.
func (l *inspector) homeOf(key string) annotationHome {
	for _, in := range l.r.ingresses {
		if home := in.home(key); home != homeUnknown {
			return home
		}
	}
	switch key {
	case finding.IgnoreAnnotation:
		return homeMetadata
	case seldon.AnnotationNoEngine, seldon.AnnotationSvcName:
		return homePredictor
	case seldon.AnnotationExecutor, seldon.AnnotationNoStorageInitializer:
		return homeSpec
	case seldon.AnnotationHeadless, seldon.AnnotationLogQueueSize, seldon.AnnotationLogWriteTimeout,
		seldon.AnnotationRESTTimeout, seldon.AnnotationGRPCTimeout:
		return homeDeployment
	case "seldon.io/rest-read-timeout", "seldon.io/rest-connection-timeout", "seldon.io/rest-connect-retries",
		"seldon.io/grpc-read-timeout", "seldon.io/grpc-max-message-size":
		return homePods
	}
	if strings.HasPrefix(key, seldon.AnnotationEnginePrefix) {
		return homeSpec
	}
	return homeUnknown
}

// lintMisplacedAnnotations looks for annotations where they are not read.
func (l *inspector) lintMisplacedAnnotations() {
	fallback := l.release.Annotations == release.SpecThenMetadataAnnotations
	if own := l.source.Metadata.Annotations; len(own) > 0 {
		l.misplaced(own, metadataPath, func(home annotationHome) bool { return home == homeMetadata || home == homeDeployment && fallback })
	}
	if own := l.source.Spec.Annotations; len(own) > 0 {
		l.misplaced(own, specPath, func(home annotationHome) bool { return home != homePredictor && home != homeMetadata })
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
	for _, key := range l.knownKeys(annotations) {
		home := l.homeOf(key)
		if read(home) || home != homePredictor && home != homeMetadata && l.source.Spec.Annotations[key] == annotations[key] {
			continue
		}
		place := "spec.annotations"
		switch home {
		case homePredictor:
			place = "spec.predictors[].annotations"
		case homeMetadata:
			place = "metadata.annotations"
		}
		l.tell(finding.AnnotationMisplaced, path.Child("annotations").Key(key), "move it to "+place, "%s is not read here", key)
	}
}

// lintMisspeltAnnotations looks for annotations that are nearly one of the
// operator's.
func (l *inspector) lintMisspeltAnnotations() {
	l.misspelt(l.source.Metadata.Annotations, metadataPath)
	l.misspelt(l.source.Spec.Annotations, specPath)
	for i := range l.source.Spec.Predictors {
		l.misspelt(l.source.Spec.Predictors[i].Annotations, predictorPath(i))
	}
}

const seldonPrefix = "seldon.io/"

// maxMisspelt is how many annotations are compared with those that are known.
const maxMisspelt = 50

func (l *inspector) misspelt(annotations map[string]string, path *field.Path) {
	if len(annotations) > maxMisspelt {
		return
	}
	var unknown []string
	for key := range annotations {
		prefix, _, _ := strings.Cut(key, "/")
		if spelling.Nearest(prefix+"/", []string{seldonPrefix}) != "" && l.homeOf(key) == homeUnknown {
			unknown = append(unknown, key)
		}
	}
	slices.Sort(unknown)
	for _, key := range unknown {
		_, word, _ := strings.Cut(key, "/")
		if meant := spelling.Nearest(word, annotationWords()); meant != "" && seldonPrefix+meant != key {
			l.tell(finding.AnnotationUnread, path.Child("annotations").Key(key), "did you mean "+seldonPrefix+meant+"?", "nothing reads %s", key)
		}
	}
}

// annotationWords are what stands behind seldon.io/ in annotations that people
// write.
func annotationWords() []string {
	words := []string{
		seldon.AnnotationExecutor, seldon.AnnotationSeparatePod, seldon.AnnotationJavaOpts, seldon.AnnotationHeadless,
		seldon.AnnotationNoStorageInitializer, seldon.AnnotationLogQueueSize, seldon.AnnotationLogWriteTimeout,
		seldon.AnnotationIstioGateway, seldon.AnnotationIstioHost, seldon.AnnotationIstioRetries,
		seldon.AnnotationIstioRetriesTimeout, seldon.AnnotationRESTTimeout, seldon.AnnotationGRPCTimeout,
		seldon.AnnotationAmbassadorConfig, seldon.AnnotationAmbassadorServiceName, seldon.AnnotationAmbassadorHeader,
		seldon.AnnotationAmbassadorRegexHeader, seldon.AnnotationAmbassadorID, seldon.AnnotationAmbassadorRetries,
		seldon.AnnotationNoEngine, seldon.AnnotationSvcName,
	}
	for i := range words {
		words[i] = strings.TrimPrefix(words[i], seldonPrefix)
	}
	return words
}

// knownKeys are the annotations that the operator knows, in order.
func (l *inspector) knownKeys(annotations map[string]string) []string {
	var keys []string
	for key := range annotations {
		if l.homeOf(key) != homeUnknown {
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
		l.checkSwitch(spec, specPath, seldon.AnnotationSeparatePod)
	}
	if _, ok := spec[seldon.AnnotationNoStorageInitializer]; ok && l.release.Servers.TritonRepository == release.TritonMayReadModelURI {
		l.checkSwitch(spec, specPath, seldon.AnnotationNoStorageInitializer)
	}
	if l.release.Orchestrator.Programs == release.ExecutorOrEngine {
		if value, ok := spec[seldon.AnnotationExecutor]; ok && value != "true" && value != "false" {
			l.tell(finding.AnnotationValue, l.annotationPath(seldon.AnnotationExecutor), "write true or false, in lower case",
				"%q is neither true nor false, so the setting in the values applies", value)
		}
	}
	if value, ok := l.annotation(seldon.AnnotationHeadless); ok && value != "true" && value != "false" {
		l.tell(finding.AnnotationValue, l.annotationPath(seldon.AnnotationHeadless), "write true or false, in lower case",
			"%q makes Services headless: every value except false does", value)
	}
	if value, _ := l.annotation(seldon.AnnotationIstioHost); l.release.Istio.Hosts == release.AnnotatedIstioHost && strings.ContainsAny(value, ", ") {
		l.tell(finding.AnnotationValue, l.annotationPath(seldon.AnnotationIstioHost), "name one host; lists are read from Seldon Core 1.18.2 on",
			"Seldon Core %s takes %q for one host, which Istio refuses", l.release.Version, value)
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
	l.tell(finding.AnnotationValue, path.Child("annotations").Key(key), "write true or false", "%q does not enable it: only true does", value)
}

// lintUnreadAnnotations looks for annotations that the release or the ingress
// does not read.
func (l *inspector) lintUnreadAnnotations() {
	l.unreadKeys(l.source.Spec.Annotations, specPath)
	if l.release.Annotations == release.SpecThenMetadataAnnotations {
		l.unreadKeys(l.source.Metadata.Annotations, metadataPath)
	}
}

func (l *inspector) unreadKeys(annotations map[string]string, path *field.Path) {
	for _, key := range l.knownKeys(annotations) {
		if home := l.homeOf(key); home == homePredictor || home == homePods || home == homeMetadata {
			continue
		}
		at := path.Child("annotations").Key(key)
		if why, hint := l.unreadByRelease(key, annotations[key]); why != "" {
			l.tell(finding.AnnotationUnread, at, hint, "%s", why)
		} else {
			l.inspectIngressAnnotation(key, at)
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
			return other + ": the executor is the only orchestrator", "remove it"
		}
	case seldon.AnnotationNoStorageInitializer:
		if rel.Servers.TritonRepository == release.TritonReadsVolume {
			return other + ": models are always fetched", ""
		}
	case seldon.AnnotationLogQueueSize, seldon.AnnotationLogWriteTimeout:
		if !slices.ContainsFunc(rel.Orchestrator.Args, func(a release.ExecutorArg) bool { return a.Value == release.ArgLogQueueSize }) {
			return other, ""
		}
	}
	return "", ""
}

// inspectIngressAnnotation looks for an annotation that has no effect on the
// ingresses.
func (l *inspector) inspectIngressAnnotation(key string, at *field.Path) {
	for _, in := range l.r.ingresses {
		switch {
		case in.inspectAnnotation(l, key, at):
		case in.home(key) != homeUnknown && !in.enabled():
			l.tell(finding.AnnotationIdle, at, "", "%s has no effect: %s is disabled in the values", key, in.name())
		}
	}
}

// lintIgnored looks for entries of the annotation that leaves findings out.
func (l *inspector) lintIgnored() {
	_, faults := finding.ParseIgnored(l.source.Metadata.Annotations[finding.IgnoreAnnotation])
	for _, fault := range faults {
		l.tell(finding.InvalidIgnore, field.NewPath("metadata", "annotations").Key(finding.IgnoreAnnotation),
			"write CODE: reason", "%s", fault.Error())
	}
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
		"label %s is %q but controllerId in the values is %q: an operator with these values ignores the SeldonDeployment",
		seldon.LabelControllerID, label, own)
}
