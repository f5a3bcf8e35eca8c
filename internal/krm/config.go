package krm

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// ConfigAPIVersion and ConfigKind are those of the function's own functionConfig.
const (
	ConfigAPIVersion = "seldonctl.io/v1alpha1"
	ConfigKind       = "SeldonRender"
)

// configReader reads a functionConfig over what is configured already, and
// collects everything that is wrong with it.
type configReader struct {
	config   *Config
	findings finding.List
}

// readConfig reads a functionConfig: a SeldonRender, a ConfigMap with its keys as
// data, a SeldonDeployment, or nothing.
func readConfig(in *item, defaults Config) (Config, finding.List) {
	config := defaults
	if in == nil || in.node.Kind == yaml.MappingNode && len(in.node.Content) == 0 {
		return config, nil
	}
	r := &configReader{config: &config}
	group, _, _ := strings.Cut(in.apiVersion, "/")
	switch {
	case in.apiVersion == ConfigAPIVersion && in.kind == ConfigKind:
		r.ownKind(in.node)
	case in.apiVersion == "v1" && in.kind == "ConfigMap":
		r.options(member(in.node, "data"), field.NewPath("data"), r.fromText)
	case group == seldon.Group && in.kind == seldon.Kind:
		// A source of objects; it configures nothing.
	case in.kind == ConfigKind:
		r.add(finding.New(finding.BadFunctionConfig, field.NewPath("apiVersion"), "version %s of %s is not known", quoted(in.apiVersion), ConfigKind).
			WithHint("write apiVersion: %s", ConfigAPIVersion))
	default:
		r.add(finding.New(finding.BadFunctionConfig, field.NewPath("kind"), "a functionConfig of kind %s is not understood", quoted(in.kind)).
			WithHint("use a %s of %s, a ConfigMap, a SeldonDeployment, or none", ConfigKind, ConfigAPIVersion))
	}
	return config, r.findings
}

func (r *configReader) add(f finding.Finding) { r.findings = append(r.findings, f) }

func (r *configReader) ownKind(n *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch key := n.Content[i].Value; key {
		case "apiVersion", "kind", "metadata":
		case "spec":
			r.options(n.Content[i+1], field.NewPath("spec"), r.fromNode)
		default:
			f := finding.New(finding.UnknownOption, field.NewPath(key), "there is no field %s", quoted(key)).WithHint("remove it")
			if _, ok := lookupOption(key); ok {
				f = f.WithHint("move it below spec")
			}
			r.add(f)
		}
	}
}

// options reads a mapping of options, each with read.
func (r *configReader) options(n *yaml.Node, path *field.Path, read func(Option, *yaml.Node, *field.Path)) {
	if isNull(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.add(finding.New(finding.WrongOption, path, "this must be a map of options").WithHint("the options are %s", optionNames()))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		at := path.Child(key)
		o, ok := lookupOption(key)
		switch {
		case seen[key]:
			r.add(finding.New(finding.WrongOption, at, "the option is given twice").WithHint("keep one of them"))
		case !ok:
			r.add(finding.New(finding.UnknownOption, at, "there is no option %s", quoted(key)).WithHint("the options are %s", optionNames()))
		case !isNull(value):
			read(o, value, at)
		}
		seen[key] = true
	}
}

// fromNode reads the value of an option that is written as its type.
func (r *configReader) fromNode(o Option, n *yaml.Node, at *field.Path) {
	switch into := o.Into(r.config).(type) {
	case *string:
		if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" {
			r.wrong(at, "text, not "+describe(n), "put it in quotes")
			return
		}
		r.text(o, n.Value, into, at)
	case *bool:
		r.truth(n, into, at)
	case *[]string:
		if n.Kind != yaml.SequenceNode {
			r.wrong(at, "a list of texts, not "+describe(n), "write it as a list: [...]")
			return
		}
		for i, e := range n.Content {
			if e.Kind != yaml.ScalarNode || e.ShortTag() != "!!str" || e.Value == "" {
				r.wrong(at.Index(i), "text, not "+describe(e), "put it in quotes")
				continue
			}
			*into = append(slices.Clip(*into), e.Value)
		}
	case *Values:
		if n.Kind != yaml.MappingNode {
			r.wrong(at, "a map of values, not "+describe(n), "write the values as in the chart's values.yaml")
			return
		}
		into.node = n
	case *Deployments:
		if n.Kind != yaml.SequenceNode {
			r.wrong(at, "a list of SeldonDeployments, not "+describe(n), "write it as a list")
			return
		}
		for i, e := range n.Content {
			if e.Kind != yaml.MappingNode {
				r.wrong(at.Index(i), "a SeldonDeployment, not "+describe(e), "name files under files")
				continue
			}
			into.nodes = append(into.nodes, e)
		}
	}
}

// fromText reads the value of an option that a ConfigMap has as text. Lists are
// separated by commas or line breaks, values are YAML.
func (r *configReader) fromText(o Option, n *yaml.Node, at *field.Path) {
	if n.Kind != yaml.ScalarNode {
		r.wrong(at, "text, not "+describe(n), "the data of a ConfigMap is text; use a "+ConfigKind+" for anything else")
		return
	}
	switch into := o.Into(r.config).(type) {
	case *string:
		r.text(o, n.Value, into, at)
	case *bool:
		r.truth(n, into, at)
	case *[]string:
		for _, s := range strings.FieldsFunc(n.Value, func(c rune) bool { return c == ',' || c == '\n' }) {
			if s = strings.TrimSpace(s); s != "" {
				*into = append(slices.Clip(*into), s)
			}
		}
	case *Values:
		top, err := parseNode([]byte(n.Value))
		if err == nil {
			top, _, err = writeOut(top)
		}
		if err != nil || top.Kind != yaml.MappingNode {
			r.wrong(at, "a map of values, as YAML", "write the values as in the chart's values.yaml")
			return
		}
		into.node = top
	case *Deployments:
		r.wrong(at, "given in a "+ConfigKind, "a ConfigMap cannot hold them; name files under files")
	}
}

func (r *configReader) text(o Option, value string, into *string, at *field.Path) {
	if o.Name == "seldonVersion" {
		if _, err := release.Lookup(value); err != nil {
			r.add(finding.New(finding.WrongOption, at, "%v", err))
			return
		}
	} else if o.Choices != nil && !slices.Contains(o.Choices, value) {
		r.wrong(at, "one of "+strings.Join(o.Choices, ", ")+", not "+quoted(value), "write one of them")
		return
	}
	*into = value
}

func (r *configReader) truth(n *yaml.Node, into *bool, at *field.Path) {
	switch n.Value {
	case "true":
		*into = true
	case "false":
		*into = false
	default:
		r.wrong(at, "true or false, not "+describe(n), "write true or false")
	}
}

func (r *configReader) wrong(at *field.Path, want, hint string) {
	r.add(finding.New(finding.WrongOption, at, "this must be %s", want).WithHint("%s", hint))
}

// describe names what a node is; the value itself may be a secret.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	}
	switch n.ShortTag() {
	case "!!str":
		if n.Value == "" {
			return "empty text"
		}
		return "text"
	case "!!bool":
		return "a boolean"
	case "!!null":
		return "nothing"
	}
	return "a number"
}

// CheckDefaults returns what is wrong with a configuration that did not come from
// a functionConfig.
func CheckDefaults(c Config) error {
	for _, o := range Options() {
		value, ok := o.Into(&c).(*string)
		if !ok || o.Choices == nil || *value == "" {
			continue
		}
		r := &configReader{config: &Config{}}
		r.text(o, *value, new(string), field.NewPath(o.Flag))
		if len(r.findings) > 0 {
			return fmt.Errorf("--%s: %s", o.Flag, r.findings[0].Message)
		}
	}
	return nil
}
