package values

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
)

// openMaps are chart keys under which anything goes: they shape the manager's
// own objects or are Helm's, and change nothing that is rendered.
func openMaps() []string {
	return []string{
		"certManager", "crd", "fullnameOverride", "global", "image", "manager", "metrics",
		"nameOverride", "rbac", "serviceAccount", "usageMetrics", "webhook",
	}
}

// hiddenKeys are read although no chart's values.yaml has them.
func hiddenKeys() []string {
	return []string{"credentials.s3.s3Endpoint", "credentials.s3.s3UseHttps"}
}

// misprint is a key as the public documentation once has it, and the key that
// is meant.
const (
	misprint      = "executor.defaultEnvSecretRefName"
	misprintMeant = "predictiveUnit.defaultEnvSecretRefName"
)

// unreadKey is a key of release 1.7.0's chart that its operator never reads.
const unreadKey = "predictiveUnit.port"

// suggestions is for how many unknown keys a run looks for what was meant.
const suggestions = 100

// checkKeys reports keys of the user's that nobody reads.
func (l *loader) checkKeys() {
	c := keyCheck{loader: l}
	if kind, version := l.user.at("kind"), l.user.at("apiVersion"); kind != nil && version != nil {
		l.findings = append(l.findings, finding.New(finding.ValuesIsManifest, nil, "a Kubernetes object, not values of a chart").
			At(version.origin.Pos).WithHint("name it as an input, and a file with values here"))
		return
	}
	c.walk(l.user, l.defaults, nil)
	c.checkOwn()
	e, usual := l.user.at(unreadKey), l.defaults.at(unreadKey)
	if e != nil && usual != nil && e.scalar != usual.scalar {
		l.findings = append(l.findings, finding.New(finding.ValuesKeyWithoutEffect, field.NewPath("predictiveUnit", "port"),
			"has no effect: the operator of Seldon Core %s reads PREDICTIVE_UNIT_HTTP_SERVICE_PORT, the chart writes PREDICTIVE_UNIT_SERVICE_PORT", l.release.Version).
			At(e.origin.Pos).WithHint("set seldonctl.operator.PREDICTIVE_UNIT_HTTP_SERVICE_PORT to change the first port"))
	}
}

// keyCheck is one walk over the user's keys.
type keyCheck struct {
	*loader
	asked int
	// What follows is made for the first key that is unknown.
	candidates []string
	others     []chart
	byKey      map[string]chart
}

// chart is what another release's chart knows.
type chart struct {
	release  *release.Release
	defaults *entry
}

func (c *keyCheck) walk(user, known *entry, segments []string) {
	for _, key := range slices.Sorted(maps.Keys(user.fields)) {
		e := user.fields[key]
		path := append(slices.Clone(segments), key)
		dotted := strings.Join(path, ".")
		inside, ok := known.fields[key]
		switch {
		case dotted == ownSection:
		case slices.Contains(openMaps(), dotted):
			c.walkOpen(e, inside, path)
		case dotted == "predictor_servers":
			c.walkServers(e)
		case ok:
			if inside.isMap() {
				c.walk(e, inside, path)
			} else {
				c.checkSwitch(e, inside, path)
			}
		case slices.Contains(hiddenKeys(), dotted):
		default:
			c.unknown(e, path)
		}
	}
}

// checkSwitch looks for text where the chart has true or false: the operator takes
// any text but true for false.
func (c *keyCheck) checkSwitch(e, known *entry, path []string) {
	_, isSwitch := known.scalar.(bool)
	if text, ok := e.scalar.(string); ok && isSwitch && text != "true" && text != "false" {
		c.findings = append(c.findings, finding.New(finding.ValuesNotASwitch, keyPath(path), "expected true or false, found text").At(e.origin.Pos).
			WithHint("write true or false, without quotes"))
		return
	}
	c.checkText(e, path)
}

// checkText looks for what must be a slip in a text, as in manifests.
func (c *keyCheck) checkText(e *entry, path []string) {
	text, _ := e.scalar.(string)
	if bare := spelling.Unquoted(text); bare != "" {
		c.findings = append(c.findings, finding.New(finding.TypographicQuote, keyPath(path), "typographic quotes, which are part of the value").
			At(e.origin.Pos).WithHint("write %q", bare))
	} else if hint := spelling.ReplaceFirst(text); hint != "" {
		c.findings = append(c.findings, finding.New(finding.Placeholder, keyPath(path), "nothing replaces the variable, template or placeholder in the value").
			At(e.origin.Pos).WithHint("%s", hint))
	}
}

// walkOpen looks under an open map only for keys that another release renders.
func (c *keyCheck) walkOpen(user, known *entry, segments []string) {
	for _, key := range slices.Sorted(maps.Keys(user.fields)) {
		path := append(slices.Clone(segments), key)
		if known.isMap() && known.fields[key] != nil {
			continue
		}
		if other, ok := c.chartsByKey()[strings.Join(path, ".")]; ok {
			c.ofOther(user.fields[key], path, other)
		}
	}
}

// walkServers knows the names inside a model server; servers and protocols have
// any name.
func (c *keyCheck) walkServers(servers *entry) {
	for _, name := range slices.Sorted(maps.Keys(servers.fields)) {
		path := []string{"predictor_servers", name}
		for _, key := range slices.Sorted(maps.Keys(servers.fields[name].fields)) {
			if key != "protocols" {
				c.unknownOf(servers.fields[name].fields[key], append(slices.Clone(path), key), []string{"protocols"})
			}
		}
		protocols := servers.fields[name].fields["protocols"]
		if !protocols.isMap() {
			continue
		}
		for _, protocol := range slices.Sorted(maps.Keys(protocols.fields)) {
			at := append(slices.Clone(path), "protocols", protocol)
			if known := []string{"seldon", "tensorflow", "kfserving", "v2"}; !slices.Contains(known, protocol) && nearest(protocol, known) != "" {
				c.unknownOf(protocols.fields[protocol], at, known)
			}
			for _, key := range slices.Sorted(maps.Keys(protocols.fields[protocol].fields)) {
				e, known := protocols.fields[protocol].fields[key], []string{"image", "defaultImageVersion"}
				if slices.Contains(known, key) {
					c.checkText(e, append(slices.Clone(at), key))
				} else {
					c.unknownOf(e, append(slices.Clone(at), key), known)
				}
			}
		}
	}
}

// unknown reports a key that the chart does not have.
func (c *keyCheck) unknown(e *entry, path []string) {
	dotted := strings.Join(path, ".")
	f := finding.New(finding.ValuesUnknownKey, keyPath(path), "unknown key: the chart of Seldon Core %s does not read it", c.release.Version).At(e.origin.Pos)
	if dotted == release.ChartName {
		f.Message = "unknown key: these are values of a chart that has " + release.ChartName + " as a dependency"
		c.findings = append(c.findings, f.WithHint("put what is below %s at the top, such as istio.enabled", release.ChartName))
		return
	}
	if dotted == misprint {
		c.findings = append(c.findings, f.WithHint("use %s; the public documentation names %s by mistake", misprintMeant, misprint))
		return
	}
	if strings.Contains(path[len(path)-1], ".") && c.defaults.at(dotted) != nil {
		f.Message = "a key with dots, which the chart does not read"
		c.findings = append(c.findings, f.WithHint("nest the keys: %s", strings.ReplaceAll(dotted, ".", ": {")+": ..."+strings.Repeat("}", strings.Count(dotted, "."))))
		return
	}
	for _, other := range c.otherCharts() {
		if other.defaults.at(dotted) != nil {
			c.ofOther(e, path, other)
			return
		}
	}
	if c.candidates == nil {
		c.candidates = slices.Concat(c.defaults.keys(""), openMaps(), hiddenKeys(), []string{ownSection})
	}
	if meant := c.suggest(dotted, c.candidates); meant != "" {
		f = f.WithHint("did you mean %s?", meant)
	}
	c.findings = append(c.findings, f)
}

// unknownOf reports a key where only the given ones are known.
func (c *keyCheck) unknownOf(e *entry, path, known []string) {
	f := finding.New(finding.ValuesUnknownKey, keyPath(path), "unknown key").At(e.origin.Pos).WithHint("known keys: %s", strings.Join(known, ", "))
	if meant := c.suggest(path[len(path)-1], known); meant != "" {
		f = f.WithHint("did you mean %s?", meant)
	}
	c.findings = append(c.findings, f)
}

func (c *keyCheck) ofOther(e *entry, path []string, other chart) {
	c.findings = append(c.findings, finding.New(finding.ValuesOtherReleaseKey, keyPath(path),
		"has no effect in Seldon Core %s; it is a key of %s", c.release.Version, other.release.Version).At(e.origin.Pos).
		WithHint("remove it, or render %s", other.release.Version).WithOption(finding.OptionSeldonVersion))
}

// suggest stops after so many keys that the work stays bounded.
func (c *keyCheck) suggest(key string, candidates []string) string {
	c.asked++
	if c.asked > suggestions {
		return ""
	}
	return nearest(key, candidates)
}

// allCharts are those of all releases, oldest first. They are read once, and not
// changed.
var allCharts = sync.OnceValue(func() []chart {
	var all []chart
	for _, rel := range release.All() {
		all = append(all, chart{rel, readDefaults(rel)})
	}
	return all
})

// chartsByKey are the nearest charts of other releases that render a key.
func (c *keyCheck) chartsByKey() map[string]chart {
	if c.byKey == nil {
		c.byKey = map[string]chart{}
		for _, other := range slices.Backward(c.otherCharts()) {
			for _, v := range other.release.Variables {
				c.byKey[v.Key] = other
			}
		}
	}
	return c.byKey
}

// otherCharts are those of the other releases, the nearest first, and of two as
// near as each other the later one.
func (c *keyCheck) otherCharts() []chart {
	if c.others != nil {
		return c.others
	}
	all := allCharts()
	own := slices.IndexFunc(all, func(other chart) bool { return other.release.Version == c.release.Version })
	for distance := 1; distance < len(all); distance++ {
		for _, i := range []int{own + distance, own - distance} {
			if i >= 0 && i < len(all) {
				c.others = append(c.others, all[i])
			}
		}
	}
	return c.others
}

// checkOwn reports names in our own section that nobody reads.
func (c *keyCheck) checkOwn() {
	own := c.user.fields[ownSection]
	if own == nil || own.isNull() {
		return
	}
	if !own.isMap() {
		c.findings = append(c.findings, finding.New(finding.ValuesWrongKind, field.NewPath(ownSection), "must be a map, not %s", own.kind()).At(own.origin.Pos))
		return
	}
	for _, key := range slices.Sorted(maps.Keys(own.fields)) {
		if known := []string{ownOperator, ownCredentials, ownRelease}; !slices.Contains(known, key) {
			c.unknownOf(own.fields[key], []string{ownSection, key}, known)
		}
	}
	operator := own.fields[ownOperator]
	if operator == nil || operator.isNull() {
		return
	}
	path := field.NewPath(ownSection, ownOperator)
	if !operator.isMap() {
		c.findings = append(c.findings, finding.New(finding.ValuesWrongKind, path, "must be a map of variables, not %s", operator.kind()).At(operator.origin.Pos))
		return
	}
	for _, name := range slices.Sorted(maps.Keys(operator.fields)) {
		if _, ok := c.release.Variable(name); !ok {
			c.unknownVariable(operator.fields[name], path.Child(name), name)
		}
	}
}

func (c *keyCheck) unknownVariable(e *entry, path *field.Path, name string) {
	f := finding.New(finding.ValuesUnknownVariable, path, "the operator of Seldon Core %s reads no such variable", c.release.Version).At(e.origin.Pos)
	for _, other := range c.otherCharts() {
		if _, ok := other.release.Variable(name); ok {
			c.findings = append(c.findings, f.WithHint("that of %s does", other.release.Version))
			return
		}
	}
	var names []string
	for _, v := range c.release.Variables {
		names = append(names, v.Name)
	}
	if meant := c.suggest(name, names); meant != "" {
		f = f.WithHint("did you mean %s?", meant)
	}
	c.findings = append(c.findings, f)
}
