package krm

import (
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// ConfigAPIVersion and ConfigKind are those of the function's own functionConfig.
const (
	ConfigAPIVersion = "seldonctl.io/v1alpha1"
	ConfigKind       = "SeldonRender"
)

// readConfig reads a functionConfig over what is configured already: a
// SeldonRender, a ConfigMap with its keys as data, a SeldonDeployment, or nothing.
func readConfig(in *item, defaults Config) (Config, finding.List) {
	if yaml.IsEmptyMap(in.RNode) {
		return defaults, nil
	}
	config := defaults
	group, _, _ := strings.Cut(in.APIVersion, "/")
	switch {
	case in.APIVersion == ConfigAPIVersion && in.Kind == ConfigKind:
		return readOwnKind(in, config)
	case in.APIVersion == "v1" && in.Kind == "ConfigMap":
		return readConfigMap(in, config)
	case group == seldon.Group && in.Kind == seldon.Kind:
		// A source of objects; it configures nothing.
		return config, nil
	case in.Kind == ConfigKind:
		return config, finding.List{finding.New(finding.BadFunctionConfig, field.NewPath("apiVersion"), "unknown version of %s: %q", ConfigKind, in.APIVersion).
			WithHint("write apiVersion: %s", ConfigAPIVersion)}
	}
	return config, finding.List{finding.New(finding.BadFunctionConfig, field.NewPath("kind"), "unknown kind of functionConfig: %q", in.Kind).
		WithHint("use a %s of %s, a ConfigMap, a SeldonDeployment, or none", ConfigKind, ConfigAPIVersion)}
}

// decode decodes the only document of an item. No finding holds a value of it.
func decode(in *item, into any) finding.List {
	docs, findings := in.documents()
	if len(docs) == 0 {
		return findings
	}
	return source.NewDecoder(release.Default(), source.Strict).Into(docs[0], into)
}

// readOwnKind reads a SeldonRender.
func readOwnKind(in *item, config Config) (Config, finding.List) {
	own := struct {
		APIVersion string         `json:"apiVersion"`
		Kind       string         `json:"kind"`
		Metadata   seldon.Ignored `json:"metadata"`
		Spec       Config         `json:"spec"`
	}{Spec: config}
	// Lists come after those that are configured already.
	before := config.Options()
	for _, o := range own.Spec.Options() {
		if list, ok := o.To.(*[]string); ok {
			*list = nil
		}
	}
	findings := decode(in, &own)
	for i, o := range own.Spec.Options() {
		if list, ok := o.To.(*[]string); ok {
			*list = slices.Concat(*before[i].To.(*[]string), *list)
		}
	}
	return own.Spec, findings
}

// readConfigMap reads options that a ConfigMap has as text. Lists are separated by
// commas or line breaks, values are YAML.
func readConfigMap(in *item, config Config) (Config, finding.List) {
	var own struct {
		APIVersion string            `json:"apiVersion"`
		Kind       string            `json:"kind"`
		Metadata   seldon.Ignored    `json:"metadata"`
		Data       map[string]string `json:"data"`
	}
	findings := decode(in, &own)
	var names []string
	for _, o := range config.Options() {
		name := o.Name.Name()
		names = append(names, name)
		text, ok := own.Data[name]
		if !ok {
			continue
		}
		delete(own.Data, name)
		if o.Name == finding.OptionValues {
			config.valuesText = text
		} else if want := fromText(o.To, text); want != "" {
			findings = append(findings, finding.New(finding.WrongOption, field.NewPath("data", name), "%s", want))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(own.Data)) {
		findings = append(findings, finding.New(finding.UnknownOption, field.NewPath("data", name), "unknown option %q", name).
			WithHint("the options are %s", strings.Join(names, ", ")))
	}
	return config, findings
}

// fromText sets an option from a text, or says what it must be.
func fromText(option any, text string) (want string) {
	switch into := option.(type) {
	case *string:
		*into = text
	case *bool:
		if text != "true" && text != "false" {
			return "must be true or false"
		}
		*into = text == "true"
	case *[]string:
		for _, s := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == '\n' }) {
			if s = strings.TrimSpace(s); s != "" {
				*into = append(slices.Clip(*into), s)
			}
		}
	case *[]Deployment:
		return "must be given in a " + ConfigKind + "; a ConfigMap names files under files"
	}
	return ""
}
