package render

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/seldon"
)

// few is up to how many entries a list is gone through to find one by its name.
// Of longer ones there is an index, so that work grows no faster than the input.
const few = 24

// index finds the first entry of a name in a list, which may grow at its end.
type index struct {
	first map[string]int
	known int
}

// find returns where the name is first among n, or -1.
func (x *index) find(name string, n int, at func(int) string) int {
	if n <= few {
		for i := range n {
			if at(i) == name {
				return i
			}
		}
		return -1
	}
	if x.first == nil {
		x.first = make(map[string]int, n)
	}
	for ; x.known < n; x.known++ {
		if _, ok := x.first[at(x.known)]; !ok {
			x.first[at(x.known)] = x.known
		}
	}
	if i, ok := x.first[name]; ok {
		return i
	}
	return -1
}

// container returns where a container of the name is first, or -1.
func (x *index) container(list []corev1.Container, name string) int {
	return x.find(name, len(list), func(k int) string { return list[k].Name })
}

// variable returns where a variable of the name is first, or -1.
func (x *index) variable(list []corev1.EnvVar, name string) int {
	return x.find(name, len(list), func(i int) string { return list[i].Name })
}

// finder is a predictor whose units and containers are found by their names.
type finder struct {
	*seldon.Predictor
	// parts is nil where there are few.
	parts *parts
}

// parts are the units and containers of a large predictor, the first of each
// name.
type parts struct {
	units      map[string]*seldon.Unit
	parents    map[*seldon.Unit]place
	containers map[string][2]int
}

// place is where a unit stands: it is a child of another.
type place struct {
	parent *seldon.Unit
	child  int
}

// find returns a finder for a predictor of the SeldonDeployment or its source.
func (p *subject) find(pred *seldon.Predictor) finder {
	x, large := p.large[pred]
	if large && x == nil {
		x = newParts(pred)
		p.large[pred] = x
	}
	return finder{pred, x}
}

// noteLarge makes room for the indices of predictors that need one.
func (p *subject) noteLarge() {
	for i := range p.source.Spec.Predictors {
		if pred := &p.source.Spec.Predictors[i]; countParts(pred) > few {
			if p.large == nil {
				p.large = map[*seldon.Predictor]*parts{}
			}
			p.large[pred], p.large[&p.sd.Spec.Predictors[i]] = nil, nil
		}
	}
}

// countParts returns how many units and containers a predictor has.
func countParts(pred *seldon.Predictor) int {
	n := countUnits(&pred.Graph)
	for _, cs := range pred.ComponentSpecs {
		if cs != nil {
			n += len(cs.Spec.Containers)
		}
	}
	return n
}

func countUnits(u *seldon.Unit) int {
	n := 1
	for i := range u.Children {
		n += countUnits(&u.Children[i])
	}
	return n
}

func newParts(pred *seldon.Predictor) *parts {
	x := &parts{units: map[string]*seldon.Unit{}, parents: map[*seldon.Unit]place{}, containers: map[string][2]int{}}
	x.addUnits(&pred.Graph)
	for j, cs := range pred.ComponentSpecs {
		if cs != nil {
			for k := range cs.Spec.Containers {
				x.addContainer(cs.Spec.Containers[k].Name, j, k)
			}
		}
	}
	return x
}

func (x *parts) addUnits(u *seldon.Unit) {
	if x.units[u.Name] == nil {
		x.units[u.Name] = u
	}
	for i := range u.Children {
		x.parents[&u.Children[i]] = place{u, i}
		x.addUnits(&u.Children[i])
	}
}

// addContainer notes a container, the k-th of component spec j.
func (x *parts) addContainer(name string, j, k int) {
	if _, ok := x.containers[name]; !ok {
		x.containers[name] = [2]int{j, k}
	}
}

// unit returns the first unit of that name in pre-order, or nil.
func (f finder) unit(name string) *seldon.Unit {
	if f.parts != nil {
		return f.parts.units[name]
	}
	return f.Graph.Find(name)
}

// Container returns the first container of that name in the predictor's component
// specs and the index of its component spec, or nil and -1.
func (f finder) Container(name string) (*corev1.Container, int) {
	if f.parts == nil {
		return f.Predictor.Container(name)
	}
	at, ok := f.parts.containers[name]
	if !ok {
		return nil, -1
	}
	return &f.ComponentSpecs[at[0]].Spec.Containers[at[1]], at[0]
}

// added notes a container at the end of the first component spec.
func (f finder) added(name string) {
	if f.parts != nil {
		f.parts.addContainer(name, 0, len(f.ComponentSpecs[0].Spec.Containers)-1)
	}
}

// unitPath is where the first unit of that name stands, below the path of the
// graph, which it is where there is none.
func (f finder) unitPath(path *field.Path, name string) *field.Path {
	way, _ := wayTo(&f.Graph, name)
	if f.parts != nil {
		way = f.parts.wayTo(f.parts.units[name])
	}
	for _, child := range slices.Backward(way) {
		path = path.Child("children").Index(child)
	}
	return path
}

// wayTo returns the way to a unit, its last step first.
func (x *parts) wayTo(u *seldon.Unit) (way []int) {
	for u != nil && x.parents[u].parent != nil {
		way = append(way, x.parents[u].child)
		u = x.parents[u].parent
	}
	return way
}

// wayTo returns the way to the first unit of that name, its last step first.
// Unlike a walk it makes no paths of the units that are passed.
func wayTo(u *seldon.Unit, name string) (way []int, ok bool) {
	if u.Name == name {
		return nil, true
	}
	for i := range u.Children {
		if way, ok := wayTo(&u.Children[i], name); ok {
			return append(way, i), true
		}
	}
	return nil, false
}
