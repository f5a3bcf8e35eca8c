package krm

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/aliases"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/printable"
)

const (
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
	kio.ByteReadWriter
	items []*item
	// config is the functionConfig, without a node if there is none.
	config *item
}

// newList returns an empty list.
func newList() *resourceList {
	// The annotations of the reader are those of hosts: they stay.
	return &resourceList{config: &item{}, ByteReadWriter: kio.ByteReadWriter{
		OmitReaderAnnotations: true, KeepReaderAnnotations: true,
		WrappingAPIVersion: listVersions()[0], WrappingKind: kio.ResourceListKind,
	}}
}

// readList reads a list from the input, or says why it cannot.
func readList(in io.Reader) (*resourceList, *finding.Finding) {
	refuse := func(err error, hint string) (*resourceList, *finding.Finding) {
		f := finding.New(finding.BadResourceList, nil, "standard input cannot be used: %v", err).WithHint("%s", hint)
		return nil, &f
	}
	text, err := files.ReadAll(in, maxInput)
	switch {
	case err != nil:
		return refuse(err, "run the function again, on fewer items if there are many")
	case len(bytes.TrimSpace(text)) == 0:
		return refuse(errors.New("it is empty"), "kustomize and kpt pass a ResourceList; to render files use seldonctl render -f FILE")
	}
	l := newList()
	l.WrappingAPIVersion, l.WrappingKind, l.Reader = "", "", bytes.NewReader(text)
	var nodes []*yaml.RNode
	if err := printable.Guard(func() (err error) { nodes, err = l.Read(); return err }); err != nil {
		return refuse(syntaxError(err), "pass a ResourceList as YAML or JSON")
	}
	if err := printable.Guard(func() error { return l.take(nodes) }); err != nil {
		return refuse(err, "pass a ResourceList of "+strings.Join(listVersions(), ", ")+"; to render files use seldonctl render -f FILE")
	}
	return l, nil
}

// take checks what was read and keeps the items.
func (l *resourceList) take(nodes []*yaml.RNode) error {
	if l.WrappingKind == "" && len(nodes) == 1 && nodes[0].YNode().Kind == yaml.MappingNode {
		// Without items and functionConfig the library takes a list for an item.
		only := newItem(nodes[0])
		l.WrappingAPIVersion, l.WrappingKind, nodes = only.APIVersion, only.Kind, nil
	}
	switch {
	case len(nodes) > 0 && l.WrappingKind == "":
		return errors.New("it has several documents")
	case l.WrappingKind != kio.ResourceListKind:
		return fmt.Errorf("it is of kind %q, not ResourceList", l.WrappingKind)
	case !slices.Contains(listVersions(), l.WrappingAPIVersion):
		return fmt.Errorf("unknown version %q of ResourceList", l.WrappingAPIVersion)
	}
	if err := checkAliases(append(slices.Clip(nodes), l.FunctionConfig)); err != nil {
		return err
	}
	if !yaml.IsMissingOrNull(l.FunctionConfig) {
		if err := repair(l.FunctionConfig); err != nil {
			return fmt.Errorf("functionConfig: %w", err)
		}
		l.config = newItem(l.FunctionConfig)
	}
	for i, n := range nodes {
		if err := repair(n); err != nil {
			return fmt.Errorf("items[%d]: %w", i, err)
		}
		if !isObject(n) {
			return fmt.Errorf("items[%d] is not an object", i)
		}
		l.items = append(l.items, newItem(n))
	}
	return nil
}

// isObject reports whether a node is a map, and what should be maps in it too: the
// library writes annotations into nothing else.
func isObject(n *yaml.RNode) bool {
	annotations, err := n.Pipe(yaml.Lookup(yaml.MetadataField, yaml.AnnotationsField))
	return err == nil && n.YNode().Kind == yaml.MappingNode &&
		(yaml.IsMissingOrNull(annotations) || annotations.YNode().Kind == yaml.MappingNode)
}

// write writes the list with these items and results.
func (l *resourceList) write(out io.Writer, items []*yaml.RNode, results []result) error {
	l.Writer, l.Results = out, nil
	if len(results) > 0 {
		node := new(yaml.Node)
		if err := node.Encode(results); err != nil {
			return err
		}
		l.Results = yaml.NewRNode(node)
	}
	return printable.Guard(func() error { return l.Write(items) })
}

// checkAliases refuses aliases that stand for too much, in all nodes together.
func checkAliases(nodes []*yaml.RNode) error {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, n := range nodes {
		if !yaml.IsMissingOrNull(n) {
			list.Content = append(list.Content, n.YNode())
		}
	}
	err := aliases.Check(list, func(n *yaml.Node) aliases.Node[yaml.Node] {
		return aliases.Node[yaml.Node]{Text: n.Value, Anchored: n.Anchor != "", Alias: n.Alias, Children: n.Content}
	})
	if err != nil {
		return fmt.Errorf("line %d: %w", err.At.Line, err)
	}
	return nil
}

// lineOf finds the line in an error of the parser.
var lineOf = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`yaml: (line \d+)`)
})

// syntaxError returns an error of the parser without the text it may quote, which
// could be a secret.
func syntaxError(err error) error {
	if line := lineOf().FindStringSubmatch(err.Error()); line != nil {
		return errors.New("it is not YAML: " + line[1])
	}
	return errors.New("it is not YAML")
}
