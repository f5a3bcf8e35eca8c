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
	if len(o.chunks) == 0 {
		return nil
	}
	origin := uint32(len(s.places))
	s.places = append(s.places, o.doc.Start())
	var findings finding.List
	for _, chunk := range o.chunks {
		id := chunk.ID
		if id.Name == "" || id.Kind == "" {
			continue
		}
		first, added := s.set.Add(id, origin)
		if added || first == origin {
			continue
		}
		findings = append(findings, finding.New(finding.DuplicateObject, nil,
			"%s %s is made by the document at %s too", id.Kind, qualified(id), s.places[first]).
			About(o.doc.Object()).At(o.doc.Start()))
	}
	return findings
}

func qualified(id manifest.ID) string {
	if id.Namespace == "" {
		return id.Name
	}
	return id.Namespace + "/" + id.Name
}
