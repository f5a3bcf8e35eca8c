package explain

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// settingChanges returns a change for each value, and for each option of the run.
func settingChanges(r *render.Renderer) []group {
	c := &settingEditor{config: r.Config()}
	for _, row := range c.config.Release.Variables {
		c.variable(row)
	}
	c.options()
	groups := []group{{changes: c.changes}}
	for _, key := range release.ConfigKeys() {
		content, _ := c.config.Values.Config(key)
		entries, _ := content.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(entries)) {
			c.changes = nil
			set := func(changed any) *values.Values {
				m := maps.Clone(entries)
				m[name] = changed
				return c.config.Values.WithConfig(key, m)
			}
			c.content(entries[name], key+"."+name, set)
			probe := c.with(func(config *render.Config) { config.Values = set(everyOther(entries[name])) })
			groups = append(groups, group{probe: &probe, changes: c.changes})
		}
	}
	return groups
}

// everyOther returns content with another text in the place of each.
func everyOther(content any) any {
	switch content := content.(type) {
	case map[string]any:
		changed := map[string]any{}
		for key, value := range content {
			changed[key] = everyOther(value)
		}
		return changed
	case string:
		return another(content)
	}
	return content
}

type settingEditor struct {
	config  render.Config
	changes []change
}

// with returns an attempt to render with another configuration.
func (c *settingEditor) with(edit func(*render.Config)) attempt { return with(c.config, edit) }

func with(config render.Config, edit func(*render.Config)) attempt {
	return attempt{renderer: sync.OnceValue(func() *render.Renderer {
		edit(&config)
		r, _ := render.New(config)
		return r
	})}
}

// variable changes a variable of the manager. What one that is empty could be is
// guessed; images that replace others are left out, because nobody sets them.
func (c *settingEditor) variable(row release.Variable) {
	text, _ := c.config.Values.Variable(row.Name)
	key := row.Key
	if key == "" {
		key = row.Name
	}
	out := change{source: Source{Kind: Value, Key: key, Text: short(text), Pos: c.config.Values.VariableOrigin(row.Name).Pos, Unset: text == ""}}
	others := []string{another(text), ""}
	switch {
	case text == "" && strings.HasPrefix(row.Name, "RELATED_IMAGE_"):
		return
	case text == "":
		others = []string{"4321", "true", "x"}
	}
	for _, other := range others {
		out.attempts = append(out.attempts, c.with(func(config *render.Config) {
			config.Values = config.Values.WithVariable(row.Name, other)
		}))
	}
	c.changes = append(c.changes, out)
}

// content changes the texts below a key of the ConfigMap; with returns values
// that have something else there.
func (c *settingEditor) content(content any, path string, with func(any) *values.Values) {
	switch content := content.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(content)) {
			c.content(content[key], path+"."+key, func(changed any) *values.Values {
				m := maps.Clone(content)
				m[key] = changed
				return with(m)
			})
		}
	case string:
		if content == "" {
			return
		}
		out := change{source: Source{Kind: Value, Key: path, Text: short(content), Pos: c.config.Values.Origin(path).Pos}}
		for _, other := range []string{another(content), ""} {
			out.attempts = append(out.attempts, c.with(func(config *render.Config) { config.Values = with(other) }))
		}
		c.changes = append(c.changes, out)
	}
}

// options changes what the command line says of the cluster.
func (c *settingEditor) options() {
	add := func(name, text string, edit func(*render.Config)) {
		c.changes = append(c.changes, change{source: Source{Kind: Option, Key: name, Text: text}, attempts: []attempt{c.with(edit)}})
	}
	if c.config.ServerSideApply {
		add("--server-side-apply", "true", func(config *render.Config) { config.ServerSideApply = false })
	}
	other := render.KubeVersion{Major: 1, Minor: 16}
	if c.config.KubeVersion == other {
		other = render.KubeVersion{}
	}
	add("--kube-version", c.config.KubeVersion.String(), func(config *render.Config) { config.KubeVersion = other })
	add("--namespace", c.config.Namespace, func(config *render.Config) { config.Namespace = another(config.Namespace) })
}

// referenceChanges takes away each ServiceAccount and Secret that is used and
// known.
func (e *Explainer) referenceChanges(uses render.Uses) []change {
	var changes []change
	base := e.renderer.Config()
	without := func(kind, name string, edit func(*render.Config)) {
		changes = append(changes, change{source: Source{Kind: Object, Key: kind + "/" + name}, attempts: []attempt{with(base, edit)}})
	}
	refs := base.References
	for ref := range refs.ServiceAccounts {
		if (ref.Namespace == uses.Namespace || ref.Namespace == render.AnyNamespace) && slices.Contains(uses.ServiceAccounts, ref.Name) {
			without("ServiceAccount", ref.Name, func(config *render.Config) {
				config.References.ServiceAccounts = maps.Clone(refs.ServiceAccounts)
				delete(config.References.ServiceAccounts, ref)
			})
		}
	}
	for ref := range refs.Secrets {
		if (ref.Namespace == uses.Namespace || ref.Namespace == render.AnyNamespace) && slices.Contains(uses.Secrets, ref.Name) {
			without("Secret", ref.Name, func(config *render.Config) {
				config.References.Secrets = maps.Clone(refs.Secrets)
				delete(config.References.Secrets, ref)
			})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return strings.Compare(a.source.Key, b.source.Key) })
	return changes
}
