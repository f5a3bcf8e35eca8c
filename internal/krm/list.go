package krm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seldonctl/seldonctl/finding"
)

const (
	listKind  = "ResourceList"
	listGroup = "config.kubernetes.io"
	// maxInput is more than hosts hold in memory with comfort.
	maxInput = 256 << 20
)

// listVersions are the versions of ResourceList that are understood, the current
// one first. They differ in nothing that matters here.
func listVersions() []string {
	return []string{listGroup + "/v1", listGroup + "/v1beta1", listGroup + "/v1alpha1"}
}

// resourceList is what hosts pass in and get back.
type resourceList struct {
	// root is the mapping; all that is not ours goes back with it.
	root *yaml.Node
	// head is the document around it, with comments.
	head *yaml.Node
	// items are the nodes as they came in, aliases written out.
	items []*yaml.Node
	// config is the functionConfig; nil without one.
	config *yaml.Node
	// indented says that lists are indented below their keys.
	indented bool
	// text is the input; nil where it cannot be an output, because of aliases.
	text []byte
}

// newList returns an empty list, for when the input is none.
func newList() *resourceList {
	root := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	setMember(root, "apiVersion", &yaml.Node{Kind: yaml.ScalarNode, Value: listVersions()[0]})
	setMember(root, "kind", &yaml.Node{Kind: yaml.ScalarNode, Value: listKind})
	return &resourceList{root: root, head: &yaml.Node{Kind: yaml.DocumentNode}}
}

// readList reads a list from the input, or says why it cannot.
func readList(in io.Reader) (*resourceList, *finding.Finding) {
	refuse := func(err error, hint string) (*resourceList, *finding.Finding) {
		f := finding.New(finding.BadResourceList, nil, "standard input cannot be used: %v", err).WithHint("%s", hint)
		return nil, &f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	switch {
	case err != nil:
		return refuse(err, "run the function again")
	case len(text) > maxInput:
		return refuse(fmt.Errorf("it is larger than %d MiB", maxInput>>20), "run the function on fewer items")
	case len(bytes.TrimSpace(text)) == 0:
		return refuse(errors.New("it is empty"), "kustomize and kpt pass a ResourceList; to render files use seldonctl render -f FILE")
	}
	doc, aliases, err := decodeDocument(text)
	if err != nil {
		return refuse(err, "pass a ResourceList as YAML or JSON")
	}
	list, err := newListOf(doc)
	if err != nil {
		return refuse(err, "pass a ResourceList of "+strings.Join(listVersions(), ", ")+"; to render files use seldonctl render -f FILE")
	}
	list.indented = indentsLists(text)
	if !aliases {
		list.text = text
	}
	return list, nil
}

// decodeDocument parses the only document of a text, writes its aliases out, and
// reports whether it had any.
func decodeDocument(text []byte) (doc *yaml.Node, aliases bool, err error) {
	defer recoverAs(&err)
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	doc = new(yaml.Node)
	if err := decoder.Decode(doc); err != nil {
		return nil, false, syntaxError(err)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err != io.EOF {
		return nil, false, errors.New("it has several documents")
	}
	return writeOut(doc)
}

// syntaxError returns an error of the parser without the text it may quote, which
// could be a secret.
func syntaxError(err error) error {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if line, rest, ok := strings.Cut(message, ": "); ok && strings.HasPrefix(line, "line ") && !strings.ContainsAny(rest, "'`\"") {
		return fmt.Errorf("it is not YAML: %s: %s", line, rest)
	} else if ok && strings.HasPrefix(line, "line ") {
		return fmt.Errorf("it is not YAML: %s", line)
	}
	return errors.New("it is not YAML")
}

// newListOf checks that a document is a list and finds its parts.
func newListOf(doc *yaml.Node) (*resourceList, error) {
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, errors.New("it is no ResourceList")
	}
	l := &resourceList{head: doc, root: doc.Content[0]}
	if kind := memberText(l.root, "kind"); kind != listKind {
		return nil, fmt.Errorf("it is of kind %s, not ResourceList", quoted(kind))
	}
	if version := memberText(l.root, "apiVersion"); !slices.Contains(listVersions(), version) {
		return nil, fmt.Errorf("version %s of ResourceList is not known", quoted(version))
	}
	for i, seen := 0, map[string]bool{}; i+1 < len(l.root.Content); i += 2 {
		key := l.root.Content[i].Value
		if seen[key] {
			return nil, fmt.Errorf("its key %s is given twice", quoted(key))
		}
		seen[key] = true
	}
	if config := member(l.root, "functionConfig"); !isNull(config) {
		l.config = config
	}
	items := member(l.root, "items")
	if isNull(items) {
		return l, nil
	}
	if items.Kind != yaml.SequenceNode {
		return nil, errors.New("its items are no list")
	}
	for i, n := range items.Content {
		if n.Kind != yaml.MappingNode {
			return nil, fmt.Errorf("items[%d] is no object", i)
		}
	}
	l.items = items.Content
	return l, nil
}

// indentsLists reports whether the items are indented below their key.
func indentsLists(text []byte) bool {
	_, rest, ok := bytes.Cut(text, []byte("\nitems:\n"))
	return ok && bytes.HasPrefix(rest, []byte("  -"))
}

// encode returns the list as text, with these items and results.
// Where that is what came in, it goes back to the byte.
func (l *resourceList) encode(items []*yaml.Node, results []result) ([]byte, error) {
	if l.text != nil && len(results) == 0 && member(l.root, "results") == nil && slices.Equal(items, l.items) {
		return l.text, nil
	}
	root := *l.root
	root.Content = slices.Clone(l.root.Content)
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	if old := member(&root, "items"); !isNull(old) {
		copied := *old
		list = &copied
		if len(old.Content) == 0 {
			list.Style &^= yaml.FlowStyle
		}
	}
	list.Content = items
	setMember(&root, "items", list)
	root.Content = without(root.Content, "results")
	if len(results) > 0 {
		node := new(yaml.Node)
		if err := node.Encode(results); err != nil {
			return nil, err
		}
		setMember(&root, "results", node)
	}
	doc := *l.head
	doc.Content = []*yaml.Node{&root}
	return encodeNode(&doc, l.indented)
}

// without returns the content of a mapping without a key.
func without(content []*yaml.Node, key string) []*yaml.Node {
	for i := 0; i+1 < len(content); i += 2 {
		if content[i].Value == key {
			return slices.Delete(content, i, i+2)
		}
	}
	return content
}

// quoted returns a short text of the user's for a message.
func quoted(s string) string {
	const longest = 60
	if s == "" {
		return "(none)"
	}
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return fmt.Sprintf("%q", s)
}
