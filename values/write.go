package values

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

// WriteOptions says how values are written.
type WriteOptions struct {
	// Origins adds a comment to every value that is no default: where it was set.
	Origins bool
}

// WriteYAML writes the effective values as a values file, in the order of the
// chart's own. Loaded over the same release it gives the same variables and
// ConfigMap: a default that was deleted is null, and a variable whose text no
// chart key gives stands under seldonctl.operator, as null if it is not set.
// The section seldonctl.credentials is left out, as it may hold secrets.
func (v *Values) WriteYAML(w io.Writer, o WriteOptions) error {
	p := printer{options: o}
	fmt.Fprintf(&p.out, "# values of Seldon Core %s\n", v.release.Version)
	chart := &entry{fields: maps.Clone(v.merged.fields), origin: v.merged.origin}
	delete(chart.fields, ownSection)
	p.fields(chart, readDefaults(v.release), readOrder(v.release), "")
	p.own(v.overrides(chart), v.merged.fields[ownSection])
	_, err := io.WriteString(w, p.out.String())
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

// own writes our own section, each variable with what is to be known of it.
func (p *printer) own(overrides map[string]override, section *entry) {
	if section.isMap() && section.fields[ownCredentials] != nil {
		p.out.WriteString("# seldonctl.credentials is left out: it may hold secrets\n")
	}
	if len(overrides) == 0 {
		return
	}
	p.out.WriteString("seldonctl:\n  # variables of the manager, ignored by Helm; null: not set\n  operator:\n")
	for _, name := range slices.Sorted(maps.Keys(overrides)) {
		o := overrides[name]
		if o.key != "" {
			p.out.WriteString("    # wins over " + o.key + "\n")
		} else if _, known := o.value.scalar.(string); known || o.value.isNull() {
			p.out.WriteString("    # the chart has no key for it\n")
		}
		p.value(name, o.value, nil, order{}, "    ")
	}
}

// deepest is the indentation below which everything is written in one line, so
// that maps in maps in maps do not grow with the square of their depth.
const deepest = 64

// printer writes a tree as YAML that reads the same in YAML 1.1 and 1.2.
type printer struct {
	out     strings.Builder
	options WriteOptions
}

// fields writes a map; what defaults has and the map lacks becomes null.
func (p *printer) fields(e, defaults *entry, o order, indent string) {
	for _, key := range o.keys {
		f := e.fields[key]
		if f == nil {
			f = &entry{origin: Origin{Source: Default}}
		}
		var below *entry
		if defaults.isMap() {
			below = defaults.fields[key]
		}
		p.value(key, f, below, *o.inside[key], indent)
	}
	for _, key := range slices.Sorted(maps.Keys(e.fields)) {
		if !slices.Contains(o.keys, key) {
			p.value(key, e.fields[key], nil, order{}, indent)
		}
	}
}

// value writes a key and what it holds.
func (p *printer) value(key string, e, defaults *entry, o order, indent string) {
	p.out.WriteString(indent + keyText(key) + ":")
	switch {
	case len(indent) > deepest:
		p.out.WriteString(" " + e.flow() + p.comment(e.origin) + "\n")
	case len(e.fields) > 0 || (e.fields != nil && defaults.isMap() && len(defaults.fields) > 0):
		p.out.WriteByte('\n')
		p.fields(e, defaults, o, indent+"  ")
	case len(e.items) > 0:
		p.out.WriteByte('\n')
		p.items(e, indent)
	default:
		p.out.WriteString(" " + e.flow() + p.comment(e.origin) + "\n")
	}
}

// items writes a list; maps in it are written in one line each, lists are rare
// in values.
func (p *printer) items(e *entry, indent string) {
	for _, item := range e.items {
		p.out.WriteString(indent + "- " + item.flow() + p.comment(item.origin) + "\n")
	}
}

func (p *printer) comment(o Origin) string {
	if !p.options.Origins || o.Source == Default || o.Source == 0 {
		return ""
	}
	return " # " + printable.Text(o.String())
}
