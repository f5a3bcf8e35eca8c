package source

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// maxFaults is how many findings a document may have, and how many documents of
// a file may be unreadable.
const maxFaults = 200

// walker goes through a node tree and a Go value together: it sets what fits
// and makes findings of what does not. Nulls leave a value as it is, as in JSON.
type walker struct {
	doc     *Document
	plans   *plans
	mode    Mode
	release *release.Release
	// masked says that the release's mask of fields applies here.
	masked bool
	// secret keeps values out of findings.
	secret bool
	// whole says that values are read too whose key is given again below.
	whole bool

	stacks
	faults finding.List
	// depth counts nodes on the way down.
	depth   int
	stopped bool
}

// stacks are used again for the next document.
type stacks struct {
	// steps is the path to the current node, entries those of the mappings on it.
	steps   []step
	entries []entry
}

// maxKeptStack keeps the stacks of a huge document from being held.
const maxKeptStack = 1000

// step is a part of the path to the current node.
type step struct {
	// name is a field, key a key of a map; index counts if both are empty.
	name, key string
	index     int
	keyed     bool
	// plan is that of the struct that holds the field, and its entries stand
	// between start and end.
	plan       *structPlan
	start, end int
}

// run decodes the whole document.
func (w *walker) run(v reflect.Value) finding.List {
	root := w.doc.parse()
	if root == nil {
		return w.doc.Check()
	}
	kept, _ := w.plans.stacks.Get().(*stacks)
	if kept == nil {
		kept = &stacks{make([]step, 0, 24), make([]entry, 0, 48)}
	}
	w.stacks = *kept
	w.value(root, v)
	if cap(w.steps) <= maxKeptStack && cap(w.entries) <= maxKeptStack {
		clear(w.steps[:cap(w.steps)])
		clear(w.entries[:cap(w.entries)])
		*kept = stacks{w.steps[:0], w.entries[:0]}
		w.plans.stacks.Put(kept)
	}
	w.faults.Sort()
	return w.faults
}

// enter follows an alias, of which there are not too many (package aliases), and
// keeps count of the depth; leave undoes it.
func (w *walker) enter(n *yaml.Node) *yaml.Node {
	w.depth++
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		n = n.Alias
	}
	if w.depth > 2*maxDepth && !w.stopped {
		w.stop(n, finding.New(finding.TooLarge, nil, "the document is nested more than %d levels deep", 2*maxDepth))
	}
	return n
}

func (w *walker) leave() { w.depth-- }

// value sets v from the node.
func (w *walker) value(n *yaml.Node, v reflect.Value) {
	n = w.enter(n)
	defer w.leave()
	if w.stopped {
		return
	}
	if isNull(n) {
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		w.structure(n, v)
	case reflect.Map:
		w.dictionary(n, v)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			w.bytes(n, v)
			return
		}
		w.list(n, v)
	default:
		w.scalar(n, v)
	}
}

func (w *walker) structure(n *yaml.Node, v reflect.Value) {
	if v.Type() == reflect.TypeFor[seldon.Ignored]() {
		return
	}
	plan := w.plans.of(v.Type())
	if plan.readsJSON {
		w.fromJSON(n, v)
		return
	}
	if n.Kind != yaml.MappingNode {
		w.wrongType(n, "a mapping")
		return
	}
	switch target := v.Addr().Interface().(type) {
	case *corev1.ContainerPort:
		// The schema's only default (docs/behaviour/core.md, 0).
		target.Protocol = corev1.ProtocolTCP
	case *corev1.PodResourceClaim:
		var claim resourceClaim
		w.value(n, reflect.ValueOf(&claim).Elem())
		*target = claim.today()
		return
	}
	start := len(w.entries)
	w.collect(n, false)
	end := len(w.entries)
	for i := start; i < end && !w.stopped; i++ {
		e := w.entries[i]
		known := plan.fields[e.key]
		if known == nil || known.tooNew && w.masked {
			w.unknown(plan, e, known)
			continue
		}
		if known.pruned && w.masked && !isNull(e.value) {
			w.pruned(plan, e, known)
		}
		if known.index == nil {
			continue
		}
		w.member(step{name: e.key, plan: plan, start: start, end: end}, e.value, v.FieldByIndex(known.index))
	}
	for _, name := range plan.required {
		w.require(n, plan, name, w.entries[start:end])
	}
	w.entries = w.entries[:start]
}

// member decodes one field of a struct.
func (w *walker) member(s step, n *yaml.Node, v reflect.Value) {
	w.steps = append(w.steps, s)
	masked := w.masked
	// Metadata is handled by the cluster, not by the operator.
	if len(w.steps) == 1 && s.name == "metadata" {
		w.masked = false
	}
	w.value(n, v)
	w.masked = masked
	w.steps = w.steps[:len(w.steps)-1]
}

func (w *walker) dictionary(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		w.wrongType(n, "a mapping")
		return
	}
	start := len(w.entries)
	w.collect(n, true)
	end := len(w.entries)
	typ := v.Type()
	out := reflect.MakeMapWithSize(typ, end-start)
	for i := start; i < end && !w.stopped; i++ {
		e := w.entries[i]
		w.steps = append(w.steps, step{key: e.key, keyed: true})
		item := reflect.New(typ.Elem()).Elem()
		w.value(e.value, item)
		out.SetMapIndex(reflect.ValueOf(e.key).Convert(typ.Key()), item)
		w.steps = w.steps[:len(w.steps)-1]
	}
	w.entries = w.entries[:start]
	v.Set(out)
}

func (w *walker) list(n *yaml.Node, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		w.wrongType(n, "a list")
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	w.steps = append(w.steps, step{})
	for i, item := range n.Content {
		if w.stopped {
			break
		}
		w.steps[len(w.steps)-1].index = i
		w.value(item, out.Index(i))
	}
	w.steps = w.steps[:len(w.steps)-1]
	v.Set(out)
}

// bytes decodes base64.
func (w *walker) bytes(n *yaml.Node, v reflect.Value) {
	text, ok := w.text(n)
	if !ok {
		return
	}
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		w.add(n, finding.New(finding.BadFormat, nil, "the value is not base64").
			WithHint("encode it, or move the plain text to stringData"))
		return
	}
	v.SetBytes(data)
}

// fromJSON decodes types that read themselves, such as quantities.
func (w *walker) fromJSON(n *yaml.Node, v reflect.Value) {
	data := w.appendJSON(nil, n)
	if w.stopped || data == nil {
		return
	}
	if err := readJSON(data, v.Addr().Interface().(json.Unmarshaler)); err != nil {
		w.badJSON(n, v.Type())
	}
}

func readJSON(data []byte, into json.Unmarshaler) error {
	quantity, ok := into.(*resource.Quantity)
	if !ok {
		return into.UnmarshalJSON(data)
	}
	q, err := seldon.ParseQuantity(strings.TrimSpace(strings.Trim(string(data), `"`)))
	*quantity = q
	return err
}

func (w *walker) text(n *yaml.Node) (string, bool) {
	if n.Kind == yaml.ScalarNode {
		if s := resolve(n); s.kind == textScalar {
			return s.text, true
		}
	}
	w.wrongType(n, "text")
	return "", false
}

func (w *walker) scalar(n *yaml.Node, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if text, ok := w.text(n); ok {
			w.checkQuotes(n, text)
			v.SetString(text)
		}
	case reflect.Bool:
		if n.Kind != yaml.ScalarNode || resolve(n).kind != boolScalar {
			w.wrongType(n, "true or false")
			return
		}
		v.SetBool(resolve(n).text == "true")
	case reflect.Int, reflect.Int32, reflect.Int64:
		w.integer(n, v)
	default:
		w.wrongType(n, "a value that this program cannot read")
	}
}

func (w *walker) integer(n *yaml.Node, v reflect.Value) {
	s := scalar{}
	if n.Kind == yaml.ScalarNode {
		s = resolve(n)
	}
	if s.kind != intScalar && s.kind != floatScalar {
		w.wrongType(n, "a whole number")
		return
	}
	bits := v.Type().Bits()
	i, err := strconv.ParseInt(s.text, 10, bits)
	if err != nil {
		w.outOfRange(n, s, bits)
		return
	}
	v.SetInt(i)
}

// path returns the path of the current node.
func (w *walker) path() *field.Path {
	var path *field.Path
	for _, s := range w.steps {
		switch {
		case s.keyed:
			path = path.Key(s.key)
		case s.name == "":
			path = path.Index(s.index)
		default:
			path = path.Child(s.name)
		}
	}
	return path
}

// add makes a finding about the current path at the node.
func (w *walker) add(n *yaml.Node, f finding.Finding) {
	if w.stopped {
		return
	}
	if len(w.faults) >= maxFaults {
		if f.Severity != finding.Error {
			return
		}
		w.stop(n, finding.New(finding.TooLarge, nil, "the document has more than %d faults; the rest is not listed", maxFaults))
		return
	}
	if f.Path == nil {
		f.Path = w.path()
	}
	w.faults = append(w.faults, f.At(w.doc.position(n)).About(w.doc.Object()))
}

// stop ends the walk with a last finding.
func (w *walker) stop(n *yaml.Node, f finding.Finding) {
	w.stopped = true
	w.faults = append(w.faults, f.At(w.doc.position(n)).About(w.doc.Object()))
}

// isNull reports whether the node is null or left empty.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && len(n.Value) <= 4 && resolve(n).kind == nullScalar
}
