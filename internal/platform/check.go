package platform

import (
	"reflect"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// check reports what Kubernetes would refuse of a rule, and what rules may not
// set.
func (r *compiledRule) check() finding.List {
	c := &checker{rule: r}
	for _, part := range []struct {
		name string
		f    *fragments
	}{{"defaults", &r.Defaults}, {"enforce", &r.Enforce}} {
		at := r.path.Child(part.name)
		c.value(at, reflect.ValueOf(part.f).Elem())
		c.reserved(at, part.f)
	}
	c.shorthands()
	return c.findings
}

type checker struct {
	rule     *compiledRule
	findings finding.List
}

func (c *checker) fail(at *field.Path, format string, args ...any) {
	c.findings = append(c.findings, c.rule.report(finding.BadPlatform, at, format, args...))
}

// words are the values that a type of text may have.
func words() map[reflect.Type][]string {
	return map[reflect.Type][]string{
		reflect.TypeFor[corev1.PullPolicy]():                    {"Always", "IfNotPresent", "Never"},
		reflect.TypeFor[corev1.TerminationMessagePolicy]():      {"File", "FallbackToLogsOnError"},
		reflect.TypeFor[corev1.RestartPolicy]():                 {"Always"},
		reflect.TypeFor[corev1.ContainerRestartPolicy]():        {"Always"},
		reflect.TypeFor[corev1.DNSPolicy]():                     {"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"},
		reflect.TypeFor[corev1.SeccompProfileType]():            {"RuntimeDefault", "Localhost", "Unconfined"},
		reflect.TypeFor[corev1.AppArmorProfileType]():           {"RuntimeDefault", "Localhost", "Unconfined"},
		reflect.TypeFor[corev1.TaintEffect]():                   {"NoSchedule", "PreferNoSchedule", "NoExecute"},
		reflect.TypeFor[corev1.TolerationOperator]():            {"Equal", "Exists"},
		reflect.TypeFor[corev1.UnsatisfiableConstraintAction](): {"DoNotSchedule", "ScheduleAnyway"},
		reflect.TypeFor[corev1.Protocol]():                      {"TCP", "UDP", "SCTP"},
		reflect.TypeFor[corev1.URIScheme]():                     {"HTTP", "HTTPS"},
		reflect.TypeFor[corev1.ServiceType]():                   {"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"},
		reflect.TypeFor[appsv1.DeploymentStrategyType]():        {"Recreate", "RollingUpdate"},
		reflect.TypeFor[autoscalingv2.ScalingPolicySelect]():    {"Max", "Min", "Disabled"},
		reflect.TypeFor[autoscalingv2.HPAScalingPolicyType]():   {"Pods", "Percent"},
		reflect.TypeFor[autoscalingv2.MetricSourceType]():       {"ContainerResource", "External", "Object", "Pods", "Resource"},
		reflect.TypeFor[autoscalingv2.MetricTargetType]():       {"AverageValue", "Utilization", "Value"},
	}
}

// value checks a value and all below it.
func (c *checker) value(at *field.Path, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			c.value(at, v.Elem())
		}
	case reflect.Struct:
		c.structure(at, v)
	case reflect.Map:
		for _, key := range sortedKeys(v) {
			c.value(at.Key(key.String()), v.MapIndex(key))
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.value(at.Index(i), v.Index(i))
		}
	case reflect.Int, reflect.Int32, reflect.Int64:
		// Only priorities may be negative.
		if v.Int() < 0 && !strings.HasSuffix(at.String(), ".priority") {
			c.fail(at, "must not be negative, got %d", v.Int())
		}
	case reflect.String:
		if known := words()[v.Type()]; known != nil && v.Len() > 0 && !slices.Contains(known, v.String()) {
			c.fail(at, "unknown value %q; expected %s", v.String(), strings.Join(known, ", "))
		}
	}
}

func sortedKeys(v reflect.Value) []reflect.Value {
	return slices.SortedFunc(slices.Values(v.MapKeys()), func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
}

func (c *checker) structure(at *field.Path, v reflect.Value) {
	switch x := v.Interface().(type) {
	case resource.Quantity:
		if x.Sign() < 0 {
			c.fail(at, "must not be negative, got %s", x.String())
		}
		return
	case labelled:
		c.metadata(at, x)
		return
	case corev1.ResourceRequirements:
		for name, request := range x.Requests {
			if limit, ok := x.Limits[name]; ok && request.Cmp(limit) > 0 {
				c.fail(at.Child("requests").Key(string(name)), "must not be more than the limit, %s", limit.String())
			}
		}
	}
	var given []string
	members := unionOf(v.Type())
	for _, f := range reflect.VisibleFields(v.Type()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || !f.IsExported() || name == "" {
			continue
		}
		inner := v.FieldByIndex(f.Index)
		if slices.Contains(members, name) && isSet(inner) {
			given = append(given, name)
		}
		c.value(at.Child(name), inner)
	}
	if len(given) > 1 {
		c.fail(at, "only one of %s can be set", strings.Join(given, ", "))
	}
}

func (c *checker) metadata(at *field.Path, m labelled) {
	for key, value := range m.Labels {
		for _, fault := range slices.Concat(validation.IsQualifiedName(key), validation.IsValidLabelValue(value)) {
			c.fail(at.Child("labels").Key(key), "invalid label: %s", fault)
		}
	}
	for key := range m.Annotations {
		for _, fault := range validation.IsQualifiedName(strings.ToLower(key)) {
			c.fail(at.Child("annotations").Key(key), "invalid annotation: %s", fault)
		}
	}
}

// reserved reports fields that make an object what it is.
func (c *checker) reserved(at *field.Path, f *fragments) {
	deny := func(set bool, at *field.Path, why string) {
		if set {
			c.fail(at, "cannot be set by a rule: %s", why)
		}
	}
	for _, container := range []struct {
		name string
		c    *corev1.Container
	}{{"initializer", f.Initializer}, {"orchestrator", f.Orchestrator}, {"server", f.Server}, {"explainer", f.Explainer}} {
		deny(container.c != nil && container.c.Name != "", at.Child(container.name, "name"), "the operator names containers")
	}
	if f.Deployment != nil {
		spec := at.Child("deployment", "spec")
		deny(f.Deployment.Spec.Selector != nil, spec.Child("selector"), "Services find pods by it")
		deny(!reflect.ValueOf(f.Deployment.Spec.Template).IsZero(), spec.Child("template"), "use pod")
	}
	if f.Service != nil {
		deny(f.Service.Spec.Selector != nil, at.Child("service", "spec", "selector"), "it finds the pods")
	}
	if f.Autoscaler != nil {
		deny(f.Autoscaler.Spec.ScaleTargetRef != autoscalingv2.CrossVersionObjectReference{}, at.Child("autoscaler", "spec", "scaleTargetRef"), "it is the Deployment")
	}
	if f.Budget != nil {
		deny(f.Budget.Spec.MinAvailable != nil && f.Budget.Spec.MaxUnavailable != nil, at.Child("budget", "spec"), "only one of minAvailable and maxUnavailable can be set")
	}
}

func (c *checker) shorthands() {
	r := c.rule
	if !slices.Contains([]string{"", restricted, baseline}, r.PodSecurity) {
		c.fail(r.path.Child("podSecurity"), "unknown standard %q; expected %s or %s", r.PodSecurity, restricted, baseline)
	}
	if b := r.CABundle; b != nil && (b.ConfigMap == "") == (b.Secret == "") {
		c.fail(r.path.Child("caBundle"), "expected either configMap or secret")
	}
	if b := r.Budget; b != nil {
		c.value(r.path.Child("budget"), reflect.ValueOf(*b))
		if b.MinAvailable != nil && b.MaxUnavailable != nil {
			c.fail(r.path.Child("budget"), "only one of minAvailable and maxUnavailable can be set")
		}
	}
	if s := r.TopologySpread; s != nil {
		c.value(r.path.Child("topologySpread"), reflect.ValueOf(*s))
	}
	for i, name := range r.ImagePullSecrets {
		if faults := validation.IsDNS1123Subdomain(name); len(faults) > 0 {
			c.fail(r.path.Child("imagePullSecrets").Index(i), "invalid name %q: %s", name, faults[0])
		}
	}
	if r.isEmpty() {
		c.fail(r.path, "the rule gives nothing")
	}
}

func (r *compiledRule) isEmpty() bool {
	return r.Defaults == (fragments{}) && r.Enforce == (fragments{}) && !r.hasShorthand() && len(r.Mirrors) == 0 && len(r.Lock) == 0
}
