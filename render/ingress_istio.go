package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// istio leads traffic with VirtualServices and DestinationRules
// (docs/behaviour/orchestrator-ingress.md, 6; docs/behaviour/differences.md, 15).
type istio struct {
	on               bool
	gateway, tlsMode string
}

var _ ingress = (*istio)(nil)

func newIstio(v *values.Values) ingress {
	return &istio{
		on:      isTrue(v, "ISTIO_ENABLED"),
		gateway: text(v, "ISTIO_GATEWAY", "seldon-gateway"),
		tlsMode: text(v, "ISTIO_TLS_MODE", ""),
	}
}

func (*istio) name() string { return "Istio" }

func (in *istio) enabled() bool { return in.on }

func (*istio) home(annotation string) annotationHome {
	switch annotation {
	case seldon.AnnotationIstioGateway, seldon.AnnotationIstioHost, seldon.AnnotationIstioRetries, seldon.AnnotationIstioRetriesTimeout:
		return homeDeployment
	}
	return homeUnknown
}

func (in *istio) inspectAnnotation(l *inspector, key string, at *field.Path) bool {
	switch {
	case key == seldon.AnnotationIstioHost && l.release.Istio.Hosts == release.AllIstioHosts:
		l.tell(finding.AnnotationUnread, at, "", "Seldon Core %s does not read %s: VirtualServices are for all hosts", l.release.Version, key)
	case in.on && key == seldon.AnnotationIstioRetriesTimeout && l.annotationOr(seldon.AnnotationIstioRetries, "") == "":
		l.tell(finding.AnnotationIdle, at, "", "%s has no effect without %s", key, seldon.AnnotationIstioRetries)
	default:
		return false
	}
	return true
}

func (in *istio) router(p *plan) router { return &istioRouter{istio: in, p: p} }

// istioRouter leads traffic to one SeldonDeployment.
type istioRouter struct {
	*istio
	p       *plan
	options *istioOptions

	virtualServices, destinationRules []manifest.Object
}

// istioOptions are what annotations and values say about Istio.
type istioOptions struct {
	hosts, explainerHosts []string
	gateways              []string
	retries               *istioRetries
}

func (r *istioRouter) check() { r.read() }

// read reads the annotations once they are needed.
func (r *istioRouter) read() *istioOptions {
	if r.options == nil {
		r.options = &istioOptions{
			hosts:          istioHosts(r.p.subject, r.p.release.Istio.Hosts),
			explainerHosts: istioHosts(r.p.subject, r.p.release.Istio.ExplainerHosts),
			gateways:       []string{r.p.annotationOr(seldon.AnnotationIstioGateway, r.gateway)},
			retries:        readIstioRetries(r.p.subject),
		}
	}
	return r.options
}

func (r *istioRouter) objects() []manifest.Object {
	return slices.Concat(r.virtualServices, r.destinationRules)
}

func (r *istioRouter) inspect(l *inspector) {
	for _, o := range r.objects() {
		l.lintObjectName(o, l.namePath())
	}
	if r.tlsMode != "" && r.trafficPolicy().TLS.Mode == "" {
		l.report(l.atSetting(finding.New(finding.IstioTLSMode, nil, "istio.tlsMode %q has no effect", r.tlsMode).
			WithHint("use SIMPLE, MUTUAL or ISTIO_MUTUAL"), "ISTIO_TLS_MODE"))
	}
}

// istioHosts are the hosts of a VirtualService (docs/behaviour/differences.md, 15;
// docs/behaviour/releases.md, 2).
func istioHosts(p *subject, rule release.IstioHosts) []string {
	text := p.annotationOr(seldon.AnnotationIstioHost, "*")
	switch rule {
	case release.AllIstioHosts:
		return []string{"*"}
	case release.AnnotatedIstioHost:
		// Quirk (docs/behaviour/releases.md, 2): commas and blanks are part of the host.
		return []string{text}
	}
	hosts := strings.Split(text, ",")
	for i := range hosts {
		hosts[i] = strings.TrimSpace(hosts[i])
	}
	return hosts
}

func readIstioRetries(p *subject) *istioRetries {
	if value, _ := p.annotation(seldon.AnnotationIstioRetries); value == "" {
		return nil
	}
	attempts := p.numberAnnotation(seldon.AnnotationIstioRetries, 0)
	seconds := 1
	if value, _ := p.annotation(seldon.AnnotationIstioRetriesTimeout); value != "" {
		seconds = p.annotationNumber(seldon.AnnotationIstioRetriesTimeout, value)
	}
	if attempts <= 0 {
		return nil
	}
	return &istioRetries{
		Attempts:      attempts,
		PerTryTimeout: strconv.Itoa(seconds) + "s",
		RetryOn:       "gateway-error,connect-failure,refused-stream",
	}
}

// expose gives an explainer its own objects; predictors share theirs.
func (r *istioRouter) expose(pred *predictorPlan, s *service, e exposure) {
	if !e.explainer {
		return
	}
	o, host := r.read(), s.Metadata.Name
	r.addVirtualService(cut(host+"-http"), virtualServiceSpec{
		Hosts: o.explainerHosts, Gateways: o.gateways,
		HTTP: []istioRoute{{
			Match:   []istioMatch{{URI: &stringMatch{Prefix: fmt.Sprintf("/seldon/%s/%s-explainer/%s/", r.p.namespace, r.p.name, pred.Name)}}},
			Rewrite: &istioRewrite{URI: "/"},
			Route: []weightedDestination{{
				Destination: istioDestination{host, pred.Name, istioPort{e.http}}, Weight: 100,
			}},
		}},
	})
	// Quirk (docs/behaviour/differences.md, 15): the short host in every release.
	r.addDestinationRule(host, destinationRuleSpec{Host: host, Subsets: subsets(pred)})
}

func (r *istioRouter) share() {
	o := r.read()
	rest, grpc := r.restRoute(o), r.grpcRoute(o)
	spec := func(routes ...istioRoute) virtualServiceSpec {
		return virtualServiceSpec{Hosts: o.hosts, Gateways: o.gateways, HTTP: routes}
	}
	if r.p.release.Istio.VirtualServices == release.SingleVirtualService {
		r.addVirtualService(r.p.id, spec(rest, grpc))
	} else {
		r.addVirtualService(r.p.id+"-http", spec(rest))
		r.addVirtualService(r.p.id+"-grpc", spec(grpc))
	}
	for _, pred := range r.p.predictors {
		r.addDestinationRule(pred.key, destinationRuleSpec{
			Host: r.host(pred), Subsets: subsets(pred), TrafficPolicy: r.trafficPolicy(),
		})
	}
}

// host is how Istio finds the predictor's Service.
func (r *istioRouter) host(pred *predictorPlan) string {
	if suffix := r.p.release.Istio.DestinationSuffix; suffix != "" {
		return pred.key + "." + r.p.namespace + suffix
	}
	return pred.key
}

func (r *istioRouter) restRoute(o *istioOptions) istioRoute {
	route := r.sharedRoute(o, func(pred *predictorPlan) int32 { return pred.httpPort })
	route.Match = []istioMatch{{URI: &stringMatch{Prefix: "/seldon/" + r.p.namespace + "/" + r.p.name + "/"}}}
	route.Rewrite = &istioRewrite{URI: "/"}
	return route
}

func (r *istioRouter) grpcRoute(o *istioOptions) istioRoute {
	route := r.sharedRoute(o, func(pred *predictorPlan) int32 { return pred.grpcPort })
	route.Match = []istioMatch{{
		URI:     &stringMatch{Regex: r.p.release.Istio.GRPCPaths},
		Headers: map[string]stringMatch{"seldon": {Exact: r.p.name}, "namespace": {Exact: r.p.namespace}},
	}}
	return route
}

// sharedRoute shares traffic between the predictors; the last shadow gets a
// copy of it.
func (r *istioRouter) sharedRoute(o *istioOptions, port func(*predictorPlan) int32) istioRoute {
	route := istioRoute{Retries: o.retries}
	for _, pred := range r.p.predictors {
		d := istioDestination{r.host(pred), pred.Name, istioPort{port(pred)}}
		if !pred.Shadow {
			route.Route = append(route.Route, weightedDestination{d, pred.Traffic})
			continue
		}
		route.Mirror = &d
		route.MirrorPercentage = nil
		if r.p.release.Istio.MirrorShare == release.MirrorPercentage && pred.Traffic > 0 {
			route.MirrorPercentage = &istioPercent{pred.Traffic}
		}
	}
	return route
}

func subsets(pred *predictorPlan) []istioSubset {
	return []istioSubset{{pred.Name, map[string]string{seldon.LabelVersion: pred.Labels[seldon.LabelVersion]}}}
}

// trafficPolicy keeps idle connections for a minute, unless there is a TLS
// mode: then that is all it says.
func (r *istioRouter) trafficPolicy() *istioTrafficPolicy {
	mode := r.tlsMode
	switch mode {
	case "":
		return &istioTrafficPolicy{ConnectionPool: &istioConnectionPool{HTTP: istioHTTPPool{IdleTimeout: "60s"}}}
	case "SIMPLE", "MUTUAL", "ISTIO_MUTUAL":
	default:
		// Quirk (docs/behaviour/orchestrator-ingress.md, 6): other words are dropped.
		mode = ""
	}
	return &istioTrafficPolicy{TLS: &istioTLS{mode}}
}
