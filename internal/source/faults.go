package source

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/syntax"
)

// wrongType reports a node that is not what its field holds.
func (w *walker) wrongType(n *yaml.Node, wanted string) {
	f := finding.New(finding.WrongType, nil, "expected %s, found %s", wanted, w.describe(n))
	s := scalar{}
	if n.Kind == yaml.ScalarNode {
		s = resolve(n)
	}
	switch {
	case s.kind == badScalar:
		f = finding.New(finding.WrongType, nil, "the value does not fit its tag %s", s.text)
	case isTemplate(n):
		f = finding.New(finding.WrongType, nil, "expected %s, found %s", wanted, syntax.TemplateSays).WithHint("%s", syntax.TemplateHint)
	case wanted == "text" && n.Kind == yaml.ScalarNode && w.secret:
		f = f.WithHint("put it in quotes")
	case wanted == "text" && n.Kind == yaml.ScalarNode:
		f = f.WithHint("put it in quotes: %s", quoted(n.Value))
	case wanted == "text" && n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0:
		f = f.WithHint("a value that begins with { must be quoted")
	case s.kind == textScalar && n.Style&^yaml.TaggedStyle != 0 && !w.secret && w.fitsUnquoted(n, wanted):
		f = f.WithHint("remove the quotes: %s", excerpt(n.Value))
	case wanted == "a list" && n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0:
		f = f.WithHint("begin each item with a dash")
	case wanted == "a mapping" && n.Kind == yaml.SequenceNode && n.Style&yaml.FlowStyle == 0:
		f = f.WithHint("remove the dash in front of the keys")
	}
	w.add(n, f)
}

// isTemplate reports whether a value is what YAML makes of {{ .Values.x }}.
func isTemplate(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle != 0 && len(n.Content) == 2 &&
		n.Content[0].Kind == yaml.MappingNode && n.Content[0].Style&yaml.FlowStyle != 0
}

// fitsUnquoted reports whether a quoted text would be what is wanted without
// its quotes.
func (w *walker) fitsUnquoted(n *yaml.Node, wanted string) bool {
	kind := resolvePlain(n.Value).kind
	return wanted == "a whole number" && kind == intScalar || wanted == "true or false" && kind == boolScalar
}

func (w *walker) outOfRange(n *yaml.Node, s scalar, bits int) {
	if s.kind == floatScalar {
		w.add(n, finding.New(finding.OutOfRange, nil, "expected a whole number, found %s", w.describe(n)))
		return
	}
	limit := uint64(1)<<(bits-1) - 1
	w.add(n, finding.New(finding.OutOfRange, nil, "the number %s does not fit: it must be between -%d and %d", w.shown(n), limit+1, limit))
}

// badJSON reports a value that its own type refuses.
func (w *walker) badJSON(n *yaml.Node, typ reflect.Type) {
	switch typ {
	case reflect.TypeFor[resource.Quantity]():
		hint := "write a number with an optional suffix, for example 500m, 2 or 1Gi"
		if meant := meantQuantity(n.Value); meant != "" && !w.secret {
			hint = "did you mean " + meant + "?"
		}
		w.add(n, finding.New(finding.BadQuantity, nil, "expected a quantity, found %s", w.describe(n)).WithHint("%s", hint))
	case reflect.TypeFor[intstr.IntOrString]():
		w.add(n, finding.New(finding.WrongType, nil, "expected a whole number or text, found %s", w.describe(n)).
			WithHint(`write for example 8080, "http" or "25%%"`))
	default:
		w.add(n, finding.New(finding.BadFormat, nil, "expected %s, found %s", formatName(typ), w.describe(n)))
	}
}

func formatName(typ reflect.Type) string {
	if strings.Contains(typ.Name(), "Time") {
		return "a time such as 2006-01-02T15:04:05Z"
	}
	return "a value of another format"
}

// duplicate reports a key that is given twice.
func (w *walker) duplicate(first, second entry, dictionary bool) {
	if w.mode == Ignore {
		return
	}
	f := finding.New(finding.DuplicateKey, nil, "the key %s is given twice, first in line %d",
		excerpt(second.key), w.doc.position(first.name).Line).WithHint("keep one of them; a cluster would use the last")
	w.steps = append(w.steps, step{key: cut(second.key), keyed: dictionary, name: cut(second.key)})
	w.add(second.name, w.graded(f))
	w.steps = w.steps[:len(w.steps)-1]
}

// unknown reports a field that the type or the release does not have.
func (w *walker) unknown(plan *structPlan, e entry, known *fieldPlan) {
	if w.mode == Ignore {
		return
	}
	var f finding.Finding
	if known != nil {
		api := ""
		if strings.HasPrefix(plan.typ.PkgPath(), "k8s.io/") {
			api = fmt.Sprintf(" (Kubernetes %s API)", w.release.KubernetesAPI)
		}
		f = finding.New(finding.FieldTooNew, nil, "not known to Seldon Core %s%s", w.release.Version, api).
			WithHint("remove it, or render for a release that knows it")
	} else {
		f = finding.New(finding.UnknownField, nil, "unknown field %s", quoted(e.key))
		if hint := w.suggest(plan, e.key); hint != "" {
			f = f.WithHint("%s", hint)
		}
	}
	w.steps = append(w.steps, step{name: cut(e.key), plan: plan})
	w.add(e.name, w.graded(f))
	w.steps = w.steps[:len(w.steps)-1]
}

// pruned notes a field that the operator knows and a cluster drops.
func (w *walker) pruned(plan *structPlan, e entry, known *fieldPlan) {
	effect := "what runs there differs"
	if known.index == nil {
		effect = "it is left out here too"
	}
	w.steps = append(w.steps, step{name: cut(e.key), plan: plan})
	w.add(e.name, finding.New(finding.FieldPruned, nil,
		"a cluster that runs Seldon Core %s drops this field before the operator sees it: %s", w.release.Version, effect))
	w.steps = w.steps[:len(w.steps)-1]
}

// graded is an error in strict mode and tells in others what a cluster does.
func (w *walker) graded(f finding.Finding) finding.Finding {
	if w.mode == Strict {
		return f
	}
	if f.Code != finding.DuplicateKey {
		f.Message += "; a cluster would drop it"
	}
	return f.As(finding.Warning)
}

// require warns of a field that the custom resource definition requires.
func (w *walker) require(n *yaml.Node, plan *structPlan, name string, entries []entry) {
	for _, e := range entries {
		if e.key == name && !isNull(e.value) {
			return
		}
	}
	w.steps = append(w.steps, step{name: name, plan: plan})
	w.add(n, finding.New(finding.MissingField, nil, "required; a cluster would refuse the SeldonDeployment without it"))
	w.steps = w.steps[:len(w.steps)-1]
}

// describe names what a node is, for "found ...".
func (w *walker) describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	what := map[scalarKind]string{
		textScalar: "the text", boolScalar: "the boolean", intScalar: "the number", floatScalar: "the number",
		nullScalar: "nothing", badScalar: "a value that does not fit its tag",
	}[resolve(n).kind]
	if resolve(n).kind == nullScalar || resolve(n).kind == badScalar {
		return what
	}
	switch text := resolve(n).kind == textScalar; {
	case w.secret && text:
		return "text"
	case w.secret:
		return strings.Replace(what, "the", "a", 1)
	case text:
		return what + " " + quoted(n.Value)
	}
	return what + " " + excerpt(n.Value)
}

func (w *walker) shown(n *yaml.Node) string {
	if w.secret {
		return "given"
	}
	return excerpt(n.Value)
}

// maxExcerpt is how many bytes of a value a message repeats.
const maxExcerpt = 60

func cut(s string) string {
	if len(s) <= maxExcerpt {
		return s
	}
	return strings.ToValidUTF8(s[:maxExcerpt], "") + "..."
}

// excerpt returns a value for a message, quoted if it has to be.
func excerpt(s string) string {
	s = cut(s)
	if q := quoted(s); q != `"`+s+`"` {
		return q
	}
	return s
}

func quoted(s string) string {
	q, err := json.Marshal(cut(s))
	if err != nil {
		return `""`
	}
	return string(q)
}

// quantitySlip is a number with a unit as people write it.
var quantitySlip = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^([0-9]{1,9}(?:\.[0-9]{1,3})?) ?([kKmMgGtT])([iI]?)([bB]?)$`)
})

// meantQuantity returns the quantity that a text most likely stands for, such as 1Gi
// for 1 gi, or nothing.
func meantQuantity(text string) string {
	m := quantitySlip().FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	unit := strings.ToUpper(m[2]) + strings.ToLower(m[3])
	switch {
	case unit == "K":
		unit = "k"
	case m[2] == "m" && m[3]+m[4] == "":
		// Thousandths, of processors.
		unit = "m"
	}
	return m[1] + unit
}
