package render

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// validate reports everything that the operator's webhook refuses
// (docs/behaviour/core.md, 4; docs/behaviour/differences.md, 4). It looks at the
// object as written, before defaulting.
func (p *plan) validate() {
	spec := field.NewPath("spec")
	p.validateNames(spec)
	p.validateKafka(spec)
	p.validatePredictors(spec)
	p.validateTransports(spec)
	p.validateTraffic(spec)
}

func (p *plan) fail(code finding.Code, path *field.Path, hint, format string, args ...any) {
	f := finding.New(code, path, format, args...)
	f.Hint = hint
	p.report(f)
}

func (p *plan) validateNames(spec *field.Path) {
	s := &p.sd.Spec
	if known := p.release.Validation.Protocols; s.Protocol != "" && !slices.Contains(known, s.Protocol) {
		p.fail(finding.InvalidProtocol, spec.Child("protocol"), "",
			"unknown protocol %q: Seldon Core %s has %s", s.Protocol, p.release.Version, strings.Join(known, ", "))
	}
	if s.Transport != "" && s.Transport != "rest" && s.Transport != "grpc" {
		p.fail(finding.InvalidTransport, spec.Child("transport"), "", "unknown transport %q: use rest or grpc", s.Transport)
	}
	if s.ServerType != "" && s.ServerType != "rpc" && s.ServerType != "kafka" {
		p.fail(finding.InvalidServerType, spec.Child("serverType"), "", "unknown server type %q: use rpc or kafka", s.ServerType)
	}
}

func (p *plan) validateKafka(spec *field.Path) {
	if p.sd.Spec.ServerType != "kafka" {
		return
	}
	needed := []string{"KAFKA_BROKER", "KAFKA_INPUT_TOPIC", "KAFKA_OUTPUT_TOPIC"}
	for i := range p.sd.Spec.Predictors {
		n := 0
		for _, e := range p.sd.Spec.Predictors[i].SvcOrchSpec.Env {
			// Quirk (docs/behaviour/core.md, 4): repeated names count.
			if slices.Contains(needed, e.Name) {
				n++
			}
		}
		if n < len(needed) {
			p.fail(finding.KafkaVariables, spec.Child("predictors").Index(i).Child("svcOrchSpec", "env"), "",
				"serverType kafka needs the variables %s", strings.Join(needed, ", "))
		}
	}
}

func (p *plan) validatePredictors(spec *field.Path) {
	preds := p.sd.Spec.Predictors
	if len(preds) == 0 {
		p.fail(finding.NoPredictors, spec.Child("predictors"), "add a predictor with a name and a graph", "no predictors")
	}
	if len(preds) == 1 && preds[0].Shadow {
		p.fail(finding.LoneShadow, spec.Child("predictors").Index(0).Child("shadow"), "",
			"predictor %q is a shadow and there is no other to shadow", preds[0].Name)
	}
	p.validateSvcNames(spec)
	names := map[string]bool{}
	for i := range preds {
		pred, path := &preds[i], spec.Child("predictors").Index(i)
		// Quirk (docs/behaviour/core.md, 4): the annotation counts whatever its value.
		if _, ok := pred.Annotations[seldon.AnnotationNoEngine]; ok && len(pred.Graph.Children) > 0 {
			p.fail(finding.NoEngineGraph, path.Child("annotations").Key(seldon.AnnotationNoEngine), "",
				"without orchestrator the graph can have one unit only, and %q has children", pred.Graph.Name)
		}
		if names[pred.Name] {
			p.fail(finding.DuplicatePredictor, path.Child("name"), "", "there is another predictor named %q", pred.Name)
		}
		names[pred.Name] = true
		p.validatePods(pred, path)
		for unitPath, unit := range pred.Graph.Walk(path.Child("graph")) {
			p.validateUnit(pred, unit, unitPath)
		}
	}
}

func (p *plan) validateSvcNames(spec *field.Path) {
	if p.release.Validation.SvcNames != release.RefuseSameSvcName {
		return
	}
	seen := map[string]bool{}
	for i := range p.sd.Spec.Predictors {
		name, ok := p.sd.Spec.Predictors[i].Annotations[seldon.AnnotationSvcName]
		if ok && seen[name] {
			p.fail(finding.DuplicateSvcName, spec.Child("predictors").Index(i).Child("annotations").Key(seldon.AnnotationSvcName), "",
				"another predictor has the Service name %q too", name)
		}
		seen[name] = seen[name] || ok
	}
}

func (p *plan) validatePods(pred *seldon.Predictor, path *field.Path) {
	for j, cs := range pred.ComponentSpecs {
		if cs == nil {
			p.fail(finding.NullComponentSpec, path.Child("componentSpecs").Index(j), "", "empty entry: the operator crashes on it")
		}
	}
}

func (p *plan) validateUnit(pred *seldon.Predictor, u *seldon.Unit, path *field.Path) {
	switch {
	case u.Prepackaged():
		p.validateServer(pred, u, path)
	case u.Implementation == nil || *u.Implementation == seldon.UnknownImplementation:
		p.validateOwnUnit(pred, u, path)
	}
	if u.Logger != nil && u.Logger.Mode == "" {
		p.fail(finding.LoggerMode, path.Child("logger", "mode"), "", "missing: use all, request or response")
	}
}

func (p *plan) validateOwnUnit(pred *seldon.Predictor, u *seldon.Unit, path *field.Path) {
	if c, _ := pred.Container(u.Name); c == nil {
		p.fail(finding.NoContainer, path.Child("name"), p.containerHint(pred),
			"unit %q has neither an implementation nor a container of its name", u.Name)
	}
	noMethods := u.Methods == nil || len(*u.Methods) == 0
	switch {
	case u.Type == nil && p.release.Validation.UntypedUnit == release.RefuseUntypedUnit:
		p.fail(finding.UntypedUnit, path.Child("type"), "set it to MODEL, ROUTER, COMBINER, TRANSFORMER or OUTPUT_TRANSFORMER",
			"missing: the operator of Seldon Core %s crashes on a unit of your own without type", p.release.Version)
	case u.Type != nil && *u.Type == seldon.UnknownType && noMethods:
		p.fail(finding.NoMethods, path.Child("type"), "",
			"type %s says nothing about unit %q: name a known type, or list its methods", seldon.UnknownType, u.Name)
	}
}

// containerHint names the containers there are, for a unit that has none.
func (p *plan) containerHint(pred *seldon.Predictor) string {
	var names []string
	for _, cs := range pred.ComponentSpecs {
		if cs == nil {
			continue
		}
		for k := range cs.Spec.Containers {
			names = append(names, cs.Spec.Containers[k].Name)
		}
	}
	if len(names) == 0 {
		return "add a container of that name under componentSpecs"
	}
	return "the containers are named " + strings.Join(names, ", ")
}

func (p *plan) validateServer(pred *seldon.Predictor, u *seldon.Unit, path *field.Path) {
	impl := *u.Implementation
	if u.ModelURI == "" && !slices.Contains(p.release.Validation.NoModelURI, impl) {
		p.fail(finding.ModelURIRequired, path.Child("modelUri"), "",
			"required for %s: give the model's URI, e.g. gs://bucket/path", impl)
	}
	if p.sd.Spec.Protocol == "tensorflow" && slices.Contains(p.release.Validation.NoTensorflow, impl) {
		p.fail(finding.NoTensorflowProtocol, path.Child("implementation"), "",
			"%s does not speak the tensorflow protocol", impl)
	}
	c, _ := pred.Container(u.Name)
	if c != nil && c.Image != "" {
		return
	}
	if !p.configRead("predictor_servers") {
		return
	}
	// The webhook asks the ConfigMap only, whatever RELATED_IMAGE variables say.
	if servers, _ := p.r.settings.values.Config("predictor_servers"); !hasKey(servers, impl) {
		p.fail(finding.UnknownServer, path.Child("implementation"), knownServers(servers),
			"no entry for %s under predictor_servers in the values", impl)
	}
}

func (p *plan) validateTransports(spec *field.Path) {
	var types []string
	var first *field.Path
	for i := range p.sd.Spec.Predictors {
		for path, u := range p.sd.Spec.Predictors[i].Graph.Walk(spec.Child("predictors").Index(i).Child("graph")) {
			if u.Endpoint == nil || u.Endpoint.Type == "" || slices.Contains(types, u.Endpoint.Type) {
				continue
			}
			types = append(types, u.Endpoint.Type)
			first = path.Child("endpoint", "type")
		}
	}
	transport := p.sd.Spec.Transport
	switch {
	case len(types) > 1:
		p.fail(finding.EndpointTypes, first, "remove them and set spec.transport",
			"all units must be called in the same way, and the endpoint types are %s", strings.Join(types, ", "))
	case len(types) == 1 && (types[0] == "REST" && transport != "" && transport != "rest" ||
		types[0] == "GRPC" && transport != "" && transport != "grpc"):
		p.fail(finding.MixedTransport, first, "remove endpoint.type",
			"endpoint type %s contradicts spec.transport %q", types[0], transport)
	}
}

func (p *plan) validateTraffic(spec *field.Path) {
	preds := p.sd.Spec.Predictors
	liveOnly := p.release.Validation.Traffic == release.SumLiveTraffic
	var sum, live int
	shadowed := false
	for i := range preds {
		pred, path := &preds[i], spec.Child("predictors").Index(i)
		if pred.Shadow {
			if shadowed {
				p.fail(finding.SeveralShadows, path.Child("shadow"), "", "predictor %q is a second shadow: there can be one only", pred.Name)
			}
			shadowed = true
			if liveOnly && (pred.Traffic < 0 || pred.Traffic > 100) {
				p.fail(finding.ShadowTraffic, path.Child("traffic"), "", "a shadow's traffic is a percentage from 0 to 100, not %d", pred.Traffic)
			}
		} else {
			live++
		}
		if !pred.Shadow || !liveOnly {
			sum += int(pred.Traffic)
		}
	}
	switch {
	case live > 1 && sum != 100:
		p.fail(finding.TrafficSum, spec.Child("predictors"), "",
			"the traffic of the predictors must add up to 100, not %d", sum)
	case len(preds) == 1 && sum > 0 && sum < 100:
		p.fail(finding.SingleTraffic, spec.Child("predictors").Index(0).Child("traffic"), "remove it, or set it to 100",
			"a single predictor cannot have %d %% of the traffic", sum)
	}
}

func hasKey(v any, key string) bool {
	m, _ := v.(map[string]any)
	entry, ok := m[key]
	return ok && entry != nil
}

func knownServers(v any) string {
	m, _ := v.(map[string]any)
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return "the values know " + strings.Join(names, ", ")
}
