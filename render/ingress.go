package render

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// ingress leads traffic from outside to Services. It holds its settings from
// the values and is shared by all SeldonDeployments of a run. To add one, write
// an ingress_NAME.go and name its constructor in newIngresses.
type ingress interface {
	// name is what messages call it.
	name() string
	// enabled reports whether the values switch it on.
	enabled() bool
	// home is where an annotation of its own is read, homeUnknown for others.
	home(annotation string) annotationHome
	// inspectAnnotation tells why an annotation that stands at a place has no
	// effect, and reports whether it did. It is asked where the ingress is off too.
	inspectAnnotation(l *inspector, key string, at *field.Path) bool
	// router starts the routes of one SeldonDeployment.
	router(p *plan) router
}

// router leads traffic to the Services of one SeldonDeployment.
type router interface {
	// check reports annotations that cannot be used.
	check()
	// expose leads traffic to the Service of a predictor or explainer.
	expose(pred *predictorPlan, s *service, e exposure)
	// share shares traffic between the predictors, after all of them are built.
	share()
	// objects are those that expose and share made, in the operator's order.
	objects() []manifest.Object
	// inspect looks for what a cluster refuses or ignores in them.
	inspect(l *inspector)
}

// exposure is what an ingress needs to know of a Service.
type exposure struct {
	// http and grpc are its ports; 0 means none.
	http, grpc int32
	explainer  bool
}

// newIngresses is the table of ingresses, in the order in which their objects
// come.
func newIngresses(rel *release.Release, v *values.Values) []ingress {
	return []ingress{newIstio(v), newAmbassador(rel, v)}
}

// newRouters starts the ingresses that the values switch on.
func (p *plan) newRouters() []router {
	var routers []router
	for _, in := range p.r.ingresses {
		if in.enabled() {
			routers = append(routers, in.router(p))
		}
	}
	return routers
}

func (p *plan) exposeService(pred *predictorPlan, s *service, e exposure) {
	for _, r := range p.routers {
		r.expose(pred, s, e)
	}
}

func (p *plan) shareTraffic() {
	for _, r := range p.routers {
		r.share()
	}
}

// checkAnnotations reports what is wrong with annotations even where nothing is
// built because of other faults.
func (p *plan) checkAnnotations() {
	for _, r := range p.routers {
		r.check()
	}
}

func (l *inspector) lintIngresses() {
	for _, r := range l.routers {
		r.inspect(l)
	}
}
