package krm

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/manifest"
)

// merger puts rendered objects among the items: an object that an earlier run
// made is replaced in its place where it has changed, new ones follow their
// source, and those that no source yields any more go. What is not marked as ours
// is never touched.
type merger struct {
	run    *function
	format manifest.Format
	// byID are the items that a rendered object could meet.
	byID map[manifest.ID][]*item
	// yielded is what this run made.
	yielded map[manifest.ID]*product
	// first has the products before all items, last those behind all.
	first, last *item
}

// product is one object that a source yields.
type product struct {
	node   *yaml.RNode
	source *deploymentSource
}

func newMerger(r *function) *merger {
	m := &merger{
		run:     r,
		byID:    map[manifest.ID][]*item{},
		yielded: map[manifest.ID]*product{},
		first:   &item{},
		last:    &item{},
		format:  manifest.YAML(),
	}
	for _, it := range r.items {
		id := it.id(r.namespace())
		m.byID[id] = append(m.byID[id], it)
	}
	return m
}

// add takes what a source renders to. Each object stands behind the one before
// it, which may be there already, and the first behind the source.
func (m *merger) add(s *deploymentSource, objects []manifest.Object) {
	objects = slices.Clone(objects)
	manifest.Sort(objects)
	behind := cmp.Or(s.item, m.last)
	for _, o := range objects {
		node, err := m.encode(o, s)
		if err != nil {
			m.run.report(finding.List{finding.New(finding.CannotEncode, nil, "%v", err)}, s.subject)
			continue
		}
		id := o.ID()
		if twice := m.yielded[id]; twice != nil {
			// The operator writes both, so that the later one stays in a cluster.
			twice.node = node
			continue
		}
		p := &product{node: node, source: s}
		m.yielded[id] = p
		if over := m.claim(p, o); over != nil {
			behind = over
		} else {
			behind.after = append(behind.after, p)
		}
	}
}

// addCredentials adds the declared objects, which come before all others because
// what is rendered refers to them.
func (m *merger) addCredentials(objects []manifest.Object) {
	m.add(&deploymentSource{
		name: "credentials", item: m.first, subject: m.run.configSubject(), marker: m.run.credentialsMarker(),
	}, objects)
}

// encode returns an object as a node, marked as ours.
func (m *merger) encode(o manifest.Object, s *deploymentSource) (*yaml.RNode, error) {
	text, err := m.format.Append(nil, o)
	if err != nil {
		return nil, err
	}
	node, err := yaml.Parse(string(text))
	if err != nil {
		return nil, err
	}
	for key := range node.GetAnnotations() {
		if isReserved(key) && (key != OriginsAnnotation || !m.run.config.Origins) {
			node.Pipe(yaml.ClearAnnotation(key))
		}
	}
	annotate(node, MarkerAnnotation, s.marker)
	return node, nil
}

// claim returns the item of an earlier run that a product takes the place of, or
// nil.
func (m *merger) claim(p *product, o manifest.Object) (over *item) {
	for _, it := range m.byID[o.ID()] {
		switch {
		case it.marker == "":
			m.run.report(finding.List{finding.New(finding.ForeignObject, nil, "%s %s is already among the items, and not from this function", o.Kind, o.Name).
				WithHint("rename one of the two, or delete it if an earlier seldonctl render wrote it")}, p.source.subject)
		case over == nil:
			over = it
			it.claimed = p
		}
	}
	return over
}

// finish returns the items of the output.
func (m *merger) finish() []*yaml.RNode {
	place := newPlacer(m.run.items, m.run.configItem)
	var out []*yaml.RNode
	for _, it := range slices.Concat([]*item{m.first}, m.run.items, []*item{m.last}) {
		var node *yaml.RNode
		switch {
		case it.claimed != nil:
			node = replaced(it, it.claimed.node)
		case m.isStale(it):
			m.run.report(finding.List{finding.New(finding.ObjectRemoved, nil, "removed: %s no longer renders it", it.marker)}, it.subject())
		case it.renders && it.annotations[run.LocalConfig] != "true":
			node = it.Copy()
			annotate(node, run.LocalConfig, "true")
		default:
			node = it.RNode
		}
		if node != nil {
			out = append(out, node)
		}
		for _, p := range it.after {
			place.place(p)
			out = append(out, p.node)
		}
	}
	return out
}

// replaced returns the item as it was where it says what the new node does, and
// else that with the records that hosts keep about the item, in their order.
func replaced(it *item, by *yaml.RNode) *yaml.RNode {
	if reflect.DeepEqual(content(it.RNode), content(by)) {
		return it.RNode
	}
	annotations, _ := it.Pipe(yaml.Lookup(yaml.MetadataField, yaml.AnnotationsField))
	_ = annotations.VisitFields(func(field *yaml.MapNode) error {
		if key := yaml.GetValue(field.Key); belongsToHost(key) {
			annotate(by, key, yaml.GetValue(field.Value))
		}
		return nil
	})
	return by
}

// content is what a node says, without the records of hosts, whatever its style.
func content(n *yaml.RNode) map[string]any {
	var out map[string]any
	if n.YNode().Decode(&out) != nil {
		return nil
	}
	metadata, _ := out["metadata"].(map[string]any)
	annotations, _ := metadata["annotations"].(map[string]any)
	for key := range annotations {
		if belongsToHost(key) {
			delete(annotations, key)
		}
	}
	return out
}

// isStale reports whether an item was made by an earlier run and would not be made
// by this one.
func (m *merger) isStale(it *item) bool {
	if it.marker == "" {
		return false
	}
	if m.run.markers[it.marker] {
		return true
	}
	if prefix, _, named := strings.Cut(it.marker, ":"); named {
		// Only the functionConfig that named the source knows that it is gone.
		return prefix+":" == m.run.configMarker()
	}
	// Its SeldonDeployment is gone. Where a host has no files, a marked item may
	// come from a run that kept its sources to itself, such as a base of kustomize.
	return it.origin.path != ""
}
