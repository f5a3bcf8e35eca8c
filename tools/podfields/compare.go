package main

import (
	"fmt"
	"slices"
)

// comparison collects how an older version of the types differs from ours.
type comparison struct {
	ours, old *api
	seen      map[[2]typeName]bool
	// absent and present hold, by type of ours and JSON name, the old types that
	// lack and have the field. The same type of ours can stand for several old
	// ones, as ProbeHandler and LifecycleHandler both were Handler.
	absent, present map[row][]typeName
	// notes tell of differences that no mask can make up for.
	notes []string
}

type row struct {
	holder typeName
	field  string
}

// compare walks all types that the roots reach.
func compare(ours, old *api, roots [][2]typeName) (*comparison, error) {
	c := &comparison{
		ours: ours, old: old,
		seen:   map[[2]typeName]bool{},
		absent: map[row][]typeName{}, present: map[row][]typeName{},
	}
	for _, root := range roots {
		if err := c.types(root[0], root[1]); err != nil {
			return nil, err
		}
	}
	slices.Sort(c.notes)
	return c, nil
}

// types compares a type of ours with the old one in its place.
func (c *comparison) types(ours, old typeName) error {
	pair := [2]typeName{ours, old}
	if c.seen[pair] {
		return nil
	}
	c.seen[pair] = true
	theirs, err := c.old.flat(old)
	if err != nil {
		return err
	}
	mine, err := c.ours.flat(ours)
	if err != nil {
		return err
	}
	c.note(ours, mine, theirs)
	return c.holder(ours, old, byName(theirs))
}

// note records fields that only the old version has, that it writes under
// another condition, or that it writes in another order.
func (c *comparison) note(ours typeName, mine, theirs []field) {
	known := byName(mine)
	var common []string
	for _, f := range theirs {
		now, ok := known[f.name]
		if !ok {
			c.notes = append(c.notes, fmt.Sprintf("%s: %s is there no more", ours, f.name))
			continue
		}
		common = append(common, f.name)
		if now.options != f.options {
			c.notes = append(c.notes, fmt.Sprintf("%s: %s was %q, is %q", ours, f.name, f.options, now.options))
		}
	}
	place := 0
	for _, f := range mine {
		if place == len(common) || !slices.Contains(common, f.name) {
			continue
		}
		if f.name != common[place] {
			c.notes = append(c.notes, fmt.Sprintf("%s: %s stands where %s stood", ours, f.name, common[place]))
		}
		place++
	}
}

func byName(fields []field) map[string]field {
	out := make(map[string]field, len(fields))
	for _, f := range fields {
		out[f.name] = f
	}
	return out
}

// holder compares the fields that one struct declares; those of an inlined
// struct count for that struct, since the mask asks where a field is declared.
func (c *comparison) holder(ours, old typeName, theirs map[string]field) error {
	fields, err := c.ours.fields(ours)
	if err != nil {
		return err
	}
	for _, f := range fields {
		if f.name == "" {
			if err := c.holder(f.holds, old, theirs); err != nil {
				return err
			}
			continue
		}
		r := row{ours, f.name}
		was, ok := theirs[f.name]
		if !ok {
			c.absent[r] = append(c.absent[r], old)
			continue
		}
		c.present[r] = append(c.present[r], old)
		if (f.holds == typeName{}) != (was.holds == typeName{}) {
			return fmt.Errorf("%s: %s of %s changed its kind: it holds %s, it held %s", c.old.version, f.name, ours, f.holds, was.holds)
		}
		if (f.holds == typeName{}) {
			continue
		}
		if err := c.types(f.holds, was.holds); err != nil {
			return err
		}
	}
	return nil
}

// inSource is a type whose fields older versions have, in a field of their own:
// internal/source reads them there, and render writes them there.
var inSource = typeName{core, "PodResourceClaim"}

// mask returns the rows of the generated mask: the JSON names that the old
// version lacks, by our type.
func (c *comparison) mask() map[typeName][]string {
	out := map[typeName][]string{}
	for r := range c.absent {
		if r.holder == inSource {
			continue
		}
		out[r.holder] = append(out[r.holder], r.field)
	}
	for _, names := range out {
		slices.Sort(names)
	}
	return out
}

// conflicts lists fields that the old version has in one place and lacks in
// another. A mask by type cannot say that.
func (c *comparison) conflicts() []string {
	var out []string
	for r, lack := range c.absent {
		if have := c.present[r]; len(have) > 0 {
			out = append(out, fmt.Sprintf("%s: %s is known to %v and unknown to %v", r.holder, r.field, have, lack))
		}
	}
	slices.Sort(out)
	return out
}
