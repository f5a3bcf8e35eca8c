package render

import (
	"testing"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// gateway is an ingress that nothing else knows of.
type gateway struct{ on bool }

const gatewayKey = "seldon.io/gateway-class"

func (*gateway) name() string    { return "Gateway API" }
func (g *gateway) enabled() bool { return g.on }
func (*gateway) home(annotation string) annotationHome {
	if annotation == gatewayKey {
		return homeDeployment
	}
	return homeUnknown
}
func (*gateway) inspectAnnotation(*inspector, string, *field.Path) bool { return false }
func (g *gateway) router(p *plan) router                                { return &gatewayRouter{p: p} }

type gatewayRouter struct {
	p      *plan
	routes []manifest.Object
}

func (*gatewayRouter) check() {}
func (g *gatewayRouter) expose(_ *predictorPlan, s *service, e exposure) {
	g.routes = append(g.routes, newObject(g.p, "gateway.networking.k8s.io/v1", "HTTPRoute", s.Metadata.Name+"_", nil, e.http))
}
func (*gatewayRouter) share()                       {}
func (g *gatewayRouter) objects() []manifest.Object { return g.routes }
func (g *gatewayRouter) inspect(l *inspector) {
	for _, o := range g.routes {
		l.lintObjectName(o, l.namePath())
	}
}

// TestAnIngressIsAValue adds an ingress to a renderer: its objects, annotations
// and findings need nothing else.
func TestAnIngressIsAValue(t *testing.T) {
	t.Parallel()
	for _, on := range []bool{true, false} {
		r, _ := New(Config{})
		r.ingresses = append(r.ingresses, &gateway{on})
		implementation := "SKLEARN_SERVER"
		sd := &seldon.Deployment{}
		sd.Metadata.Name = "iris"
		sd.Spec.Annotations = map[string]string{gatewayKey: "x"}
		sd.Spec.Predictors = []seldon.Predictor{{
			Name:        "default",
			Annotations: map[string]string{gatewayKey: "y"},
			Graph:       seldon.Unit{Name: "classifier", Implementation: &implementation, ModelURI: "gs://bucket/model"},
		}}
		result := r.Render(Input{Deployment: sd})
		var routes int
		for _, o := range result.Objects {
			routes += count(o.Kind == "HTTPRoute")
		}
		codes := map[finding.Code]int{}
		for _, f := range result.Findings {
			codes[f.Code]++
		}
		if routes != count(on) || codes[finding.IllegalName] != count(on) || codes[finding.AnnotationIdle] != count(!on) || codes[finding.AnnotationMisplaced] != 1 {
			t.Errorf("switched on: %v: %d routes, findings %v", on, routes, codes)
		}
	}
}
