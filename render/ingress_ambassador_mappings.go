package render

import "github.com/seldonctl/seldonctl/manifest"

// ambassadorMappings configures Ambassador by objects of its own
// (docs/behaviour/differences.md, 16.3).
type ambassadorMappings struct {
	ambassadorRouter
	built []manifest.Object
}

var _ router = (*ambassadorMappings)(nil)

func (m *ambassadorMappings) objects() []manifest.Object { return m.built }

const mappingVersion = "getambassador.io/v2"

type mappingSpec struct {
	ClusterTag      string            `json:"cluster_tag"`
	GRPC            bool              `json:"grpc,omitempty"`
	Prefix          string            `json:"prefix"`
	PrefixRegex     bool              `json:"prefix_regex,omitempty"`
	Rewrite         string            `json:"rewrite"`
	Service         string            `json:"service"`
	TimeoutMS       int               `json:"timeout_ms"`
	IdleTimeoutMS   int               `json:"idle_timeout_ms,omitempty"`
	Headers         map[string]any    `json:"headers,omitempty"`
	RegexHeaders    map[string]string `json:"regex_headers,omitempty"`
	Weight          *int32            `json:"weight,omitempty"`
	Shadow          bool              `json:"shadow,omitempty"`
	RetryPolicy     *mappingRetries   `json:"retry_policy,omitempty"`
	AmbassadorID    []string          `json:"ambassador_id,omitempty"`
	CircuitBreakers []mappingBreakers `json:"circuit_breakers,omitempty"`
	TLS             string            `json:"tls,omitempty"`
}

type mappingRetries struct {
	RetryOn    string `json:"retry_on"`
	NumRetries int    `json:"num_retries"`
}

type mappingBreakers struct {
	MaxConnections     *int `json:"max_connections,omitempty"`
	MaxPendingRequests *int `json:"max_pending_requests,omitempty"`
	MaxRequests        *int `json:"max_requests,omitempty"`
	MaxRetries         *int `json:"max_retries,omitempty"`
}

func (m *ambassadorMappings) expose(pred *predictorPlan, s *service, e exposure) {
	o := m.read()
	core := mappingName(pred, e)
	path, header := o.externalNames(pred, e)
	plainTLS := "seldon_" + m.p.name + "_" + pred.Name + "_tls_config"
	// Quirk (docs/behaviour/differences.md, 16.3): one name inside the other.
	longTLS := "seldon_" + m.p.namespace + "_" + m.p.name + "_" + plainTLS + "_tls_config"

	long := "seldon-" + m.p.namespace + "-" + m.p.name + "-" + core
	m.add(long+"-rest", m.rest(o, pred, s, e, "/seldon/"+m.p.namespace+"/"+path+"/", longTLS))
	m.add(long+"-grpc", m.grpc(o, pred, s, e, header, longTLS))
	if m.singleNamespace {
		m.add("seldon_"+m.p.name+"_"+core+"_rest_mapping", m.rest(o, pred, s, e, "/seldon/"+path+"/", plainTLS))
		m.add("seldon-"+m.p.name+"-"+core+"-grpc", m.grpc(o, pred, s, e, header, plainTLS))
	}
}

func (m *ambassadorMappings) add(name string, spec *mappingSpec) {
	m.built = append(m.built, newObject(m.p, mappingVersion, "Mapping", name, m.p.idLabel(), spec))
}

func (m *ambassadorMappings) rest(o *ambassadorOptions, pred *predictorPlan, s *service, e exposure, prefix, tls string) *mappingSpec {
	spec := m.spec(o, pred, tls)
	spec.ClusterTag = "seldon_http"
	spec.Prefix, spec.Rewrite = prefix, "/"
	spec.Service = serviceAddress(s, e.http)
	spec.Headers = anyHeaders(o.headers, nil)
	return spec
}

func (m *ambassadorMappings) grpc(o *ambassadorOptions, pred *predictorPlan, s *service, e exposure, header, tls string) *mappingSpec {
	spec := m.spec(o, pred, tls)
	spec.ClusterTag = "seldon_grpc"
	spec.GRPC = true
	spec.Prefix, spec.PrefixRegex = grpcPrefix, true
	spec.Service = serviceAddress(s, e.grpc)
	spec.Headers = anyHeaders(o.headers, map[string]any{"seldon": header})
	return spec
}

// spec fills in what REST and gRPC share, the REST timeout included.
func (m *ambassadorMappings) spec(o *ambassadorOptions, pred *predictorPlan, tls string) *mappingSpec {
	spec := &mappingSpec{
		TimeoutMS: o.restTimeout, IdleTimeoutMS: idleTimeout(o.restTimeout),
		RegexHeaders: headerMap(o.regexHeaders, nil),
		Shadow:       pred.Shadow,
	}
	if pred.Shadow || !m.isFirst(pred) {
		spec.Weight = &pred.Traffic
	}
	if o.retries != 0 {
		spec.RetryPolicy = &mappingRetries{"gateway-error", o.retries}
	}
	if o.id != "" {
		spec.AmbassadorID = []string{o.id}
	}
	if b := o.breakers; b != nil {
		spec.CircuitBreakers = []mappingBreakers{{b[0].limit(), b[1].limit(), b[2].limit(), b[3].limit()}}
	}
	if pred.certificate() != "" {
		spec.TLS = tls
	}
	return spec
}

// limit returns the limit, or nil if it is not set; 0 is a limit.
func (b circuitBreaker) limit() *int {
	if !b.set {
		return nil
	}
	return &b.value
}

// anyHeaders lays the pairs over the given headers; a header without value has
// to be present only.
func anyHeaders(pairs [][]string, headers map[string]any) map[string]any {
	if headers == nil && len(pairs) > 0 {
		headers = make(map[string]any, len(pairs))
	}
	for _, pair := range pairs {
		if len(pair) == 1 {
			headers[pair[0]] = true
		} else {
			headers[pair[0]] = pair[1]
		}
	}
	return headers
}
