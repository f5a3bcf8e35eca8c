package render

import (
	"strconv"

	"go.yaml.in/yaml/v2"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// ambassadorAnnotation configures Ambassador by an annotation on Services
// (docs/behaviour/orchestrator-ingress.md, 7).
type ambassadorAnnotation struct {
	ambassadorRouter
}

var _ router = (*ambassadorAnnotation)(nil)

func (*ambassadorAnnotation) objects() []manifest.Object { return nil }

func (a *ambassadorAnnotation) expose(pred *predictorPlan, s *service, e exposure) {
	o := a.read()
	config := o.config
	if config == "" {
		config = a.config(o, pred, s, e)
	}
	if s.Metadata.Annotations == nil {
		s.Metadata.Annotations = map[string]string{}
	}
	if _, ok := s.Metadata.Annotations[seldon.AnnotationGetAmbassador]; !ok {
		s.Metadata.Annotations[seldon.AnnotationGetAmbassador] = config
	}
}

// ambassadorMapping is a Mapping in the annotation; the order of its fields is
// that of the text.
type ambassadorMapping struct {
	APIVersion      string               `yaml:"apiVersion"`
	Kind            string               `yaml:"kind"`
	Name            string               `yaml:"name"`
	GRPC            bool                 `yaml:"grpc,omitempty"`
	Prefix          string               `yaml:"prefix"`
	PrefixRegex     bool                 `yaml:"prefix_regex,omitempty"`
	Rewrite         string               `yaml:"rewrite"`
	Service         string               `yaml:"service"`
	TimeoutMS       int                  `yaml:"timeout_ms"`
	IdleTimeoutMS   int                  `yaml:"idle_timeout_ms,omitempty"`
	Headers         map[string]string    `yaml:"headers,omitempty"`
	RegexHeaders    map[string]string    `yaml:"regex_headers,omitempty"`
	Weight          int32                `yaml:"weight,omitempty"`
	Shadow          bool                 `yaml:"shadow,omitempty"`
	RetryPolicy     *ambassadorRetries   `yaml:"retry_policy,omitempty"`
	AmbassadorID    string               `yaml:"ambassador_id,omitempty"`
	CircuitBreakers []ambassadorBreakers `yaml:"circuit_breakers,omitempty"`
	TLS             string               `yaml:"tls,omitempty"`
}

type ambassadorRetries struct {
	RetryOn    string `yaml:"retry_on"`
	NumRetries int    `yaml:"num_retries"`
}

type ambassadorBreakers struct {
	MaxConnections     int `yaml:"max_connections,omitempty"`
	MaxPendingRequests int `yaml:"max_pending_requests,omitempty"`
	MaxRequests        int `yaml:"max_requests,omitempty"`
	MaxRetries         int `yaml:"max_retries,omitempty"`
}

type ambassadorTLS struct {
	APIVersion string   `yaml:"apiVersion"`
	Kind       string   `yaml:"kind"`
	Name       string   `yaml:"name"`
	Hosts      []string `yaml:"hosts"`
	Secret     string   `yaml:"secret"`
}

const ambassadorVersion = "ambassador/v1"

// config is the text of the annotation: documents, each after a separator, also
// those that are empty.
func (a *ambassadorAnnotation) config(o *ambassadorOptions, pred *predictorPlan, s *service, e exposure) string {
	long := "seldon_" + a.p.namespace + "_" + a.p.name + "_"
	plain := "seldon_" + a.p.name + "_"
	return a.p.r.text(func(out []byte) []byte {
		const separator = "---\n"
		out = a.rest(append(out, separator...), o, pred, s, e, long, a.p.namespace+"/")
		out = a.grpc(append(out, separator...), o, pred, s, e, long, a.p.namespace)
		out = a.tls(append(out, separator...), pred, plain)
		if a.singleNamespace {
			out = a.rest(append(out, separator...), o, pred, s, e, plain, "")
			out = a.grpc(append(out, separator...), o, pred, s, e, plain, "")
			out = a.tls(append(out, separator...), pred, long)
		}
		return out
	})
}

func (a *ambassadorAnnotation) rest(out []byte, o *ambassadorOptions, pred *predictorPlan, s *service, e exposure, names, pathPrefix string) []byte {
	m := a.mapping(o, pred, e, names)
	path, _ := o.externalNames(pred, e)
	m.Name = names + mappingName(pred, e) + "_rest_mapping"
	m.Prefix = "/seldon/" + pathPrefix + path + "/"
	m.Rewrite = "/"
	m.Service = serviceAddress(s, e.http)
	m.TimeoutMS, m.IdleTimeoutMS = o.restTimeout, idleTimeout(o.restTimeout)
	m.Headers = headerMap(o.headers, nil)
	return m.appendTo(out)
}

func (a *ambassadorAnnotation) grpc(out []byte, o *ambassadorOptions, pred *predictorPlan, s *service, e exposure, names, namespace string) []byte {
	timeout, err := strconv.Atoi(a.p.annotationOr(seldon.AnnotationGRPCTimeout, strconv.Itoa(defaultTimeout)))
	if err != nil {
		// Quirk (docs/behaviour/orchestrator-ingress.md, 7.2): no error, no Mapping.
		a.p.tellOnce(finding.GRPCMappingLost, a.p.annotationPath(seldon.AnnotationGRPCTimeout), "write the milliseconds as an integer",
			"%q is not an integer, so the operator omits the Mapping for gRPC", a.p.annotationOr(seldon.AnnotationGRPCTimeout, ""))
		return out
	}
	m := a.mapping(o, pred, e, names)
	_, header := o.externalNames(pred, e)
	headers := map[string]string{"seldon": header}
	if namespace != "" {
		headers["namespace"] = namespace
	}
	m.Name = names + mappingName(pred, e) + "_grpc_mapping"
	m.GRPC = true
	m.Prefix, m.PrefixRegex = grpcPrefix, true
	m.Service = serviceAddress(s, e.grpc)
	m.TimeoutMS, m.IdleTimeoutMS = timeout, idleTimeout(timeout)
	m.Headers = headerMap(o.headers, headers)
	return m.appendTo(out)
}

// mapping fills in what REST and gRPC share.
func (a *ambassadorAnnotation) mapping(o *ambassadorOptions, pred *predictorPlan, e exposure, names string) *ambassadorMapping {
	m := &ambassadorMapping{
		APIVersion: ambassadorVersion, Kind: "Mapping",
		RegexHeaders: headerMap(o.regexHeaders, nil),
		Shadow:       pred.Shadow,
		AmbassadorID: o.id,
	}
	if !a.isFirst(pred) {
		m.Weight = pred.Traffic
	}
	if o.retries != 0 {
		m.RetryPolicy = &ambassadorRetries{"gateway-error", o.retries}
	}
	if b := o.breakers; b != nil {
		m.CircuitBreakers = []ambassadorBreakers{{b[0].value, b[1].value, b[2].value, b[3].value}}
	}
	if pred.certificate() != "" {
		m.TLS = names + mappingName(pred, e) + "_tls_config"
	}
	return m
}

// tls is the predictor's TLSContext.
//
// Quirk (docs/behaviour/orchestrator-ingress.md, 7.3): its name fits neither
// the Mappings next to it nor those of explainers.
func (*ambassadorAnnotation) tls(out []byte, pred *predictorPlan, names string) []byte {
	if pred.certificate() == "" {
		return out
	}
	return append(out, toYAML(&ambassadorTLS{
		APIVersion: ambassadorVersion, Kind: "TLSContext",
		Name: names + pred.Name + "_tls_config", Hosts: []string{}, Secret: pred.certificate(),
	})...)
}

// headerMap lays the pairs over the given headers.
func headerMap(pairs [][]string, headers map[string]string) map[string]string {
	if headers == nil && len(pairs) > 0 {
		headers = make(map[string]string, len(pairs))
	}
	for _, pair := range pairs {
		headers[pair[0]] = pair[1]
	}
	return headers
}

// toYAML encodes structs of strings, numbers and maps, which always succeeds.
func toYAML(v any) string {
	b, err := yaml.Marshal(v)
	if err != nil {
		panic("render: " + err.Error())
	}
	return string(b)
}
