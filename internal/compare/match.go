package compare

import (
	"cmp"
	"slices"

	"github.com/seldonctl/seldonctl/manifest"
)

// pair is an object on both sides; one of them may be nil.
type pair struct{ from, to *Object }

func (p pair) either() *Object {
	if p.from != nil {
		return p.from
	}
	return p.to
}

// match pairs the objects of two sides: those with the same identity, and then,
// if wanted, what is left over without regard to namespaces. An identity that
// occurs several times is paired in its order.
func match(from, to []Object, o Options) []pair {
	pairs := make([]pair, len(from), len(from)+len(to))
	for i := range from {
		pairs[i].from = &from[i]
	}
	rest := make([]*Object, len(to))
	for i := range to {
		rest[i] = &to[i]
	}
	rest = join(pairs, rest, func(id manifest.ID) manifest.ID { return id })
	if o.Live {
		rest = join(pairs, rest, func(id manifest.ID) manifest.ID {
			id.Namespace = namespaceOr(id.Namespace)
			return id
		})
	}
	if o.IgnoreNamespaces {
		rest = join(pairs, rest, func(id manifest.ID) manifest.ID {
			id.Namespace = ""
			return id
		})
	}
	for _, o := range rest {
		pairs = append(pairs, pair{to: o})
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		x, y := a.either(), b.either()
		return cmp.Or(
			cmp.Compare(x.Rank, y.Rank), cmp.Compare(x.ID.Kind, y.ID.Kind),
			cmp.Compare(x.ID.Namespace, y.ID.Namespace), cmp.Compare(x.ID.Name, y.ID.Name),
			cmp.Compare(x.ID.Group, y.ID.Group),
		)
	})
	return pairs
}

// join completes pairs that have one side only with objects of the same key, and
// returns the objects that found none.
func join(pairs []pair, objects []*Object, key func(manifest.ID) manifest.ID) []*Object {
	waiting := make(map[manifest.ID][]*pair)
	for i := range pairs {
		if p := &pairs[i]; p.to == nil {
			k := key(p.from.ID)
			waiting[k] = append(waiting[k], p)
		}
	}
	var rest []*Object
	for _, o := range objects {
		k := key(o.ID)
		if len(waiting[k]) == 0 {
			rest = append(rest, o)
			continue
		}
		waiting[k][0].to = o
		waiting[k] = waiting[k][1:]
	}
	return rest
}
