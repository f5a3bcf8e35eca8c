package krm

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
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

// Definition returns the function's KRMFunctionDefinition, as YAML.
func Definition() []byte {
	return generated(map[string]any{
		"apiVersion": "config.kubernetes.io/v1alpha1",
		"kind":       "KRMFunctionDefinition",
		"metadata":   map[string]any{"name": "seldonrender.seldonctl.io"},
		"spec": map[string]any{
			"group":       strings.Split(ConfigAPIVersion, "/")[0],
			"names":       map[string]any{"kind": ConfigKind},
			"description": summary,
			"publisher":   "seldonctl",
			"home":        home,
			"maintainers": []string{maintainers},
			"tags":        tags(),
			"versions": []any{map[string]any{
				"name":       strings.Split(ConfigAPIVersion, "/")[1],
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

// CatalogMetadata returns the function's metadata.yaml for the catalogue of kpt.
func CatalogMetadata() []byte {
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
	node := new(yaml.Node)
	err := node.Encode(v)
	if err == nil {
		var text []byte
		if text, err = encodeNode(node, false); err == nil {
			return text
		}
	}
	panic("krm: " + err.Error())
}

// OptionTable returns the options as a table in Markdown.
func OptionTable() string {
	var b strings.Builder
	b.WriteString("| Option | Type | Default | Flag of `seldonctl fn` | Meaning |\n|---|---|---|---|---|\n")
	code := func(s, prefix string) string {
		if s == "" {
			return ""
		}
		return "`" + prefix + s + "`"
	}
	for _, o := range Options() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", o.Name, o.typeName(), code(o.Default, ""), code(o.Flag, "--"), o.sentence())
	}
	return b.String()
}
