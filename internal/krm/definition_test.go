package krm_test

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/internal/krm"
)

// What catalogues of functions say about this one.
const (
	home        = "https://github.com/seldonctl/seldonctl"
	image       = "ghcr.io/seldonctl/seldonctl"
	summary     = "Renders SeldonDeployments of Seldon Core v1 into plain Kubernetes objects, as the Seldon Core operator would."
	licence     = "Apache-2.0"
	maintainers = "seldonctl@users.noreply.github.com"
	usagePage   = home + "/blob/main/docs/krm.md"
)

func tags() []string {
	return []string{"generator", "mutator", "validator", "seldon", "machine-learning"}
}

func examples() []string {
	return []string{home + "/tree/main/examples/kustomize", home + "/tree/main/examples/kpt"}
}

// definitionFile returns the function's KRMFunctionDefinition, as YAML.
func definitionFile() []byte {
	return generated(map[string]any{
		"apiVersion": "config.kubernetes.io/v1alpha1",
		"kind":       "KRMFunctionDefinition",
		"metadata":   map[string]any{"name": "seldonrender.seldonctl.io"},
		"spec": map[string]any{
			"group":       strings.Split(krm.ConfigAPIVersion, "/")[0],
			"names":       map[string]any{"kind": krm.ConfigKind},
			"description": summary,
			"publisher":   "seldonctl",
			"home":        home,
			"maintainers": []string{maintainers},
			"tags":        tags(),
			"versions": []any{map[string]any{
				"name":       strings.Split(krm.ConfigAPIVersion, "/")[1],
				"idempotent": true,
				"usage":      usagePage,
				"examples":   examples(),
				"license":    licence,
				"runtime": map[string]any{
					"container": map[string]any{"image": image},
					"exec":      map[string]any{"path": "seldonctl", "args": []string{"fn"}},
				},
				"schema": map[string]any{"openAPIV3Schema": configSchema()},
			}},
		},
	})
}

// catalogMetadata returns the function's metadata.yaml for the catalogue of kpt.
func catalogMetadata() []byte {
	return generated(map[string]any{
		"image":              image,
		"description":        summary,
		"tags":               tags(),
		"sourceURL":          home + "/tree/main/internal/krm",
		"examplePackageURLs": examples()[1:],
		"emails":             []string{maintainers},
		"license":            licence,
	})
}

func generated(v any) []byte {
	text, err := yaml.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// optionTable returns the options as a table in Markdown.
func optionTable() string {
	var b strings.Builder
	b.WriteString("| Option | Type | Default | Flag of `seldonctl fn` | Meaning |\n|---|---|---|---|---|\n")
	code := func(s, prefix string) string {
		if s == "" {
			return ""
		}
		return "`" + prefix + s + "`"
	}
	for _, o := range new(krm.Config).Options() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", o.Name, typeName(o), code(o.Default, ""), code(o.Flag, "--"), sentence(o))
	}
	return b.String()
}
