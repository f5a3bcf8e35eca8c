package source

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/syntax"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// identify finds out what the document is and yields it, or the items of a
// list, or what is wrong. It answers false to end the sequence.
func (d *Document) identify(yield func(*Document, *finding.Finding) bool) bool {
	if h, ok := scanHeader(d.Raw); ok {
		d.APIVersion, d.Kind, d.Namespace, d.Name = h.apiVersion, h.kind, h.namespace, h.name
		if !strings.HasSuffix(d.Kind, "List") {
			return d.hand(yield)
		}
	}
	root := d.parse()
	for i := range d.faults {
		if !yield(nil, &d.faults[i]) {
			return false
		}
	}
	if root == nil {
		return true
	}
	if isNull(root) {
		return true
	}
	if f := d.second(root); f != nil {
		return yield(nil, f)
	}
	d.readHeader(root)
	items := listItems(root)
	if !strings.HasSuffix(d.Kind, "List") || !d.mustBeList() && (items == nil || d.Name != "") {
		return d.hand(yield)
	}
	if f := d.unknownKind(); f != nil {
		return yield(nil, f)
	}
	if items == nil {
		// Go programs write lists without items like this.
		return true
	}
	return d.items(items, yield)
}

// second returns a finding if the document holds two objects, one after the
// other: a separator is missing, and a parser would keep the second only.
func (d *Document) second(root *yaml.Node) *finding.Finding {
	if root.Kind != yaml.MappingNode {
		return nil
	}
	count := map[string]int{}
	var at *yaml.Node
	for i := 0; i < len(root.Content); i += 2 {
		key := root.Content[i]
		if key.Kind == yaml.ScalarNode && (key.Value == "apiVersion" || key.Value == "kind") {
			if count[key.Value]++; count[key.Value] == 2 && at == nil {
				at = key
			}
		}
	}
	if count["apiVersion"] < 2 || count["kind"] < 2 {
		return nil
	}
	f := finding.New(finding.DuplicateKey, nil, "a second object begins in this document").
		WithHint("put a line with --- above it").At(d.position(at))
	return &f
}

// mustBeList reports whether the document is a list whatever it has. Other kinds
// that are called so may be objects of their own: those have a name, and lists
// have items.
func (d *Document) mustBeList() bool {
	return d.APIVersion == "v1" && d.Kind == "List" || d.Kind == seldon.ListKind
}

// hand yields the document unless it cannot be what it claims.
func (d *Document) hand(yield func(*Document, *finding.Finding) bool) bool {
	if f := d.unknownKind(); f != nil {
		return yield(nil, f)
	}
	return yield(d, nil)
}

// unknownKind returns what is wrong with the kind and version, or nil.
func (d *Document) unknownKind() *finding.Finding {
	if d.IsSeldonDeployment() {
		return nil
	}
	fault := func(code finding.Code, path, message, hint string, args ...any) *finding.Finding {
		f := finding.New(code, fieldPath(path), message, args...).WithHint("%s", hint).About(d.Object())
		// Start is enough where the document was identified without its nodes.
		f = f.LocatedBy(d)
		return &f
	}
	version := "write apiVersion: " + seldon.APIVersions()[0]
	lower := strings.TrimSuffix(strings.ToLower(d.Kind), "s")
	named := lower == strings.ToLower(seldon.Kind) || lower == "sdep"
	switch {
	case d.Kind == "" && d.APIVersion == "":
		if d.isTemplate() {
			return fault(finding.NotAnObject, "", "not a Kubernetes object: "+syntax.TemplateSays, syntax.TemplateHint)
		}
		f := fault(finding.NotAnObject, "", "not a Kubernetes object: apiVersion and kind are missing", "name only manifests here; values files have a flag")
		if d.isValues() {
			f = fault(finding.NotAnObject, "", "values of Seldon's chart, not a Kubernetes object", "give the file as values")
		}
		f.Option = finding.OptionValues
		return f
	case d.Kind == "":
		return fault(finding.NotAnObject, "", "kind is missing", "add kind: "+seldon.Kind+", or what it is")
	case d.APIVersion == "" && named:
		return fault(finding.NotAnObject, "", "apiVersion is missing", version)
	case d.APIVersion == "":
		return fault(finding.NotAnObject, "", "apiVersion is missing", "add the apiVersion of "+excerpt(d.Kind))
	case d.seldonGroup() && d.Kind != seldon.Kind && d.Kind != seldon.ListKind:
		return fault(finding.UnknownKind, "kind", "unknown kind %s of the group %s", "write kind: "+seldon.Kind, excerpt(d.Kind), seldon.Group)
	case d.seldonGroup() && !slices.Contains(seldon.APIVersions(), d.APIVersion):
		return fault(finding.UnknownKind, "apiVersion", "unknown version %s of %s",
			"write one of "+strings.Join(seldon.APIVersions(), ", "), excerpt(d.APIVersion), d.Kind)
	case d.APIVersion == "v1" && coreKind(d.Kind) != "":
		return fault(finding.UnknownKind, "kind", "unknown kind %s of v1", "write kind: "+coreKind(d.Kind), excerpt(d.Kind))
	case named && !d.seldonGroup():
		return fault(finding.UnknownKind, "apiVersion", "a %s does not belong to %s", version, excerpt(d.Kind), excerpt(d.APIVersion))
	}
	return nil
}

// coreKind returns the kind that SeldonDeployments refer to which another one is in
// other letters, or nothing.
func coreKind(kind string) string {
	for _, known := range []string{"Secret", "ServiceAccount", "ConfigMap", "PersistentVolumeClaim"} {
		if kind != known && strings.EqualFold(kind, known) {
			return known
		}
	}
	return ""
}

// isTemplate reports whether a document without a header is a line of a template,
// such as what remains around a manifest.
func (d *Document) isTemplate() bool {
	root := d.parse()
	return root != nil && isTemplate(root)
}

// isValues reports whether the document is a values file of Seldon's chart, or of a
// chart that depends on it: most of its keys are theirs.
func (d *Document) isValues() bool {
	root := d.parse()
	if root == nil || root.Kind != yaml.MappingNode {
		return false
	}
	known := make(map[string]bool)
	for _, value := range release.Default().Values {
		key, _, _ := strings.Cut(value.Key, ".")
		known[key] = true
	}
	theirs := 0
	for i := 0; i < len(root.Content); i += 2 {
		switch key := root.Content[i].Value; {
		case key == release.ChartName, key == "seldonctl":
			return true
		case known[key]:
			theirs++
		}
	}
	return theirs > len(root.Content)/4
}

// readHeader takes kind and name from the nodes.
func (d *Document) readHeader(root *yaml.Node) {
	w := &walker{doc: d, mode: Ignore}
	read := func(n *yaml.Node, into map[string]*string) (metadata *yaml.Node) {
		start := len(w.entries)
		if n := w.enter(n); n.Kind == yaml.MappingNode {
			w.collect(n, false)
		}
		for _, e := range w.entries[start:] {
			value := w.enter(e.value)
			if e.key == "metadata" {
				metadata = value
			}
			if to := into[e.key]; to != nil && value.Kind == yaml.ScalarNode && !isNull(value) {
				*to = resolve(value).text
			}
		}
		return metadata
	}
	d.APIVersion, d.Kind, d.Namespace, d.Name = "", "", "", ""
	if metadata := read(root, map[string]*string{"apiVersion": &d.APIVersion, "kind": &d.Kind}); metadata != nil {
		read(metadata, map[string]*string{"namespace": &d.Namespace, "name": &d.Name})
	}
}
