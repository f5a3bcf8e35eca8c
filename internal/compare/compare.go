package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"

	"github.com/seldonctl/seldonctl/internal/live"
	"github.com/seldonctl/seldonctl/internal/textdiff"
	"github.com/seldonctl/seldonctl/manifest"
)

// Object is an object of one side.
type Object struct {
	ID manifest.ID
	// Rank orders the differences; ID does where it is equal.
	Rank manifest.Rank
	// JSON is the whole object.
	JSON []byte
	// Model is the SeldonDeployment that the object is of; empty for none.
	Model string
}

// Options say how objects are compared.
type Options struct {
	// IgnoreNamespaces takes objects for the same that differ in their namespaces
	// only, unless the other side has one with equal namespace too.
	IgnoreNamespaces bool
	// Live says that the first side has the objects of a cluster, with all that
	// servers, tools and controllers have put on them. What is not Seldon's and only
	// there is left out.
	Live bool
}

// Verdict says what becomes of an object.
type Verdict int

// The verdicts. One object of several has the last of theirs.
const (
	// Unchanged objects are the same on both sides.
	Unchanged Verdict = iota + 1
	// Changes is for what a cluster can change in place.
	Changes
	// Created objects are on the second side only.
	Created
	// Removed objects are on the first side only.
	Removed
	// Restarts is for what a cluster can change in place and starts new pods for.
	Restarts
	// Replaced is for what a cluster cannot change in place.
	Replaced
	// Foreign objects belong to another owner.
	Foreign
)

// String returns the words for a verdict.
func (v Verdict) String() string {
	return [...]string{
		Unchanged: "unchanged", Changes: "changes in place", Created: "would be created", Removed: "would be removed",
		Restarts: "pods restart", Replaced: "must be replaced", Foreign: "belongs to another owner",
	}[v]
}

// Difference is what becomes of an object, the difference being none if it is
// unchanged.
type Difference struct {
	// From and To identify the object on either side. They differ in the namespace
	// if in anything; the side that lacks the object has the other's.
	From, To manifest.ID
	// Model is the SeldonDeployment that the object is of; empty for none.
	Model   string
	Verdict Verdict
	// Paths are the fields that differ. For a verdict of [Restarts] they are those of
	// the pod template alone.
	Paths []string
	// Replace has the reasons for a verdict of [Replaced], such as "spec.selector is
	// immutable".
	Replace []string
	// Owner is who a [Foreign] object belongs to. One that is on the first side only
	// is not a difference.
	Owner string
	// Ignored are the fields of a live object that differ and mean the same.
	Ignored []string
	// Diff is the unified diff of the YAML, FromText and ToText the texts that it is
	// of, without what Secrets hold.
	Diff             []byte
	FromText, ToText []byte
	// Requests is by how much the resources grow that pods ask for.
	Requests Resources

	onlyLive bool
}

// Differs reports whether the object is not the same on both sides.
func (d *Difference) Differs() bool {
	return d.Verdict != Unchanged && !(d.Verdict == Foreign && d.onlyLive)
}

// Differences compares two sets of objects, those of the first side being what
// is there and those of the second what shall be. It yields unchanged objects
// too. An error is about an object that is not JSON, and ends the sequence.
func Differences(from, to []Object, o Options) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		c := comparison{Options: o}
		if o.Live {
			if err := c.read(from, to); err != nil {
				yield(Difference{}, err)
				return
			}
		}
		for _, p := range match(from, to, o) {
			d, err := c.compare(p)
			if err != nil {
				yield(Difference{}, p.fault(err))
				return
			}
			if d.Verdict != 0 && !yield(d, nil) {
				return
			}
		}
	}
}

// comparison is what objects are compared by.
type comparison struct {
	Options
	// models has the SeldonDeployments by what the label of their objects says.
	models map[label]string
	// scaled are the names of Deployments that are autoscaled.
	scaled map[manifest.ID]bool
}

// compare returns what becomes of an object; nothing for one that is not of
// interest.
func (c *comparison) compare(p pair) (d Difference, err error) {
	d = Difference{From: p.either().ID, To: p.either().ID, Model: p.either().Model}
	if p.from != nil && p.to != nil && !c.Live && bytes.Equal(p.from.JSON, p.to.JSON) {
		d.Verdict = Unchanged
		return d, nil
	}
	from, err := p.from.decode()
	if err != nil {
		return d, err
	}
	to, err := p.to.decode()
	if err != nil {
		return d, err
	}
	switch {
	case p.from == nil:
		d.Verdict = Created
	case p.to == nil && c.Live:
		if c.alone(&d, from); d.Verdict != Removed {
			return d, nil
		}
		from = live.Bare(from)
		text, err := encode(from)
		if err != nil {
			return d, err
		}
		p.from = &Object{ID: p.from.ID, JSON: text}
	case p.to == nil:
		d.Verdict = Removed
	default:
		d.To, d.Model = p.to.ID, p.to.Model
		if !c.Live {
			c.change(&d, from, to)
			break
		}
		d.Owner = live.BelongingOf(from).Other(nameOfModel(d.Model), to)
		replicas := field(from, "spec.replicas")
		from, to, d.Ignored = live.Align(d.To, from, to, live.Options{Autoscaled: c.isScaled(d.To)})
		if p, err = p.of(from, to); err != nil {
			return d, err
		}
		c.change(&d, from, to)
		restore(from, to, replicas)
	}
	if d.Verdict == Unchanged {
		return d, nil
	}
	if err := p.show(&d); err != nil {
		return d, err
	}
	if d.Diff == nil && d.Verdict != Foreign {
		// What differs is of the kind that no output has.
		d.Verdict = Unchanged
		return d, nil
	}
	if d.Verdict != Foreign {
		d.Requests = growth(from, to)
	}
	return d, nil
}

// change sets the verdict about an object that both sides have.
func (c *comparison) change(d *Difference, from, to map[string]any) {
	// In another namespace it is another object, which need not replace this one.
	if d.From == d.To || c.Live {
		d.Replace = replaceReasons(d.To, from, to)
	}
	d.Paths = differing(from, to)
	restart := restartPaths(d.To, from, to)
	switch {
	case d.Owner != "":
		d.Verdict, d.Replace = Foreign, nil
	case reflect.DeepEqual(from, to):
		d.Verdict = Unchanged
	case len(d.Replace) > 0:
		d.Verdict = Replaced
	case len(restart) > 0:
		d.Verdict, d.Paths = Restarts, restart
	default:
		d.Verdict = Changes
	}
}

// show writes what can be read best and still differs.
func (p pair) show(d *Difference) error {
	views := []view{readable, plain}
	if manifest.HoldsSecrets(d.To.Kind) {
		views = []view{masked}
	}
	var failed error
	for _, v := range views {
		from, to, err := v(p)
		if err != nil {
			failed = err
			continue
		}
		if out := textdiff.Unified(sideName("from", p.from), from, sideName("to", p.to), to); out != nil {
			d.Diff, d.FromText, d.ToText = out, from, to
			return nil
		}
		failed = nil
	}
	return failed
}

func (p pair) fault(err error) error {
	id := p.either().ID
	return fmt.Errorf("cannot compare %s %q: %w", id.Kind, id.Name, err)
}

func sideName(side string, o *Object) string {
	switch {
	case o == nil:
		return "/dev/null"
	case o.ID.Namespace == "":
		return side + "/" + o.ID.Kind + "/" + o.ID.Name
	}
	return side + "/" + o.ID.Namespace + "/" + o.ID.Kind + "/" + o.ID.Name
}

// decode returns an object as maps and lists; that of nil is empty.
func (o *Object) decode() (map[string]any, error) {
	if o == nil {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(o.JSON))
	d.UseNumber()
	var out map[string]any
	err := d.Decode(&out)
	return out, err
}
