package platform

import (
	"reflect"
	"slices"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// Input is a SeldonDeployment with the objects that it was rendered to.
type Input struct {
	// Deployment is what the user wrote; Locator finds its fields and may be nil. One
	// that has a method Has(*field.Path) bool tells what was set to false from what
	// was not set.
	Deployment *seldon.Deployment
	Locator    finding.Locator
	// Release is the version that it was rendered as.
	Release string
	Objects []manifest.Object
}

// parts is what rendered objects are changed by.
type parts interface {
	Parts() (labels, annotations *map[string]string, spec any)
	Predictor() (int, bool)
	Component() int
}

// application is the work on one SeldonDeployment.
type application struct {
	platform *Platform
	Input
	base target
	// predictors are those that Deployments were made for, by the Deployments' names,
	// which autoscalers and budgets share.
	predictors map[string]int
	// selected are the labels that something selects pods by, which must stay.
	selected map[string]bool
	// added are objects of rules.
	added    []manifest.Object
	findings finding.List
}

// Apply changes rendered objects by the rules that match and returns them, with
// those that rules add. Findings are about the SeldonDeployment; those about
// rules come from [Platform.Findings] at the end of a run.
func (p *Platform) Apply(in Input) ([]manifest.Object, finding.List) {
	if p == nil || len(in.Objects) == 0 {
		return in.Objects, nil
	}
	a := &application{
		platform: p, Input: in, predictors: map[string]int{}, selected: map[string]bool{},
		base: target{namespace: in.Objects[0].Namespace, release: in.Release, sd: in.Deployment},
	}
	a.survey()
	for _, o := range in.Objects {
		if v, ok := o.Value.(parts); ok {
			a.object(o, v)
		}
	}
	a.rewriteImages()
	return append(in.Objects, a.added...), a.findings
}

// survey looks for what rules must not change.
func (a *application) survey() {
	for _, o := range a.Objects {
		v, ok := o.Value.(parts)
		if !ok {
			continue
		}
		_, _, spec := v.Parts()
		switch spec := spec.(type) {
		case *appsv1.DeploymentSpec:
			if i, ok := v.Predictor(); ok {
				a.predictors[o.Name] = i
			}
			for key := range spec.Selector.MatchLabels {
				a.selected[key] = true
			}
		case *corev1.ServiceSpec:
			for key := range spec.Selector {
				a.selected[key] = true
			}
		}
	}
	a.selected[seldon.LabelDeploymentID] = true
}

// object applies the rules to one object.
func (a *application) object(o manifest.Object, v parts) {
	t := a.base
	index, known := v.Predictor()
	if !known {
		index, known = a.predictors[o.Name]
	}
	if known && index < len(a.Deployment.Spec.Predictors) {
		t.predictor = &a.Deployment.Spec.Predictors[index]
	}
	var lacking []string
	_, _, spec := v.Parts()
	switch spec := spec.(type) {
	case *appsv1.DeploymentSpec:
		d := &deployment{application: a, name: o.Name, component: v.Component(), spec: spec, target: t, parts: v}
		d.apply()
	case *corev1.ServiceSpec:
		lacking = a.merge(serviceRole, t, v, a.serviceSays(t))
	default:
		switch o.Kind {
		case "HorizontalPodAutoscaler":
			lacking = a.merge(autoscalerRole, t, v, a.autoscalerSays(t, o.Name))
		case "ScaledObject":
			lacking = a.merge(scaledObjectRole, t, v, a.scaledObjectSays(t, o.Name))
		case "PodDisruptionBudget":
			lacking = a.merge(budgetRole, t, v, a.budgetSays(t, o.Name))
		}
	}
	for _, name := range lacking {
		a.report(finding.New(finding.PlatformUnwritten, nil, "%s %s: %s has no spec.%s of the form that a rule gives it", o.Kind, o.Name, o.APIVersion, name).
			WithHint("let the rule not match it, or render for a newer Kubernetes").WithOption(finding.OptionKubeVersion))
	}
}

// matching yields the rules for a target that hold something.
func (a *application) matching(t target, has func(*compiledRule) bool) []*compiledRule {
	var rules []*compiledRule
	for _, r := range a.platform.rules {
		if has(r) && r.Match.matches(t, r.labels) {
			r.matched.Store(true)
			rules = append(rules, r)
		}
	}
	return rules
}

// fragments calls use for each fragment of a role that is for the target, in the
// order they are merged: defaults with what the user says, then what is enforced.
func (a *application) fragments(role role, t target, use func(f *fragment, defaults bool)) {
	for _, r := range a.matching(t, func(r *compiledRule) bool { return r.defaults[role] != nil }) {
		use(r.defaults[role], true)
	}
	rules := a.matching(t, func(r *compiledRule) bool { return r.enforce[role] != nil })
	a.platform.conflicts.look(role, rules)
	for _, r := range rules {
		use(r.enforce[role], false)
	}
}

// merge merges the fragments of a role into the metadata and spec of an object. It
// returns the fields that the spec lacks.
func (a *application) merge(role role, t target, v parts, user any) (lacking []string) {
	labels, annotations, spec := v.Parts()
	a.fragments(role, t, func(f *fragment, defaults bool) {
		says := said{}
		if defaults {
			says.value = reflect.ValueOf(user)
		}
		for _, part := range f.fields {
			inUser := says.field(part.name, part.index)
			if part.name == "metadata" {
				a.mergeMetadata(part.fragment, labels, annotations, inUser)
			} else {
				lacking = append(lacking, part.mergeInto(reflect.ValueOf(spec).Elem(), inUser)...)
			}
		}
	})
	return lacking
}

// mergeMetadata merges labels and annotations; labels that something selects by
// stay.
func (a *application) mergeMetadata(f *fragment, labels, annotations *map[string]string, user said) {
	kept := *labels
	meta := labelled{*labels, *annotations}
	f.merge(reflect.ValueOf(&meta).Elem(), user)
	for key := range a.selected {
		if value, ok := kept[key]; ok && meta.Labels[key] != value {
			meta.Labels[key] = value
		}
	}
	*labels, *annotations = meta.Labels, meta.Annotations
}

// mergeInto merges the fragment of a struct into a struct of another type that has
// fields of the same JSON names. It returns the fields to set that the other type
// lacks, or has in another form.
func (f *fragment) mergeInto(dst reflect.Value, user said) (lacking []string) {
	for _, part := range f.fields {
		inUser := user.field(part.name, part.index)
		field, ok := fieldNamed(dst.Type(), part.name)
		if !ok || field.Type != part.typ {
			if !inUser.isSet() {
				lacking = append(lacking, part.name)
			}
			continue
		}
		part.merge(dst.FieldByIndex(field.Index), inUser)
	}
	return lacking
}

// rewriteImages gives images the names that mirrors and locks of rules say.
func (a *application) rewriteImages() {
	for _, o := range a.Objects {
		if _, ok := o.Value.(interface{ PodSpec() *corev1.PodSpec }); !ok {
			continue
		}
		t := a.base
		if i, ok := a.predictors[o.Name]; ok {
			t.predictor = &a.Deployment.Spec.Predictors[i]
		}
		for _, r := range a.matching(t, func(r *compiledRule) bool { return len(r.Mirrors) > 0 || r.images.Lock != nil }) {
			for _, f := range r.images.Apply([]manifest.Object{o}) {
				a.report(f)
			}
		}
	}
}

// report adds a finding about the SeldonDeployment.
func (a *application) report(f finding.Finding) {
	f = f.LocatedBy(a.Locator)
	f.Object = finding.Object{APIVersion: a.Deployment.APIVersion, Kind: seldon.Kind, Namespace: a.base.namespace, Name: a.Deployment.Metadata.Name}
	if !slices.ContainsFunc(a.findings, func(g finding.Finding) bool { return g.Code == f.Code && g.Message == f.Message && g.Pos == f.Pos }) {
		a.findings = append(a.findings, f)
	}
}

// says returns an empty fragment where there is nothing to look at.
func (a *application) serviceSays(t target) serviceFragment {
	var says serviceFragment
	if t.predictor != nil {
		says.Metadata.Annotations = t.predictor.Annotations
	}
	return says
}

func (a *application) autoscalerSays(t target, name string) autoscalerFragment {
	var says autoscalerFragment
	if cs := a.component(t, name); cs != nil && cs.HPASpec != nil {
		says.Spec.MinReplicas, says.Spec.MaxReplicas = cs.HPASpec.MinReplicas, cs.HPASpec.MaxReplicas
		// Metrics are merged as a whole, so that it is enough to say that there are any.
		if n := len(cs.HPASpec.Metrics) + len(cs.HPASpec.MetricsV2); n > 0 {
			says.Spec.Metrics = make([]autoscalingv2.MetricSpec, n)
		}
	}
	return says
}

func (a *application) scaledObjectSays(t target, name string) scaledObjectFragment {
	var says scaledObjectFragment
	if cs := a.component(t, name); cs != nil && cs.KEDASpec != nil {
		says.Spec = *cs.KEDASpec
	}
	return says
}

func (a *application) budgetSays(t target, name string) budgetFragment {
	var says budgetFragment
	if cs := a.component(t, name); cs != nil && cs.PDBSpec != nil {
		says.Spec = budgetSize{cs.PDBSpec.MinAvailable, cs.PDBSpec.MaxUnavailable}
	}
	return says
}

// component returns the component spec of the Deployment of a name.
func (a *application) component(t target, name string) *seldon.ComponentSpec {
	for _, o := range a.Objects {
		if v, ok := o.Value.(parts); ok && o.Kind == "Deployment" && o.Name == name {
			return componentSpec(t, v.Component())
		}
	}
	return nil
}

func componentSpec(t target, index int) *seldon.ComponentSpec {
	if t.predictor == nil || index < 0 || index >= len(t.predictor.ComponentSpecs) {
		return nil
	}
	return t.predictor.ComponentSpecs[index]
}
