package platform

import (
	"encoding/json"
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
)

// role is what a fragment is merged into.
type role int

const (
	podRole role = iota
	initializerRole
	orchestratorRole
	serverRole
	explainerRole
	deploymentRole
	serviceRole
	autoscalerRole
	scaledObjectRole
	budgetRole
	roles
)

// roleTypes are the types of fragments by their role.
func roleTypes() [roles]struct {
	name string
	typ  reflect.Type
} {
	container := reflect.TypeFor[corev1.Container]()
	return [roles]struct {
		name string
		typ  reflect.Type
	}{
		podRole:          {"pod", reflect.TypeFor[podFragment]()},
		initializerRole:  {"initializer", container},
		orchestratorRole: {"orchestrator", container},
		serverRole:       {"server", container},
		explainerRole:    {"explainer", container},
		deploymentRole:   {"deployment", reflect.TypeFor[deploymentFragment]()},
		serviceRole:      {"service", reflect.TypeFor[serviceFragment]()},
		autoscalerRole:   {"autoscaler", reflect.TypeFor[autoscalerFragment]()},
		scaledObjectRole: {"scaledObject", reflect.TypeFor[scaledObjectFragment]()},
		budgetRole:       {"budget", reflect.TypeFor[budgetFragment]()},
	}
}

// Platform is the rules of all platform files of a run, in their order. It is safe
// for concurrent use.
type Platform struct {
	rules []*compiledRule
	// incomplete says that a SeldonDeployment could not be rendered, so that nobody
	// knows which rules would match it.
	incomplete atomic.Bool
	conflicts  conflicts
}

// compiledRule is a rule that is ready to be applied.
type compiledRule struct {
	rule
	path    *field.Path
	locator finding.Locator
	labels  labels.Selector
	images  images.Rewriter
	// defaults and enforce are nil where the rule has no fragment for a role.
	defaults, enforce [roles]*fragment
	matched           atomic.Bool
}

// report returns a finding about a field of the rule.
func (r *compiledRule) report(code finding.Code, at *field.Path, format string, args ...any) finding.Finding {
	return finding.New(code, at, format, args...).LocatedBy(r.locator)
}

// title names the rule in messages.
func (r *compiledRule) title() string {
	if r.Name != "" {
		return fmt.Sprintf("rule %q", r.Name)
	}
	return "the rule at " + r.locator.Locate(r.path).String()
}

// Read adds the rules of a platform file, which may hold several documents. With
// an error among the findings nothing is added of the document it is in.
func (p *Platform) Read(name string, data []byte) finding.List {
	docs, findings := source.All(name, data)
	decoder := source.NewDecoder(release.Default(), source.Strict)
	for _, doc := range docs {
		findings = append(findings, p.add(decoder, doc)...)
	}
	return findings
}

func (p *Platform) add(decoder *source.Decoder, doc *source.Document) finding.List {
	if doc.APIVersion != APIVersion || doc.Kind != Kind {
		return finding.List{finding.New(finding.BadPlatform, nil, "expected a %s of %s", Kind, APIVersion).
			WithHint("docs/platform.md has examples").At(doc.Start())}
	}
	var in file
	// A fragment need not have what the whole object needs.
	findings := slices.DeleteFunc(decoder.Into(doc, &in), func(f finding.Finding) bool { return f.Code == finding.MissingField })
	if findings.HasErrors() {
		return findings
	}
	data, more := doc.JSON()
	if findings = append(findings, more...); findings.HasErrors() {
		return findings
	}
	// The values of fields are known to be right; what is missing in the types is
	// whether a field was given.
	var raw struct {
		Spec struct {
			Rules []struct{ Defaults, Enforce map[string]json.RawMessage }
		}
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return append(findings, finding.New(finding.BadPlatform, nil, "%v", err).At(doc.Start()))
	}
	var rules []*compiledRule
	for i := range in.Spec.Rules {
		r := &compiledRule{rule: in.Spec.Rules[i], path: field.NewPath("spec", "rules").Index(i), locator: doc}
		findings = append(findings, r.check()...)
		findings = append(findings, r.compile(raw.Spec.Rules[i].Defaults, raw.Spec.Rules[i].Enforce)...)
		rules = append(rules, r)
	}
	if !findings.HasErrors() {
		p.rules = append(p.rules, rules...)
	}
	return findings
}

func (r *compiledRule) compile(defaults, enforce map[string]json.RawMessage) finding.List {
	var findings finding.List
	for i, role := range roleTypes() {
		for _, part := range []struct {
			name string
			raw  map[string]json.RawMessage
			into *[roles]*fragment
		}{{"defaults", defaults, &r.defaults}, {"enforce", enforce, &r.enforce}} {
			raw, ok := part.raw[role.name]
			if !ok || string(raw) == "null" {
				continue
			}
			f, err := compile(raw, role.typ)
			if err != nil {
				findings = append(findings, r.report(finding.BadPlatform, r.path.Child(part.name, role.name), "%v", err))
				continue
			}
			part.into[i] = f
		}
	}
	return append(findings, r.compileShorthands()...)
}

// compileShorthands makes fragments of what is given in a line, and reads the
// rest of the rule.
func (r *compiledRule) compileShorthands() finding.List {
	var findings finding.List
	for _, patterns := range []struct {
		name string
		list []string
	}{{"namespaces", r.Match.Namespaces}, {"names", r.Match.Names}} {
		for i, pattern := range patterns.list {
			if _, err := path.Match(pattern, ""); err != nil {
				findings = append(findings, r.report(finding.BadPlatform, r.path.Child("match", patterns.name).Index(i), "invalid pattern %q", pattern))
			}
		}
	}
	for i, name := range r.Match.Releases {
		if _, err := release.Lookup(strings.TrimPrefix(name, "v")); err != nil {
			findings = append(findings, r.report(finding.BadPlatform, r.path.Child("match", "releases").Index(i), "%v", err))
		}
	}
	var err error
	if r.labels, err = metav1.LabelSelectorAsSelector(r.Match.Labels); err != nil {
		findings = append(findings, r.report(finding.BadPlatform, r.path.Child("match", "labels"), "%v", err))
	}
	if r.Match.Labels == nil {
		r.labels = labels.Everything()
	}
	if r.images.Mirrors, err = images.ParseMirrors(r.Mirrors); err != nil {
		findings = append(findings, r.report(finding.BadPlatform, r.path.Child("mirrors"), "%v", err))
	}
	if len(r.Lock) > 0 {
		data, err := json.Marshal(r.Lock)
		if err != nil {
			return append(findings, r.report(finding.BadPlatform, r.path.Child("lock"), "%v", err))
		}
		lock, faults := images.ReadLock("", data)
		for _, f := range faults {
			findings = append(findings, f.At(r.locator.Locate(r.path.Child("lock"))))
		}
		r.images.Lock = lock
	}
	return findings
}
