package render

import (
	"fmt"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
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

// breakerNames are the circuit breakers in the order in which they are written.
func breakerNames() []string {
	return []string{"max-connections", "max-pending-requests", "max-requests", "max-retries"}
}

func (p *subject) usesMappings() bool {
	return p.release.Ambassador == release.AmbassadorAnnotationOrMappings && p.r.settings.ambassadorVersion != "v1"
}

func (p *subject) ambassadorOptions() *ambassadorOptions {
	if p.routing.ambassador == nil {
		p.routing.ambassador = p.readAmbassador()
	}
	return p.routing.ambassador
}

func (p *subject) readAmbassador() *ambassadorOptions {
	o := &ambassadorOptions{}
	if o.config = p.annotationOr(seldon.AnnotationAmbassadorConfig, ""); o.config != "" && !p.usesMappings() {
		return o
	}
	o.externalName = p.annotationOr(seldon.AnnotationAmbassadorServiceName, p.name)
	o.restTimeout = p.numberAnnotation(seldon.AnnotationRESTTimeout, defaultTimeout)
	o.retries = p.numberAnnotation(seldon.AnnotationAmbassadorRetries, 0)
	o.id = p.annotationOr(seldon.AnnotationAmbassadorID, "")
	p.readHeaders(o)
	p.readBreakers(o)
	return o
}

// readHeaders splits the header annotation at every colon. The annotation form
// takes the parts two by two; Mappings take one header, which without a value
// only has to be present.
func (p *subject) readHeaders(o *ambassadorOptions) {
	text := p.annotationOr(seldon.AnnotationAmbassadorHeader, "")
	regex := p.annotationOr(seldon.AnnotationAmbassadorRegexHeader, "") != ""
	if text == "" && !regex {
		return
	}
	parts := strings.Split(text, ":")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	wrong := len(parts)%2 != 0
	if p.usesMappings() {
		wrong = len(parts) > 2 || regex && len(parts) != 2
	}
	if wrong {
		key := seldon.AnnotationAmbassadorHeader
		if text == "" {
			key = seldon.AnnotationAmbassadorRegexHeader
		}
		p.report(finding.New(finding.AmbassadorHeader, p.annotationPath(key),
			"%s must be name: value, not %q: the operator crashes on it", seldon.AnnotationAmbassadorHeader, text))
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

func (p *subject) readBreakers(o *ambassadorOptions) {
	breakers := make([]circuitBreaker, len(breakerNames()))
	any := false
	for i, name := range breakerNames() {
		key := seldon.AnnotationCircuitBreakersPrefix + name
		if value := p.annotationOr(key, ""); value != "" {
			breakers[i] = circuitBreaker{true, p.annotationNumber(key, value)}
			any = true
		}
	}
	if any {
		o.breakers = breakers
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
func (p *subject) isFirst(pred *predictorPlan) bool {
	return pred.Name == p.sd.Spec.Predictors[0].Name
}

func idleTimeout(timeout int) int {
	if timeout > longTimeout {
		return timeout
	}
	return 0
}

func serviceAddress(s *service, port int32) string {
	return fmt.Sprintf("%s.%s:%d", s.meta.Name, s.meta.Namespace, port)
}

const grpcPrefix = "/(seldon.protos.*|tensorflow.serving.*|inference.*)/.*"
