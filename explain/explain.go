package explain

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// Kind says what kind of thing a leaf comes from.
type Kind string

// The kinds of sources.
const (
	// Field is a field of the SeldonDeployment.
	Field Kind = "field"
	// Value is a value of the chart, or a variable of the operator's manager.
	Value Kind = "value"
	// Object is a ServiceAccount or Secret that the SeldonDeployment refers to.
	Object Kind = "object"
	// Option is an option of the run, such as --server-side-apply.
	Option Kind = "option"
	// Platform is a rule of a platform file.
	Platform Kind = "platform"
)

// Source is something that a leaf comes from: with another one, the leaf is
// another, or is not there.
type Source struct {
	Kind Kind
	// Key is the path of the field, the key of the value, the kind and name of the
	// object or the name of the option.
	Key string
	// Text is what stands there, shortened; empty for Secrets.
	Text string
	// Pos is where it stands, if that is known; a value without one is the chart's
	// default.
	Pos finding.Position
	// Unset says that nothing stands there now: the operator's own default holds.
	Unset bool
	// Moves is how many leaves of the SeldonDeployment it moves. Sources that move
	// few say more about a leaf than those that move many.
	Moves int
}

// Leaf is a scalar of an object, or a list or map that holds nothing.
type Leaf struct {
	// Path is where it stands in the object. What an encoded text such as
	// ENGINE_PREDICTOR holds stands below the text.
	Path string
	// Named is the path with the names of list members in place of their indices.
	Named string
	// Text is the text of a string and the JSON of anything else.
	Text string
	// Opened says that leaves below this one are what its text holds.
	Opened bool
	// Sources are what it comes from, those that move the fewest leaves first.
	Sources []Source
	// Rule is what the operator does there.
	Rule Rule
}

// Rendered is an object with the stories of its leaves.
type Rendered struct {
	Object manifest.Object
	Leaves []Leaf
}

// Explainer explains what a renderer renders. It is safe for concurrent use.
type Explainer struct {
	renderer *render.Renderer
	// settings are the changes that do not depend on the SeldonDeployment.
	settings []group
	finish   Finish
}

// Finish changes what was rendered of a SeldonDeployment, as the rules of a
// platform do, and reports whether it can.
type Finish func(render.Input, []manifest.Object) ([]manifest.Object, bool)

// Part is a part of what finishes objects, with how they are finished without it.
type Part struct {
	Source  Source
	Without Finish
}

// Finished returns an explainer for what comes of rendered objects by finish, in
// which parts have a share.
func (e *Explainer) Finished(finish Finish, parts []Part) *Explainer {
	finished := &Explainer{renderer: e.renderer, settings: slices.Clip(e.settings), finish: finish}
	for _, p := range parts {
		finished.settings = append(finished.settings, group{changes: []change{{source: p.Source, attempts: []attempt{{finish: p.Without}}}}})
	}
	return finished
}

// New returns an explainer for what a renderer renders.
func New(r *render.Renderer) *Explainer {
	return &Explainer{renderer: r, settings: settingChanges(r)}
}

// change is something that is changed to see what moves.
type change struct {
	source Source
	// attempts are made in turn until one gives objects and moves a leaf.
	attempts []attempt
}

// group are changes that belong together.
type group struct {
	// probe makes all changes at once: where it moves nothing, none of them does. It
	// may be nil.
	probe   *attempt
	changes []change
}

// attempt is one way to make a change.
type attempt struct {
	// renderer is nil for the explainer's own.
	renderer func() *render.Renderer
	// edit returns another SeldonDeployment, nil where there is none.
	edit func() *seldon.Deployment
	// finish is nil for the explainer's own.
	finish Finish
}

// Explain renders a SeldonDeployment and returns what it renders to with the
// story of every leaf. Where it cannot be rendered there are findings only. The
// locator may be nil. The error may be [ErrTooLarge].
func (e *Explainer) Explain(in render.Input) ([]Rendered, finding.List, error) {
	result := e.renderer.Render(in)
	if result.Findings.HasErrors() {
		return nil, result.Findings, nil
	}
	if e.finish != nil {
		var ok bool
		if result.Objects, ok = e.finish(in, result.Objects); !ok {
			return nil, result.Findings, nil
		}
	}
	s, err := newStage(result.Objects)
	if err != nil {
		return nil, nil, err
	}
	editor, err := newEditor(in.Deployment)
	if err != nil {
		return nil, nil, err
	}
	if err := s.fits(len(editor.changes)); err != nil {
		return nil, nil, err
	}
	changes := slices.Concat(editor.located(in.Locator), e.referenceChanges(result.Uses))
	stand := func(c change) {
		for _, a := range c.attempts {
			if s.try(e, in, c.source, a) {
				break
			}
		}
	}
	for _, c := range changes {
		stand(c)
	}
	for _, g := range e.settings {
		if g.probe != nil && !s.matters(e, in, *g.probe) {
			continue
		}
		for _, c := range g.changes {
			stand(c)
		}
	}
	return s.stories(), result.Findings, nil
}

// maxWritten is how many bytes may be written to explain a SeldonDeployment: each
// change is rendered. That is a second's work, and a thousand times that of most.
const maxWritten = 256 << 20

// ErrTooLarge says that a SeldonDeployment has too many fields to change them all.
var ErrTooLarge = errors.New("too large to explain; split the SeldonDeployment")

// fits refuses more changes than can be rendered in reasonable time.
func (s *stage) fits(changes int) error {
	size := 0
	for _, text := range s.texts {
		size += len(text)
	}
	if size*changes > maxWritten {
		return fmt.Errorf("%d fields and %d KiB of manifests: %w", changes, size>>10, ErrTooLarge)
	}
	return nil
}

// stage holds what is rendered, and what moves its leaves.
type stage struct {
	objects []manifest.Object
	texts   [][]byte
	trees   []*tree
	// of are the sources of the leaves, by their numbers.
	of [][]*Source
	// buffer is for the text of one object that is compared.
	buffer []byte
}

func newStage(objects []manifest.Object) (*stage, error) {
	s := &stage{objects: objects}
	leaves := 0
	for _, o := range objects {
		text, err := encode(nil, o)
		if err != nil {
			return nil, err
		}
		s.texts = append(s.texts, text)
		var t *tree
		t, leaves = newTree(text, leaves)
		s.trees = append(s.trees, t)
	}
	s.of = make([][]*Source, leaves)
	return s, nil
}

// encode appends an object as JSON to a buffer, or returns it in one of its own.
func encode(buffer []byte, o manifest.Object) ([]byte, error) {
	if encodable, ok := o.Value.(manifest.Encodable); ok {
		return manifest.AppendCompactJSON(buffer, encodable)
	}
	return leaf.JSON(o.Value)
}

// encode returns an object as JSON, which holds until the next is encoded.
func (s *stage) encode(o manifest.Object) ([]byte, error) {
	text, err := encode(s.buffer[:0], o)
	if err == nil {
		s.buffer = text
	}
	return text, err
}

// try makes an attempt, and reports whether a leaf has moved.
func (s *stage) try(e *Explainer, in render.Input, source Source, a attempt) bool {
	others, ok := a.render(e, in)
	if !ok {
		return false
	}
	mark := &source
	for i, other := range s.partners(others) {
		var tree *leaf.Node
		if other != nil {
			text, err := s.encode(*other)
			if err != nil || bytes.Equal(text, s.texts[i]) {
				continue
			}
			tree = leaf.Outline(text)
		}
		s.trees[i].moved(tree, func(number int) {
			s.of[number] = append(s.of[number], mark)
			mark.Moves++
		})
	}
	return mark.Moves > 0
}

// matters reports whether an attempt fails or changes anything.
func (s *stage) matters(e *Explainer, in render.Input, a attempt) bool {
	others, ok := a.render(e, in)
	if !ok || len(others) != len(s.objects) {
		return true
	}
	for i := range others {
		if text, err := s.encode(others[i]); err != nil || !bytes.Equal(text, s.texts[i]) {
			return true
		}
	}
	return false
}

// render renders the attempt and reports whether that gives objects.
func (a attempt) render(e *Explainer, in render.Input) ([]manifest.Object, bool) {
	r, finish := e.renderer, e.finish
	if a.finish != nil {
		finish = a.finish
	}
	if a.renderer != nil {
		r = a.renderer()
	}
	if a.edit != nil {
		in.Deployment = a.edit()
	}
	if in.Deployment == nil {
		return nil, false
	}
	result := r.Render(render.Input{Deployment: in.Deployment})
	if finish == nil || result.Findings.HasErrors() {
		return result.Objects, !result.Findings.HasErrors()
	}
	return finish(in, result.Objects)
}

// partners returns for each object the one that has taken its place: that of its
// name, or the next of its kind where as many lost their names as came anew.
func (s *stage) partners(others []manifest.Object) []*manifest.Object {
	partners := make([]*manifest.Object, len(s.objects))
	// Most changes leave the names as they are.
	if slices.EqualFunc(s.objects, others, func(a, b manifest.Object) bool { return a.ID() == b.ID() }) {
		for i := range others {
			partners[i] = &others[i]
		}
		return partners
	}
	// Several objects may have one name; they stand for each other in their order.
	byID := map[manifest.ID][]*manifest.Object{}
	for i := range others {
		id := others[i].ID()
		byID[id] = append(byID[id], &others[i])
	}
	lost := map[string][]int{}
	for i := range s.objects {
		id := s.objects[i].ID()
		if queue := byID[id]; len(queue) > 0 {
			partners[i], byID[id] = queue[0], queue[1:]
		} else {
			lost[id.Kind] = append(lost[id.Kind], i)
		}
	}
	fresh := map[string][]*manifest.Object{}
	for i := range others {
		if slices.Contains(byID[others[i].ID()], &others[i]) {
			fresh[others[i].Kind] = append(fresh[others[i].Kind], &others[i])
		}
	}
	for kind, places := range lost {
		if len(fresh[kind]) != len(places) {
			continue
		}
		for i, place := range places {
			partners[place] = fresh[kind][i]
		}
	}
	return partners
}

func (s *stage) stories() []Rendered {
	var out []Rendered
	for i, o := range s.objects {
		r := Rendered{Object: o}
		s.trees[i].places(func(p spot) {
			l := Leaf{Path: p.path, Named: p.named, Text: p.node.String(), Opened: p.opened, Rule: ruleOf(o.Kind, p.named)}
			if sources := s.of[p.node.Number]; len(sources) > 0 {
				l.Sources = make([]Source, len(sources))
				for i := range sources {
					l.Sources[i] = *sources[i]
				}
			}
			slices.SortStableFunc(l.Sources, bySpecificity)
			r.Leaves = append(r.Leaves, l)
		})
		out = append(out, r)
	}
	return out
}

// bySpecificity puts what is set before what is not, and what moves few leaves
// before what moves many.
func bySpecificity(a, b Source) int {
	if a.Unset != b.Unset {
		if b.Unset {
			return -1
		}
		return 1
	}
	return cmp.Compare(a.Moves, b.Moves)
}

// String names a source in a line.
func (s Source) String() string {
	at := ""
	switch {
	case s.Pos.Line > 0:
		at = s.Pos.String() + " "
	case !s.Pos.IsZero():
		at = s.Pos.File + " "
	case s.Unset:
		at = "not set "
	case s.Kind == Value:
		at = "default "
	}
	switch s.Kind {
	case Object:
		return fmt.Sprintf("%s%s", at, s.Key)
	case Option:
		return s.Key
	}
	return at + s.Key
}
