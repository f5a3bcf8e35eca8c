package render

const istioVersion = "networking.istio.io/v1alpha3"

func (r *istioRouter) addVirtualService(name string, spec virtualServiceSpec) {
	r.virtualServices = append(r.virtualServices, newObject(r.p, istioVersion, "VirtualService", name, nil, spec))
}

func (r *istioRouter) addDestinationRule(name string, spec destinationRuleSpec) {
	r.destinationRules = append(r.destinationRules, newObject(r.p, istioVersion, "DestinationRule", name, nil, spec))
}

type virtualServiceSpec struct {
	Hosts    []string     `json:"hosts"`
	Gateways []string     `json:"gateways"`
	HTTP     []istioRoute `json:"http"`
}

type istioRoute struct {
	Match            []istioMatch          `json:"match"`
	Rewrite          *istioRewrite         `json:"rewrite,omitempty"`
	Route            []weightedDestination `json:"route,omitempty"`
	Mirror           *istioDestination     `json:"mirror,omitempty"`
	MirrorPercentage *istioPercent         `json:"mirrorPercentage,omitempty"`
	Retries          *istioRetries         `json:"retries,omitempty"`
}

type istioMatch struct {
	URI     *stringMatch           `json:"uri,omitempty"`
	Headers map[string]stringMatch `json:"headers,omitempty"`
}

type stringMatch struct {
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Regex  string `json:"regex,omitempty"`
}

type istioRewrite struct {
	URI string `json:"uri"`
}

type weightedDestination struct {
	Destination istioDestination `json:"destination"`
	// Weight is a percentage.
	Weight int32 `json:"weight,omitempty"`
}

type istioDestination struct {
	Host   string    `json:"host"`
	Subset string    `json:"subset"`
	Port   istioPort `json:"port"`
}

type istioPort struct {
	Number int32 `json:"number,omitempty"`
}

type istioPercent struct {
	Value int32 `json:"value"`
}

type istioRetries struct {
	Attempts      int    `json:"attempts"`
	PerTryTimeout string `json:"perTryTimeout"`
	RetryOn       string `json:"retryOn"`
}

type destinationRuleSpec struct {
	Host          string              `json:"host"`
	Subsets       []istioSubset       `json:"subsets"`
	TrafficPolicy *istioTrafficPolicy `json:"trafficPolicy,omitempty"`
}

type istioSubset struct {
	Name   string            `json:"name"`
	Labels map[string]string `json:"labels"`
}

type istioTrafficPolicy struct {
	ConnectionPool *istioConnectionPool `json:"connectionPool,omitempty"`
	TLS            *istioTLS            `json:"tls,omitempty"`
}

type istioConnectionPool struct {
	HTTP istioHTTPPool `json:"http"`
}

type istioHTTPPool struct {
	// IdleTimeout is a duration such as 60s.
	IdleTimeout string `json:"idleTimeout"`
}

type istioTLS struct {
	Mode string `json:"mode,omitempty"`
}
