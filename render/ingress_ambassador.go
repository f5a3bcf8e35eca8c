package render

import (
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// defaultTimeout and longTimeout are in milliseconds; a timeout beyond the
// latter needs a longer idle timeout too.
const (
	defaultTimeout = 3000
	longTimeout    = 300000
)

// ambassadorOptions are what annotations say about Ambassador, in either of its
// forms (docs/behaviour/orchestrator-ingress.md, 7; docs/behaviour/differences.md, 16).
type ambassadorOptions struct {
	// config replaces everything; only the annotation form reads it.
	config string
	// externalName is the name in paths and headers.
	externalName string
	// headers are pairs of name and value, as the form splits them.
	headers, regexHeaders [][]string
	restTimeout           int
	retries               int
	id                    string
	breakers              []circuitBreaker
}

// circuitBreaker is one limit; set says that the annotation is not empty.
type circuitBreaker struct {
	set   bool
	value int
}

// breakerAnnotations set circuit breakers, in the order in which these are written.
func breakerAnnotations() [4]string {
	return [...]string{
		seldon.AnnotationCircuitBreakersPrefix + "max-connections",
		seldon.AnnotationCircuitBreakersPrefix + "max-pending-requests",
		seldon.AnnotationCircuitBreakersPrefix + "max-requests",
		seldon.AnnotationCircuitBreakersPrefix + "max-retries",
	}
}

// ambassador leads traffic with Ambassador's Mappings, in an annotation of
// Services or as objects of their own.
type ambassador struct {
	on, singleNamespace bool
	// mappings says that Mappings are objects.
	mappings bool
}

var _ ingress = (*ambassador)(nil)

func newAmbassador(rel *release.Release, v *values.Values) ingress {
	return &ambassador{
		on:              isTrue(v, "AMBASSADOR_ENABLED"),
		singleNamespace: isTrue(v, "AMBASSADOR_SINGLE_NAMESPACE"),
		mappings:        rel.Ambassador == release.AmbassadorAnnotationOrMappings && text(v, "AMBASSADOR_VERSION", "v1") != "v1",
	}
}

func (*ambassador) name() string { return "Ambassador" }

func (in *ambassador) enabled() bool { return in.on }

func (in *ambassador) router(p *plan) router {
	shared := ambassadorRouter{ambassador: in, p: p}
	if in.mappings {
		return &ambassadorMappings{ambassadorRouter: shared}
	}
	return &ambassadorAnnotation{shared}
}

// ambassadorRouter is what both forms share.
type ambassadorRouter struct {
	*ambassador
	p       *plan
	options *ambassadorOptions
}

func (r *ambassadorRouter) check() { r.read() }

func (*ambassadorRouter) share() {}

// read reads the annotations once they are needed.
func (r *ambassadorRouter) read() *ambassadorOptions {
	if r.options != nil {
		return r.options
	}
	o, p := &ambassadorOptions{}, r.p
	r.options = o
	if o.config = p.annotationOr(seldon.AnnotationAmbassadorConfig, ""); o.config != "" && !r.mappings {
		return o
	}
	o.externalName = p.annotationOr(seldon.AnnotationAmbassadorServiceName, p.name)
	o.restTimeout = p.numberAnnotation(seldon.AnnotationRESTTimeout, defaultTimeout)
	o.retries = p.numberAnnotation(seldon.AnnotationAmbassadorRetries, 0)
	o.id = p.annotationOr(seldon.AnnotationAmbassadorID, "")
	r.readHeaders(o)
	r.readBreakers(o)
	return o
}

// readHeaders splits the header annotation at every colon. The annotation form
// takes the parts two by two; Mappings take one header, which without a value
// only has to be present.
func (r *ambassadorRouter) readHeaders(o *ambassadorOptions) {
	text := r.p.annotationOr(seldon.AnnotationAmbassadorHeader, "")
	regex := r.p.annotationOr(seldon.AnnotationAmbassadorRegexHeader, "") != ""
	if text == "" && !regex {
		return
	}
	parts := strings.Split(text, ":")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	wrong := len(parts)%2 != 0
	if r.mappings {
		wrong = len(parts) > 2 || regex && len(parts) != 2
	}
	if wrong {
		key := seldon.AnnotationAmbassadorHeader
		if text == "" {
			key = seldon.AnnotationAmbassadorRegexHeader
		}
		r.p.report(finding.New(finding.AmbassadorHeader, r.p.annotationPath(key),
			"%s must have the form name: value, not %q: the operator crashes on it", seldon.AnnotationAmbassadorHeader, text))
		return
	}
	var headers [][]string
	for len(parts) > 0 {
		n := min(2, len(parts))
		headers, parts = append(headers, parts[:n]), parts[n:]
	}
	if text != "" {
		o.headers = headers
	}
	if regex {
		// Quirk (docs/behaviour/orchestrator-ingress.md, 7.2): the pairs of the other annotation.
		o.regexHeaders = headers
	}
}

func (r *ambassadorRouter) readBreakers(o *ambassadorOptions) {
	keys := breakerAnnotations()
	for i, key := range keys {
		if value := r.p.annotationOr(key, ""); value != "" {
			if o.breakers == nil {
				o.breakers = make([]circuitBreaker, len(keys))
			}
			o.breakers[i] = circuitBreaker{true, r.p.annotationNumber(key, value)}
		}
	}
}

// mappingName is the part of a Mapping's name that tells predictors and
// explainers apart.
func mappingName(pred *predictorPlan, e exposure) string {
	if e.explainer {
		return pred.Name + "-explainer"
	}
	return pred.Name
}

// externalNames are the names that paths and headers have.
func (o *ambassadorOptions) externalNames(pred *predictorPlan, e exposure) (path, header string) {
	if e.explainer {
		return o.externalName + "-explainer/" + pred.Name, o.externalName + "-explainer"
	}
	return o.externalName, o.externalName
}

// isFirst reports whether the predictor is named like the first one; all others
// get a weight.
func (r *ambassadorRouter) isFirst(pred *predictorPlan) bool {
	return pred.Name == r.p.sd.Spec.Predictors[0].Name
}

func idleTimeout(timeout int) int {
	if timeout > longTimeout {
		return timeout
	}
	return 0
}

func serviceAddress(s *service, port int32) string {
	return s.Metadata.Name + "." + s.Metadata.Namespace + ":" + decimal(port)
}

const grpcPrefix = "/(seldon.protos.*|tensorflow.serving.*|inference.*)/.*"
