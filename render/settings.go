package render

import (
	"strconv"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// settings are the values as the operator reads them: the text of its
// environment variables and its ConfigMap, parsed once
// (docs/behaviour/core.md, 0; docs/behaviour/orchestrator-ingress.md, 9).
//
// A setting that cannot be used is a fault only for a SeldonDeployment that
// needs it, as in the operator; that is why faults are kept with the settings.
type settings struct {
	values *values.Values

	nameAsPrefix bool
	useExecutor  bool

	firstHTTP, firstGRPC, firstMetrics int32
	metricsPortName                    string
	defaultEnvSecret                   string
	defaultUser                        number
	certMountPath                      string

	// serviceHTTP and serviceGRPC are the ports of predictor Services, which are
	// not those the executor listens on.
	serviceHTTP, serviceGRPC number

	executor, engine orchestratorSettings

	keda bool

	servers     map[string]serverSetting
	initializer initializerSettings
	credentials credentialSettings
	explainers  explainerSettings
}

// number is a setting that must be a whole number; set is false where it is
// empty.
type number struct {
	value    int64
	set      bool
	variable string
	bad      string
}

// quantity is a setting that must be a Kubernetes quantity.
type quantity struct {
	value resource.Quantity
	name  string
	bad   bool
	text  string
}

// resourceSettings are the resources of a container that the operator adds.
type resourceSettings struct {
	value corev1.ResourceRequirements
	bad   []quantity
}

func newResourceSettings(cpuLimit, memoryLimit, cpuRequest, memoryRequest quantity) resourceSettings {
	s := resourceSettings{value: corev1.ResourceRequirements{
		Limits:   corev1.ResourceList{corev1.ResourceCPU: cpuLimit.value, corev1.ResourceMemory: memoryLimit.value},
		Requests: corev1.ResourceList{corev1.ResourceCPU: cpuRequest.value, corev1.ResourceMemory: memoryRequest.value},
	}}
	for _, list := range []corev1.ResourceList{s.value.Limits, s.value.Requests} {
		for name, q := range list {
			// A quantity remembers its text, and the list the quantity.
			_ = q.String()
			list[name] = q
		}
	}
	for _, q := range []quantity{cpuLimit, memoryLimit, cpuRequest, memoryRequest} {
		if q.bad {
			s.bad = append(s.bad, q)
		}
	}
	return s
}

// text returns a variable, or the fallback where it is not set at all: set but
// empty stays empty.
func text(v *values.Values, variable, fallback string) string {
	if s, ok := v.Variable(variable); ok {
		return s
	}
	return fallback
}

// filled returns a variable, or the fallback where it is not set or empty.
func filled(v *values.Values, variable, fallback string) string {
	if s, _ := v.Variable(variable); s != "" {
		return s
	}
	return fallback
}

func isTrue(v *values.Values, variable string) bool {
	s, _ := v.Variable(variable)
	return s == "true"
}

// wholeNumber reads a variable that must be a number where it is not empty.
func wholeNumber(v *values.Values, variable, fallback string) number {
	s := filled(v, variable, fallback)
	n := number{variable: variable, set: s != ""}
	if !n.set {
		return n
	}
	value, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		n.bad = s
	}
	n.value = value
	return n
}

// firstPort reads the number that ports of one kind are counted from; anything
// but a number means the fallback.
func firstPort(v *values.Values, variable string, fallback int32) int32 {
	s, _ := v.Variable(variable)
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return fallback
	}
	return int32(n)
}

func parseQuantity(name, s string) quantity {
	q, err := seldon.ParseQuantity(s)
	return quantity{value: q, name: name, bad: err != nil, text: s}
}

func newSettings(rel *release.Release, v *values.Values) *settings {
	s := &settings{
		values:           v,
		nameAsPrefix:     isTrue(v, "DEPLOYMENT_NAME_AS_PREFIX"),
		useExecutor:      isTrue(v, "USE_EXECUTOR"),
		firstHTTP:        firstPort(v, "PREDICTIVE_UNIT_HTTP_SERVICE_PORT", 9000),
		firstGRPC:        firstPort(v, "PREDICTIVE_UNIT_GRPC_SERVICE_PORT", 9500),
		firstMetrics:     firstPort(v, "PREDICTIVE_UNIT_METRICS_SERVICE_PORT", 6000),
		metricsPortName:  text(v, "PREDICTIVE_UNIT_METRICS_PORT_NAME", "metrics"),
		defaultEnvSecret: text(v, "PREDICTIVE_UNIT_DEFAULT_ENV_SECRET_REF_NAME", ""),
		defaultUser:      wholeNumber(v, "DEFAULT_USER_ID", ""),
		certMountPath:    text(v, "DEFAULT_CERT_MOUNT_PATH_NAME", "/cert/"),
		serviceHTTP:      wholeNumber(v, "ENGINE_SERVER_PORT", "8000"),
		serviceGRPC:      wholeNumber(v, "ENGINE_SERVER_GRPC_PORT", "5001"),
		keda:             isTrue(v, "KEDA_ENABLED"),
	}
	s.executor = executorSettings(v)
	s.engine = engineSettings(v)
	s.servers = serverSettings(rel, v)
	s.initializer = newInitializerSettings(rel, v)
	s.credentials = newCredentialSettings(v)
	s.explainers = newExplainerSettings(rel, v)
	return s
}

// number returns the value of a numeric setting for use in an object, and
// reports it where it is not a number.
func (p *subject) number(n number) int64 {
	if n.bad != "" {
		f := finding.New(finding.SettingNotANumber, nil, "setting %s must be an integer, not %q", n.variable, n.bad)
		if _, err := strconv.ParseFloat(n.bad, 64); err == nil {
			f.Hint = "quote large numbers in the values file, e.g. \"1000690000\""
		}
		p.report(p.atSetting(f, n.variable))
	}
	return n.value
}

// resources returns what a container requests and may take, for use in objects,
// which share it, and reports what is not a quantity.
func (p *subject) resources(s *resourceSettings) corev1.ResourceRequirements {
	for _, q := range s.bad {
		p.report(p.atSetting(finding.New(finding.SettingNotAQuantity, nil,
			"setting %s must be a quantity such as 500m or 1Gi, not %q", q.name, q.text), q.name))
	}
	return s.value
}

// configRead notes that the operator reads a key of its ConfigMap, and reports
// whether it can.
func (p *subject) configRead(key string) bool {
	faults := p.r.settings.values.ConfigFaults(key)
	for _, f := range faults {
		p.report(f)
	}
	return len(faults) == 0
}

// stringAt returns the text under a chain of keys of decoded JSON.
func stringAt(v any, keys ...string) string {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	s, _ := v.(string)
	return s
}
