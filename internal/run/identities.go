package run

import (
	"cmp"
	"fmt"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// identities finds SeldonDeployments and objects that two documents would make.
type identities struct {
	set *manifest.IDSet
	// namespace is for documents without one that belong into one.
	namespace string
	scopes    *scopes
	// places are those of the documents so far.
	places []place
}

// place says where a document is and what it holds.
type place struct {
	pos    finding.Position
	object finding.Object
}

// String is the place in the words of a message. Documents without a file come
// from a host that knows them by their objects.
func (p place) String() string {
	if p.pos.File == "" {
		return p.object.String()
	}
	return "the document at " + p.pos.String()
}

func newIdentities(namespace string, s *scopes) *identities {
	return &identities{set: manifest.NewIDSet(), namespace: cmp.Or(namespace, defaultNamespace), scopes: s}
}

// check remembers the objects of a document and reports those that another
// document has made. Repetitions inside one SeldonDeployment are the operator's
// doing and reported by the renderer.
func (s *identities) check(o *Outcome) finding.List {
	if o.Document == nil || o.LeftOut {
		return nil
	}
	here := placeOf(o.Document)
	origin := uint32(len(s.places))
	s.places = append(s.places, here.short())
	if first, ok := s.repeats(s.idOf(o.Document), origin); ok {
		// What two SeldonDeployments of one name render to needs no mention.
		return finding.List{s.repeated(s.idOf(o.Document), s.places[first].String(), here, first)}
	}
	return s.checkObjects(o.Objects, origin, here)
}

// checkObjects reports once that other documents make some of the objects.
func (s *identities) checkObjects(objects []manifest.Object, origin uint32, here place) finding.List {
	var id manifest.ID
	var first uint32
	n, where := 0, ""
	for i := range objects {
		other, ok := s.repeats(objects[i].ID(), origin)
		switch {
		case !ok:
			continue
		case n == 0:
			id, first, where = objects[i].ID(), other, s.places[other].String()
		case other != first:
			where = s.places[first].String() + " and other documents"
		}
		n++
	}
	if n == 0 {
		return nil
	}
	f := s.repeated(id, where, here, first)
	if n > 1 {
		f.Message = fmt.Sprintf("%s %s and %d more objects are also defined by %s", id.Kind, id.Qualified(), n-1, where)
	}
	return finding.List{f}
}

// repeats remembers an object of a document, and returns which other document has
// made it.
func (s *identities) repeats(id manifest.ID, origin uint32) (first uint32, ok bool) {
	if id.Name == "" || id.Kind == "" {
		return 0, false
	}
	first, added := s.set.Add(id, origin)
	return first, !added && first != origin
}

// repeated is the finding about an object that is also made elsewhere, first by
// the document of that number.
func (s *identities) repeated(id manifest.ID, where string, here place, first uint32) finding.Finding {
	f := finding.New(finding.DuplicateObject, nil, "%s %s is also defined by %s", id.Kind, id.Qualified(), where).
		About(here.object).At(here.pos)
	if id.Kind == seldon.Kind {
		f.Message = fmt.Sprintf("duplicate %s %s, first defined by %s", id.Kind, id.Qualified(), where)
		f = f.WithHint("rename one of them, or change its namespace")
	}
	if here.pos.File != "" && here.pos == s.places[first].pos {
		f = f.WithHint("the file is read twice: specify it, or its folder, only once")
	}
	return f
}

// checkDeclared is check for an object that the values declare.
func (s *identities) checkDeclared(o manifest.Object) finding.List {
	id := o.ID()
	origin := uint32(len(s.places))
	first, added := s.set.Add(id, origin)
	if added || int(first) >= len(s.places) {
		return nil
	}
	return finding.List{finding.New(finding.DuplicateObject, nil, "%s %s is declared in the values and also defined by %s", id.Kind, id.Qualified(), s.places[first]).
		WithHint("keep one of them").At(s.places[first].pos)}
}

// short returns as much of the place as another document's finding needs.
func (p place) short() place {
	if p.pos.File != "" {
		p.object = finding.Object{}
	}
	return p
}

func placeOf(doc *source.Document) place { return place{doc.Start(), doc.Object()} }

// idOf returns what tells a document from all others.
func (s *identities) idOf(doc *source.Document) manifest.ID {
	o := manifest.Object{APIVersion: doc.APIVersion, Kind: doc.Kind, Namespace: doc.Namespace, Name: doc.Name}
	if s.scopes.isNamespaced(doc) {
		o.Namespace = cmp.Or(o.Namespace, s.namespace)
	}
	return o.ID()
}
