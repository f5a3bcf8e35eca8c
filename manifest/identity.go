package manifest

import "hash/maphash"

// IDSet remembers the identities of many objects in some 40 bytes each, however
// long their names are: it keeps hashes of 128 bits. Its zero value is not ready;
// use [NewIDSet].
type IDSet struct {
	seeds [2]maphash.Seed
	first map[[2]uint64]uint32
}

// NewIDSet returns an empty set.
func NewIDSet() *IDSet {
	return &IDSet{
		seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
		first: map[[2]uint64]uint32{},
	}
}

// Add remembers an identity and where it comes from, a number of the caller's
// own. When the set has the identity already, Add returns false and the origin of
// the first.
func (s *IDSet) Add(id ID, origin uint32) (first uint32, added bool) {
	key := [2]uint64{maphash.Comparable(s.seeds[0], id), maphash.Comparable(s.seeds[1], id)}
	if first, ok := s.first[key]; ok {
		return first, false
	}
	s.first[key] = origin
	return origin, true
}
