package values

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

// longestKey bounds the work for one suggestion.
const longestKey = 64

// nearest returns the candidate that an unknown dotted key most likely stands
// for, or nothing: the same path in other case, a sibling with a slip of the
// pen, the same last segment elsewhere if there is only one, a slip elsewhere.
func nearest(key string, candidates []string) string {
	if len(key) > longestKey {
		return ""
	}
	parent, last := splitLast(key)
	var same, siblings []string
	for _, c := range candidates {
		if strings.EqualFold(c, key) {
			return c
		}
		p, l := splitLast(c)
		if strings.EqualFold(l, last) {
			same = append(same, c)
		}
		if p == parent {
			siblings = append(siblings, l)
		}
	}
	if best := spelling.Nearest(last, siblings); best != "" {
		return joinKey(parent, best)
	}
	if len(same) == 1 {
		return same[0]
	}
	if len(same) > 1 {
		return ""
	}
	return elsewhere(last, candidates)
}

// elsewhere returns the only candidate whose last segment is nearly the given one.
func elsewhere(last string, candidates []string) string {
	best, distance, unique := "", slip(last)+1, true
	for _, c := range candidates {
		_, l := splitLast(c)
		d := spelling.Distance(strings.ToLower(l), strings.ToLower(last))
		switch {
		case d < distance:
			best, distance, unique = c, d, true
		case d == distance:
			unique = false
		}
	}
	if !unique {
		return ""
	}
	return best
}

// slip is the number of wrong letters that still count as the same word.
func slip(word string) int { return (len(word) + 2) / 3 }

func joinKey(parent, last string) string {
	if parent == "" {
		return last
	}
	return parent + "." + last
}

func splitLast(key string) (parent, last string) {
	i := strings.LastIndexByte(key, '.')
	if i < 0 {
		return "", key
	}
	return key[:i], key[i+1:]
}

// keys returns the dotted keys of a tree, maps and leaves, sorted.
func (e *entry) keys(prefix string) []string {
	var out []string
	for k, f := range e.fields {
		key := joinKey(prefix, k)
		out = append(out, key)
		out = append(out, f.keys(key)...)
	}
	slices.Sort(out)
	return out
}
