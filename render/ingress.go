package render

import (
	"strconv"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// ingress leads traffic from outside to Services.
type ingress interface {
	// enabled reports whether the values switch it on.
	enabled(p *plan) bool
	// check reports annotations that cannot be used.
	check(p *plan)
	// expose leads traffic to the Service of a predictor or explainer.
	expose(p *plan, pred *predictorPlan, s *service, e exposure)
	// route shares traffic between the predictors, after all of them are built.
	route(p *plan)
}

// exposure is what an ingress needs to know of a Service.
type exposure struct {
	// http and grpc are its ports; 0 means none.
	http, grpc int32
	explainer  bool
}

// ingresses is the table of them, in the order in which their objects come.
func ingresses() []ingress {
	return []ingress{ambassadorAnnotation{}, istio{}, ambassadorMappings{}}
}

// routing is what ingresses read from annotations, each once it is needed.
type routing struct {
	ambassador *ambassadorOptions
	istio      *istioOptions
}

func (p *plan) exposeService(pred *predictorPlan, s *service, e exposure) {
	for _, in := range ingresses() {
		if in.enabled(p) {
			in.expose(p, pred, s, e)
		}
	}
}

func (p *plan) routeTraffic() {
	for _, in := range ingresses() {
		if in.enabled(p) {
			in.route(p)
		}
	}
}

// checkAnnotations reports what is wrong with annotations even where nothing is
// built because of other faults.
func (p *plan) checkAnnotations() {
	for _, in := range ingresses() {
		if in.enabled(p) {
			in.check(p)
		}
	}
}

// annotationPath is where a deployment-wide annotation stands.
func (p *subject) annotationPath(key string) *field.Path {
	if _, ok := p.sd.Spec.Annotations[key]; ok {
		return field.NewPath("spec", "annotations").Key(key)
	}
	return field.NewPath("metadata", "annotations").Key(key)
}

// numberAnnotation returns an annotation that must be a whole number, or the
// fallback where it is absent.
func (p *subject) numberAnnotation(key string, fallback int) int {
	value, ok := p.annotation(key)
	if !ok {
		return fallback
	}
	return p.annotationNumber(key, value)
}

func (p *subject) annotationNumber(key, value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		p.report(finding.New(finding.AnnotationNotANumber, p.annotationPath(key), "must be a whole number, not %q", value))
	}
	return n
}
