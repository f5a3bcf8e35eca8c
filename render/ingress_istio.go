package render

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// istio leads traffic with VirtualServices and DestinationRules
// (docs/behaviour/orchestrator-ingress.md, 6; docs/behaviour/differences.md, 15).
type istio struct{}

var _ ingress = istio{}

func (istio) enabled(p *plan) bool { return p.r.settings.istio }

// istioOptions are what annotations and values say about Istio.
type istioOptions struct {
	hosts    []string
	gateways []string
	retries  *istioRetries
}

func (istio) check(p *plan) { p.istioOptions() }

func (p *plan) istioOptions() *istioOptions {
	if p.routing.istio == nil {
		p.routing.istio = &istioOptions{
			hosts:    p.istioHosts(),
			gateways: []string{p.annotationOr(seldon.AnnotationIstioGateway, p.r.settings.istioGateway)},
			retries:  p.istioRetries(),
		}
	}
	return p.routing.istio
}

func (p *subject) istioHosts() []string {
	if p.release.Istio.Hosts == release.AllIstioHosts {
		return []string{"*"}
	}
	hosts := strings.Split(p.annotationOr(seldon.AnnotationIstioHost, "*"), ",")
	for i := range hosts {
		hosts[i] = strings.TrimSpace(hosts[i])
	}
	return hosts
}

func (p *subject) istioRetries() *istioRetries {
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
func (istio) expose(p *plan, pred *predictorPlan, s *service, e exposure) {
	if !e.explainer {
		return
	}
	o, host := p.istioOptions(), s.meta.Name
	p.addVirtualService(cut(host+"-http"), virtualServiceSpec{
		Hosts: o.hosts, Gateways: o.gateways,
		HTTP: []istioRoute{{
			Match:   []istioMatch{{URI: &stringMatch{Prefix: fmt.Sprintf("/seldon/%s/%s-explainer/%s/", p.namespace, p.name, pred.Name)}}},
			Rewrite: &istioRewrite{URI: "/"},
			Route: []weightedDestination{{
				Destination: istioDestination{host, pred.Name, istioPort{e.http}}, Weight: 100,
			}},
		}},
	})
	// Quirk (docs/behaviour/differences.md, 15): the short host in every release.
	p.addDestinationRule(host, destinationRuleSpec{Host: host, Subsets: subsets(pred)})
}

func (istio) route(p *plan) {
	o := p.istioOptions()
	rest, grpc := p.restRoute(o), p.grpcRoute(o)
	spec := func(routes ...istioRoute) virtualServiceSpec {
		return virtualServiceSpec{Hosts: o.hosts, Gateways: o.gateways, HTTP: routes}
	}
	if p.release.Istio.VirtualServices == release.SingleVirtualService {
		p.addVirtualService(p.id, spec(rest, grpc))
	} else {
		p.addVirtualService(p.id+"-http", spec(rest))
		p.addVirtualService(p.id+"-grpc", spec(grpc))
	}
	for _, pred := range p.predictors {
		p.addDestinationRule(pred.key, destinationRuleSpec{
			Host: p.istioHost(pred), Subsets: subsets(pred), TrafficPolicy: p.trafficPolicy(),
		})
	}
}

// istioHost is how Istio finds the predictor's Service.
func (p *subject) istioHost(pred *predictorPlan) string {
	if suffix := p.release.Istio.DestinationSuffix; suffix != "" {
		return pred.key + "." + p.namespace + suffix
	}
	return pred.key
}

func (p *plan) restRoute(o *istioOptions) istioRoute {
	r := p.sharedRoute(o, func(pred *predictorPlan) int32 { return pred.httpPort })
	r.Match = []istioMatch{{URI: &stringMatch{Prefix: "/seldon/" + p.namespace + "/" + p.name + "/"}}}
	r.Rewrite = &istioRewrite{URI: "/"}
	return r
}

func (p *plan) grpcRoute(o *istioOptions) istioRoute {
	r := p.sharedRoute(o, func(pred *predictorPlan) int32 { return pred.grpcPort })
	r.Match = []istioMatch{{
		URI:     &stringMatch{Regex: p.release.Istio.GRPCPaths},
		Headers: map[string]stringMatch{"seldon": {Exact: p.name}, "namespace": {Exact: p.namespace}},
	}}
	return r
}

// sharedRoute shares traffic between the predictors; the last shadow gets a
// copy of it.
func (p *plan) sharedRoute(o *istioOptions, port func(*predictorPlan) int32) istioRoute {
	r := istioRoute{Retries: o.retries}
	for _, pred := range p.predictors {
		d := istioDestination{p.istioHost(pred), pred.Name, istioPort{port(pred)}}
		if !pred.Shadow {
			r.Route = append(r.Route, weightedDestination{d, pred.Traffic})
			continue
		}
		r.Mirror = &d
		r.MirrorPercentage = nil
		if p.release.Istio.MirrorShare == release.MirrorPercentage && pred.Traffic > 0 {
			r.MirrorPercentage = &istioPercent{pred.Traffic}
		}
	}
	return r
}

func subsets(pred *predictorPlan) []istioSubset {
	return []istioSubset{{pred.Name, map[string]string{seldon.LabelVersion: pred.Labels[seldon.LabelVersion]}}}
}

// trafficPolicy keeps idle connections for a minute, unless there is a TLS
// mode: then that is all it says.
func (p *subject) trafficPolicy() *istioTrafficPolicy {
	mode := p.r.settings.istioTLSMode
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
