package values

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"

	yaml "go.yaml.in/yaml/v4"
	helmyaml "sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// WriteOptions says how values are written.
type WriteOptions struct {
	// Origins adds a comment to every value that is not a default: where it was set.
	Origins bool
}

// WriteYAML writes the effective values as a values file, in the order of the
// chart's own. Loaded over the same release it gives the same variables and
// ConfigMap: a default that was deleted is null, and a variable whose text no
// chart key gives stands under seldonctl.operator, as null if it is not set.
// The section seldonctl.credentials is left out, as it may hold secrets.
func (v *Values) WriteYAML(w io.Writer, o WriteOptions) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "# values of Seldon Core %s\n", v.release.Version)
	section := v.merged.fields[ownSection]
	if section.isMap() && section.fields[ownCredentials] != nil {
		out.WriteString("# seldonctl.credentials is left out: it may hold secrets\n")
	}
	chart := &entry{fields: maps.Clone(v.merged.fields), origin: v.merged.origin}
	delete(chart.fields, ownSection)
	p := printer{options: o}
	root := p.fields(chart, readDefaults(v.release), readOrder(v.release), 0)
	p.own(root, v.overrides(chart))
	dumper, err := yaml.NewDumper(&out, yaml.WithIndent(2), yaml.WithCompactSeqIndent(), yaml.WithLineWidth(-1))
	if err != nil {
		return err
	}
	if err := dumper.Dump(root); err != nil {
		return err
	}
	if err := dumper.Close(); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

// overrides returns what has to stand under seldonctl.operator: what the user
// wrote there and the variables that the chart alone would set otherwise.
func (v *Values) overrides(chart *entry) map[string]override {
	out := map[string]override{}
	if own := v.merged.fields[ownSection]; own.isMap() && own.fields[ownOperator].isMap() {
		for name, e := range own.fields[ownOperator].fields {
			out[name] = override{value: e}
		}
	}
	l := loader{release: v.release, merged: chart, user: newMap(Origin{Source: Default})}
	byChart := l.variables()
	for _, row := range v.release.Variables {
		x := v.variables[row.Name]
		if same := byChart[row.Name]; same.text == x.text && same.set == x.set {
			continue
		}
		e := &entry{origin: x.origin}
		if x.set {
			e.scalar = x.text
		}
		out[row.Name] = override{value: e, key: row.Key}
	}
	return out
}

// override is an entry of seldonctl.operator and the chart key that it wins
// over, if there is one.
type override struct {
	value *entry
	key   string
}

// own adds our own section, each variable with what is to be known of it.
func (p *printer) own(root *yaml.Node, overrides map[string]override) {
	if len(overrides) == 0 {
		return
	}
	operator := mapping()
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		o := overrides[name]
		key := text(name)
		if o.key != "" {
			key.HeadComment = "wins over " + o.key
		} else if _, known := o.value.scalar.(string); known || o.value.isNull() {
			key.HeadComment = "not a key of the chart"
		}
		operator.Content = append(operator.Content, key, p.value(o.value, nil, order{}, 2))
	}
	key := text(ownOperator)
	key.HeadComment = "variables of the manager, ignored by Helm; null: not set"
	section := mapping()
	section.Content = []*yaml.Node{key, operator}
	root.Content = append(root.Content, text(ownSection), section)
}

// deepest is the depth below which everything is written in one line, so that
// maps in maps in maps do not grow with the square of their depth.
const deepest = 32

// printer turns a tree into nodes that read the same in YAML 1.1 and 1.2.
type printer struct{ options WriteOptions }

// fields returns a map; what defaults has and the map lacks becomes null.
func (p *printer) fields(e, defaults *entry, o order, depth int) *yaml.Node {
	n := mapping()
	for _, key := range o.keys {
		f := e.fields[key]
		if f == nil {
			f = &entry{origin: Origin{Source: Default}}
		}
		var below *entry
		if defaults.isMap() {
			below = defaults.fields[key]
		}
		n.Content = append(n.Content, text(key), p.value(f, below, *o.inside[key], depth+1))
	}
	for _, key := range slices.Sorted(maps.Keys(e.fields)) {
		if !slices.Contains(o.keys, key) {
			n.Content = append(n.Content, text(key), p.value(e.fields[key], nil, order{}, depth+1))
		}
	}
	return n
}

// value returns what a key holds.
func (p *printer) value(e, defaults *entry, o order, depth int) *yaml.Node {
	var n *yaml.Node
	switch {
	case len(e.fields) > 0 || e.fields != nil && defaults.isMap() && len(defaults.fields) > 0:
		n = p.fields(e, defaults, o, depth)
	case e.fields != nil:
		n = mapping()
	case e.items != nil:
		n = &yaml.Node{Kind: yaml.SequenceNode}
		for _, item := range e.items {
			n.Content = append(n.Content, p.value(item, nil, order{}, depth+1))
		}
	default:
		n = scalar(e.scalar)
	}
	if depth > deepest || len(n.Content) == 0 {
		n.Style |= yaml.FlowStyle
		if p.options.Origins && e.origin.Source != Default && e.origin.Source != 0 {
			n.LineComment = printable.Text(e.origin.String())
		}
	}
	return n
}

func mapping() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode} }

// text returns a node for text, in quotes if Helm would read it as something else.
func text(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	var read any
	if err := helmyaml.Unmarshal([]byte(s), &read); err != nil || read != any(s) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// scalar returns a node for a scalar that reads as the same kind and, where the
// chart prints it, prints the same.
func scalar(value any) *yaml.Node {
	plain := func(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }
	switch value := value.(type) {
	case nil:
		return plain("null")
	case bool:
		return plain(strconv.FormatBool(value))
	case int64:
		if value <= -exponentMinimum || value >= exponentMinimum {
			// Bare it would be read as floating point and print with an exponent.
			return text(strconv.FormatInt(value, 10))
		}
		return plain(strconv.FormatInt(value, 10))
	case float64:
		return plain(floatText(value))
	}
	return text(fmt.Sprint(value))
}

func floatText(f float64) string {
	if f == 0 && math.Signbit(f) {
		return "-0.0"
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}
