package compare

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"

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
}

// Options say how objects are compared.
type Options struct {
	// IgnoreNamespaces takes objects for the same that differ in their namespaces
	// only, unless the other side has one with equal namespace too.
	IgnoreNamespaces bool
}

// Change says what becomes of an object.
type Change int

// The changes.
const (
	// Added objects are on the second side only.
	Added Change = iota + 1
	// Removed objects are on the first side only.
	Removed
	// Changed objects are on both sides and differ.
	Changed
)

// Difference is an object that is not the same on both sides.
type Difference struct {
	// From and To identify the object on either side. They differ in the namespace
	// if in anything; the side that lacks the object has the other's.
	From, To manifest.ID
	Change   Change
	// Replace has the reasons why a cluster cannot change the object in place, such
	// as "spec.selector is immutable". There are none when it can.
	Replace []string
	// Restart has the fields of the pod template over which a cluster starts new
	// pods. There are none when the pods stay, or the object must be replaced.
	Restart []string
	// Diff is the unified diff of the YAML, without what Secrets hold.
	Diff []byte
}

// Differences compares two sets of objects, those of the first side being what
// is there and those of the second what shall be. An error is about an object
// that is no JSON, and ends the sequence.
func Differences(from, to []Object, o Options) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		for _, p := range match(from, to, o) {
			d, differs, err := p.compare()
			if (differs || err != nil) && !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func (p pair) compare() (d Difference, differs bool, err error) {
	switch {
	case p.from == nil:
		d = Difference{From: p.to.ID, To: p.to.ID, Change: Added}
	case p.to == nil:
		d = Difference{From: p.from.ID, To: p.from.ID, Change: Removed}
	case bytes.Equal(p.from.JSON, p.to.JSON):
		return Difference{}, false, nil
	default:
		d = Difference{From: p.from.ID, To: p.to.ID, Change: Changed}
		// In another namespace it is another object, which need not replace this one.
		if d.From == d.To {
			if d.Replace, err = p.replaceReasons(); err != nil {
				return Difference{}, false, p.fault(err)
			}
		}
		if len(d.Replace) == 0 {
			if d.Restart, err = p.restartPaths(); err != nil {
				return Difference{}, false, p.fault(err)
			}
		}
	}
	d.Diff, err = p.diff(d)
	if err != nil {
		return Difference{}, false, p.fault(err)
	}
	return d, d.Diff != nil, nil
}

// diff compares what can be read best and still differs.
func (p pair) diff(d Difference) ([]byte, error) {
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
			return out, nil
		}
		failed = nil
	}
	return nil, failed
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
	var out map[string]any
	err := json.Unmarshal(o.JSON, &out)
	return out, err
}
