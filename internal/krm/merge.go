package krm

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/seldonctl/seldonctl/finding"
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
	// yielded is what this run made, and of which source.
	yielded map[manifest.ID]*product
	// order lists the products of each source.
	order map[*deploymentSource][]*product
	// claimed are the items that products take the place of.
	claimed map[*item]*product
	place   *placer
	// first is the source whose new objects come before all items; nil without one.
	first *deploymentSource
}

// product is one object that a source yields.
type product struct {
	node   *yaml.Node
	source *deploymentSource
	// over is the item of an earlier run that it takes the place of, or nil.
	over *item
}

func newMerger(r *function) *merger {
	m := &merger{
		run:     r,
		byID:    map[manifest.ID][]*item{},
		yielded: map[manifest.ID]*product{},
		order:   map[*deploymentSource][]*product{},
		claimed: map[*item]*product{},
		place:   newPlacer(r.items, r.configItem),
	}
	format, err := manifest.NewFormat("yaml")
	if err != nil {
		panic(err)
	}
	m.format = format
	for _, it := range r.items {
		id := it.id(r.namespace())
		m.byID[id] = append(m.byID[id], it)
	}
	return m
}

// add takes what a source renders to.
func (m *merger) add(s *deploymentSource, objects []manifest.Object) {
	objects = slices.Clone(objects)
	manifest.Sort(objects)
	for _, o := range objects {
		node, err := m.encode(o, s)
		if err != nil {
			m.run.report(finding.List{finding.New(finding.CannotEncode, nil, "%v", err)}, s.subject)
			continue
		}
		m.yield(s, o, node)
	}
}

// encode returns an object as a node, marked as ours.
func (m *merger) encode(o manifest.Object, s *deploymentSource) (*yaml.Node, error) {
	text, err := m.format.Append(nil, o)
	if err != nil {
		return nil, err
	}
	node, err := parseNode(text)
	if err != nil {
		return nil, err
	}
	removeAnnotations(node, isReserved)
	setAnnotation(node, MarkerAnnotation, s.marker)
	return node, nil
}

// yield remembers an object and what it meets.
func (m *merger) yield(s *deploymentSource, o manifest.Object, node *yaml.Node) {
	id := newItem(node).id(m.run.namespace())
	if other := m.yielded[id]; other != nil {
		// The operator writes both, so that the later one stays in a cluster.
		other.node = node
		return
	}
	p := &product{node: node, source: s}
	m.yielded[id] = p
	m.order[s] = append(m.order[s], p)
	for _, it := range m.byID[id] {
		switch {
		case it.marker == "":
			m.run.report(finding.List{finding.New(finding.ForeignObject, nil, "%s %s is among the items already, and this function did not make it", o.Kind, o.Name).
				WithHint("rename one of the two, or delete it if an earlier seldonctl render wrote it")}, s.subject)
		case p.over == nil:
			p.over = it
			m.claimed[it] = p
		}
	}
}

// finish returns the items of the output.
func (m *merger) finish() []*yaml.Node {
	after := map[*item][]*product{}
	var last, first []*product
	for _, s := range m.run.sources {
		m.anchor(s, after, &last)
	}
	m.anchor(m.first, after, &first)
	var out []*yaml.Node
	for _, p := range first {
		out = append(out, m.place.placed(p))
	}
	for _, it := range m.run.items {
		switch {
		case m.claimed[it] != nil:
			out = append(out, m.replaced(it, m.claimed[it]))
		case m.isStale(it):
			m.run.report(finding.List{finding.New(finding.ObjectRemoved, nil, "removed: %s does not yield it any more", it.marker)}, it.subject())
		case m.isSource(it):
			out = append(out, localConfig(it.node))
		default:
			out = append(out, it.node)
		}
		for _, p := range after[it] {
			out = append(out, m.place.placed(p))
		}
	}
	for _, p := range last {
		out = append(out, m.place.placed(p))
	}
	return out
}

// anchor decides behind which item the new objects of a source go: behind the one
// before them that is there already, or behind the source, or else to the last.
func (m *merger) anchor(s *deploymentSource, after map[*item][]*product, last *[]*product) {
	if s == nil {
		return
	}
	behind := s.item
	for _, p := range m.order[s] {
		switch {
		case p.over != nil:
			behind = p.over
		case behind != nil:
			after[behind] = append(after[behind], p)
		default:
			*last = append(*last, p)
		}
	}
}

// replaced returns the item as it was where it says what the product does, and
// else the product with the records that hosts keep about the item.
func (m *merger) replaced(it *item, p *product) *yaml.Node {
	old := copyNode(it.node)
	removeAnnotations(old, belongsToHost)
	if sameContent(old, p.node) {
		return it.node
	}
	if annotations := annotationsOf(it.node); annotations != nil {
		for i := 0; i+1 < len(annotations.Content); i += 2 {
			if key := annotations.Content[i].Value; belongsToHost(key) {
				setAnnotation(p.node, key, annotations.Content[i+1].Value)
			}
		}
	}
	return p.node
}

// isStale reports whether an item was made by an earlier run and would not be made
// by this one.
func (m *merger) isStale(it *item) bool {
	if it.marker == "" {
		return false
	}
	for _, s := range m.run.sources {
		if s.marker == it.marker {
			return true
		}
	}
	prefix, _, named := strings.Cut(it.marker, ":")
	if named {
		// Only the functionConfig that named the source knows that it is gone.
		return prefix+":" == m.run.configMarker()
	}
	// Its SeldonDeployment is gone. Where a host has no files, a marked item may
	// come from a run that kept its sources to itself, such as a base of kustomize.
	return it.origin.path != ""
}

func (m *merger) isSource(it *item) bool {
	return slices.ContainsFunc(m.run.sources, func(s *deploymentSource) bool { return s.item == it })
}

// localConfig returns a SeldonDeployment that is kept out of clusters.
func localConfig(n *yaml.Node) *yaml.Node {
	if memberText(annotationsOf(n), localConfigAnnotation) == "true" {
		return n
	}
	n = copyNode(n)
	setAnnotation(n, localConfigAnnotation, "true")
	return n
}
