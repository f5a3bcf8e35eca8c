package cli

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
)

// identities finds objects that two documents would make.
type identities struct {
	set *manifest.IDSet
	// places are those of the documents so far.
	places []finding.Position
}

func newIdentities() *identities { return &identities{set: manifest.NewIDSet()} }

// check remembers the objects of a document and reports those that another
// document has made. Repetitions inside one SeldonDeployment are the operator's
// doing and reported by the renderer.
func (s *identities) check(o *outcome) finding.List {
	ids := o.ids()
	if len(ids) == 0 {
		return nil
	}
	origin := uint32(len(s.places))
	s.places = append(s.places, o.doc.Start())
	var findings finding.List
	for _, id := range ids {
		if id.Name == "" || id.Kind == "" {
			continue
		}
		first, added := s.set.Add(id, origin)
		if added || first == origin {
			continue
		}
		f := finding.New(finding.DuplicateObject, nil, "%s %s is made by the document at %s too", id.Kind, qualified(id), s.places[first]).
			About(o.doc.Object()).At(o.doc.Start())
		if f.Pos == s.places[first] {
			f = f.WithHint("the file is read twice: name it, or the folder it is in, once")
		}
		findings = append(findings, f)
	}
	return findings
}

// ids are the identities of the objects that a document makes.
func (o *outcome) ids() []manifest.ID {
	var ids []manifest.ID
	switch {
	case o.doc == nil:
	case o.rendered:
		for i := range o.objects {
			ids = append(ids, o.objects[i].ID())
		}
	default:
		d := o.doc.Object()
		ids = append(ids, manifest.Object{APIVersion: d.APIVersion, Kind: d.Kind, Namespace: d.Namespace, Name: d.Name}.ID())
	}
	return ids
}

func qualified(id manifest.ID) string {
	if id.Namespace == "" {
		return id.Name
	}
	return id.Namespace + "/" + id.Name
}
