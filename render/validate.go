package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// validate reports everything that the operator's webhook refuses
// (docs/behaviour/core.md, 4; docs/behaviour/differences.md, 4). It looks at the
// object as written, before defaulting.
func (l *inspector) validate() {
	l.validateNames()
	l.validateKafka()
	l.validatePredictors()
	l.validateTransports()
	l.validateTraffic()
}

func (l *inspector) validateNames() {
	s := &l.sd.Spec
	if known := l.release.Validation.Protocols; s.Protocol != "" && !slices.Contains(known, s.Protocol) {
		hint := ""
		if meant := spelling.Nearest(s.Protocol, known); meant != "" {
			hint = "did you mean " + meant + "?"
		}
		if span, ok := releaseSpans().protocols[s.Protocol]; ok {
			hint = fmt.Sprintf("Seldon Core %s to %s have it: render for one of them", span.first, span.last)
		}
		l.tell(finding.InvalidProtocol, specPath.Child("protocol"), hint,
			"unknown protocol %q: Seldon Core %s supports %s", s.Protocol, l.release.Version, strings.Join(known, ", "))
	}
	if known := []string{"rest", "grpc"}; s.Transport != "" && !slices.Contains(known, s.Transport) {
		l.tell(finding.InvalidTransport, specPath.Child("transport"), meantOr(s.Transport, known), "unknown transport %q", s.Transport)
	}
	if known := []string{"rpc", "kafka"}; s.ServerType != "" && !slices.Contains(known, s.ServerType) {
		l.tell(finding.InvalidServerType, specPath.Child("serverType"), meantOr(s.ServerType, known), "unknown server type %q", s.ServerType)
	}
}

func (l *inspector) validateKafka() {
	if l.sd.Spec.ServerType != "kafka" {
		return
	}
	needed := []string{"KAFKA_BROKER", "KAFKA_INPUT_TOPIC", "KAFKA_OUTPUT_TOPIC"}
	for i := range l.sd.Spec.Predictors {
		n := 0
		for _, e := range l.sd.Spec.Predictors[i].SvcOrchSpec.Env {
			// Quirk (docs/behaviour/core.md, 4): repeated names count.
			if e != nil && slices.Contains(needed, e.Name) {
				n++
			}
		}
		if n < len(needed) {
			l.tell(finding.KafkaVariables, predictorPath(i).Child("svcOrchSpec", "env"), "",
				"serverType kafka requires the variables %s", strings.Join(needed, ", "))
		}
	}
}

func (l *inspector) validatePredictors() {
	preds := l.sd.Spec.Predictors
	if len(preds) == 0 {
		l.tell(finding.NoPredictors, predictorsPath, "add a predictor with a name and a graph", "no predictors")
	}
	if len(preds) == 1 && preds[0].Shadow {
		l.tell(finding.LoneShadow, predictorPath(0).Child("shadow"), "",
			"predictor %q is a shadow, but there is no predictor to shadow", preds[0].Name)
	}
	l.validateSvcNames()
	names := map[string]bool{}
	for i := range preds {
		pred, path := &preds[i], predictorPath(i)
		// Quirk (docs/behaviour/core.md, 4): the annotation counts whatever its value.
		if _, ok := pred.Annotations[seldon.AnnotationNoEngine]; ok && len(pred.Graph.Children) > 0 {
			l.tell(finding.NoEngineGraph, path.Child("annotations").Key(seldon.AnnotationNoEngine), "",
				"without orchestrator the graph must be a single unit, but unit %q has children", pred.Graph.Name)
		}
		if names[pred.Name] {
			l.tell(finding.DuplicatePredictor, path.Child("name"), "", "duplicate predictor name %q", pred.Name)
		}
		names[pred.Name] = true
		l.validatePods(pred, path)
		for unitPath, unit := range pred.Graph.Walk(graphPath(i)) {
			l.validateUnit(pred, unit, unitPath)
		}
	}
}

func (l *inspector) validateSvcNames() {
	if l.release.Validation.SvcNames != release.RefuseSameSvcName {
		return
	}
	seen := map[string]bool{}
	for i := range l.sd.Spec.Predictors {
		name, ok := l.sd.Spec.Predictors[i].Annotations[seldon.AnnotationSvcName]
		if ok && seen[name] {
			l.tell(finding.DuplicateSvcName, predictorPath(i).Child("annotations").Key(seldon.AnnotationSvcName), "",
				"duplicate Service name %q: another predictor has the same annotation", name)
		}
		seen[name] = seen[name] || ok
	}
}

func (l *inspector) validatePods(pred *seldon.Predictor, path *field.Path) {
	for j, cs := range pred.ComponentSpecs {
		if cs == nil {
			l.tell(finding.NullEntry, path.Child("componentSpecs").Index(j), "", "empty entry, on which the operator crashes")
		}
	}
	for i, e := range pred.SvcOrchSpec.Env {
		if e == nil {
			l.tell(finding.NullEntry, path.Child("svcOrchSpec", "env").Index(i), "", "empty entry, on which the operator crashes")
		}
	}
}

func (l *inspector) validateUnit(pred *seldon.Predictor, u *seldon.Unit, path *field.Path) {
	switch {
	case u.Prepackaged():
		l.validateServer(pred, u, path)
	case u.Implementation == nil || *u.Implementation == seldon.UnknownImplementation:
		l.validateOwnUnit(pred, u, path)
	}
	if u.Logger != nil && u.Logger.Mode == "" {
		l.tell(finding.LoggerMode, path.Child("logger", "mode"), "", "required: use all, request or response")
	}
}

func (l *inspector) validateOwnUnit(pred *seldon.Predictor, u *seldon.Unit, path *field.Path) {
	if c, _ := l.find(pred).Container(u.Name); c == nil {
		hint := ""
		if !l.full(finding.NoContainer, finding.Error) {
			hint = containerHint(pred)
		}
		l.tell(finding.NoContainer, path.Child("name"), hint,
			"unit %q has neither an implementation nor a container of the same name", u.Name)
	}
	noMethods := u.Methods == nil || len(*u.Methods) == 0
	switch {
	case u.Type == nil && l.release.Validation.UntypedUnit == release.RefuseUntypedUnit:
		l.tell(finding.UntypedUnit, path.Child("type"), "set it to MODEL, ROUTER, COMBINER, TRANSFORMER or OUTPUT_TRANSFORMER",
			"required: the operator of Seldon Core %s crashes on a custom unit without a type", l.release.Version)
	case u.Type != nil && *u.Type == seldon.UnknownType && noMethods:
		l.tell(finding.NoMethods, path.Child("type"), "",
			"unit %[2]q has type %[1]s and no methods: set another type, or list its methods", seldon.UnknownType, u.Name)
	}
}

// containerHint names the containers there are, for a unit that has none.
func containerHint(pred *seldon.Predictor) string {
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
		return "add a container of that name to componentSpecs"
	}
	if more := len(names) - maxNamed; more > 0 {
		return fmt.Sprintf("the containers are %s and %d more", strings.Join(names[:maxNamed], ", "), more)
	}
	return "the containers are " + strings.Join(names, ", ")
}

// maxNamed is how many names a hint lists.
const maxNamed = 50

func (l *inspector) validateServer(pred *seldon.Predictor, u *seldon.Unit, path *field.Path) {
	impl := *u.Implementation
	if u.ModelURI == "" && !slices.Contains(l.release.Validation.NoModelURI, impl) {
		l.tell(finding.ModelURIRequired, path.Child("modelUri"), "",
			"required for %s: set the model's URI, e.g. gs://bucket/path", impl)
	}
	if l.sd.Spec.Protocol == "tensorflow" && slices.Contains(l.release.Validation.NoTensorflow, impl) {
		l.tell(finding.NoTensorflowProtocol, path.Child("implementation"), "",
			"%s does not support protocol tensorflow", impl)
	}
	c, _ := l.find(pred).Container(u.Name)
	if c != nil && c.Image != "" {
		return
	}
	if !l.configRead("predictor_servers") {
		return
	}
	// The webhook asks the ConfigMap only, whatever RELATED_IMAGE variables say.
	if servers, _ := l.r.settings.values.Config("predictor_servers"); !hasKey(servers, impl) {
		hint := ""
		if !l.full(finding.UnknownServer, finding.Error) {
			hint = knownServers(servers, impl)
		}
		l.tell(finding.UnknownServer, path.Child("implementation"), hint,
			"unknown model server %s: predictor_servers in the values has no entry for it", impl)
	}
}

func (l *inspector) validateTransports() {
	var types []string
	var first *field.Path
	for i := range l.sd.Spec.Predictors {
		for path, u := range l.sd.Spec.Predictors[i].Graph.Walk(graphPath(i)) {
			if u.Endpoint == nil || u.Endpoint.Type == "" || slices.Contains(types, u.Endpoint.Type) {
				continue
			}
			types = append(types, u.Endpoint.Type)
			first = path.Child("endpoint", "type")
		}
	}
	transport := l.sd.Spec.Transport
	switch {
	case len(types) > 1:
		l.tell(finding.EndpointTypes, first, "remove them and set spec.transport",
			"all units must have the same endpoint type, but they have %s", strings.Join(types, ", "))
	case len(types) == 1 && (types[0] == "REST" && transport == "grpc" || types[0] == "GRPC" && transport == "rest"):
		l.tell(finding.MixedTransport, first, "remove endpoint.type",
			"endpoint type %s conflicts with spec.transport %q", types[0], transport)
	}
}

func (l *inspector) validateTraffic() {
	preds := l.sd.Spec.Predictors
	liveOnly := l.release.Validation.Traffic == release.SumLiveTraffic
	var sum, live int
	shadowed := false
	for i := range preds {
		pred, path := &preds[i], predictorPath(i)
		if pred.Shadow {
			if shadowed {
				l.tell(finding.SeveralShadows, path.Child("shadow"), "", "predictor %q is a second shadow; at most one is allowed", pred.Name)
			}
			shadowed = true
			if liveOnly && (pred.Traffic < 0 || pred.Traffic > 100) {
				l.tell(finding.ShadowTraffic, path.Child("traffic"), "", "a shadow's traffic must be between 0 and 100, not %d", pred.Traffic)
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
		l.tell(finding.TrafficSum, predictorsPath, "",
			"the traffic of the predictors must add up to 100, not %d", sum)
	case len(preds) == 1 && sum > 0 && sum < 100:
		l.tell(finding.SingleTraffic, predictorPath(0).Child("traffic"), "remove it, or set it to 100",
			"the traffic of a single predictor must be 100, not %d", sum)
	}
}

func hasKey(v any, key string) bool {
	m, _ := v.(map[string]any)
	entry, ok := m[key]
	return ok && entry != nil
}

// knownServers is a hint for a server that is not among those of the values.
func knownServers(v any, impl string) string {
	m, _ := v.(map[string]any)
	names := slices.Sorted(maps.Keys(m))
	if meant := cmp.Or(spelling.Nearest(impl, names), spelling.Nearest(impl+"_SERVER", names)); meant != "" {
		return "did you mean " + meant + "?"
	}
	if span, ok := releaseSpans().servers[impl]; ok {
		return fmt.Sprintf("Seldon Core %s to %s have it: render for one of them, or add it to predictor_servers", span.first, span.last)
	}
	if len(names) == 0 {
		return "add it there"
	}
	return "the values have " + strings.Join(names, ", ")
}

// span is from one release to another.
type span struct{ first, last string }

// spans are the releases that have a protocol, and those whose chart has a model
// server, by their names.
type spans struct{ protocols, servers map[string]span }

// releaseSpans reads all releases. It does so once: there are many.
var releaseSpans = sync.OnceValue(func() spans {
	all := spans{map[string]span{}, map[string]span{}}
	for _, rel := range release.All() {
		add := func(to map[string]span, name string) {
			to[name] = span{cmp.Or(to[name].first, rel.Version), rel.Version}
		}
		for _, protocol := range rel.Validation.Protocols {
			add(all.protocols, protocol)
		}
		for _, v := range rel.Values {
			if key, ok := strings.CutPrefix(v.Key, "predictor_servers."); ok {
				name, _, _ := strings.Cut(key, ".")
				add(all.servers, name)
			}
		}
	}
	return all
})
