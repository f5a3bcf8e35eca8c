package e2e

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/product"
)

// mark is on the objects of the newer release only: what lacks it after an
// upgrade was refused.
const mark = "e2e.seldonctl/upgraded"

// TestUpgrade lays what is rendered for the newer release over what is rendered
// for the older one. What the server refuses, seldonctl diff must have named as
// an object that must be replaced, and nothing else.
func TestUpgrade(t *testing.T) {
	env := start(t)
	from := env.renderValid(t, "upgrade", func(c product.Case) bool { return c.Release == older && ordinary(c) }, "--only-rendered")
	env.apply(t, from)
	present := env.stored(t, from)

	to := env.upgraded(t, from)
	said := env.apply(t, to).Said
	left := env.stored(t, to)
	replaced := env.replacements(t, to)
	moved, refused, invalid := 0, 0, 0
	for i, w := range to {
		for n := range w.Objects {
			k := keyOf(&w.Objects[n])
			if present[k] == nil {
				continue
			}
			moved++
			announced := slices.Contains(replaced[i], key{k.kind, "", k.name})
			switch taken := hasMark(left[k]); {
			case !taken && !announced && !slices.ContainsFunc(refusals(said, k), immutable.MatchString):
				// TestAccepted sees to what is refused with or without an upgrade.
				invalid++
			case !taken && !announced:
				t.Errorf("%s: diff does not say that %s must be replaced, and the server refuses it: %v", w, k, refusals(said, k))
			case taken && announced:
				t.Errorf("%s: diff says that %s must be replaced, and the server takes it", w, k)
			case !taken:
				refused++
			}
		}
	}
	t.Logf("%d objects of %d inputs are there in both releases; %d must be replaced, as diff says; %d are refused even when they are new",
		moved, len(to), refused, invalid)
}

// upgraded renders the inputs of the cases for the newer release, into the same
// namespaces and with the mark. An input that either release refuses is left out.
func (env *environment) upgraded(t *testing.T, from []*work) []*work {
	t.Helper()
	var to []*work
	for _, w := range from {
		for _, c := range env.cases {
			if c.Release == newer && c.Variant == w.Variant && c.Name == w.Name {
				to = append(to, &work{Case: c, Namespace: w.Namespace})
			}
		}
	}
	each(t, to, func(ctx context.Context, _ int, w *work) error {
		rendering, err := env.program.Render(ctx, w.Case, "--only-rendered", "--kube-version", env.kubeVersion)
		w.Objects, w.Faulty = rendering.Objects, len(rendering.Objects) == 0
		return err
	})
	for _, w := range to {
		w.Objects = env.place(t, w.Objects, w.Namespace)
		setMark(w.Objects)
	}
	return slices.DeleteFunc(to, func(w *work) bool { return w.Faulty })
}

func setMark(objects []cluster.Object) {
	for i := range objects {
		annotations := objects[i].GetAnnotations()
		if annotations == nil {
			annotations = make(map[string]string)
		}
		annotations[mark] = "true"
		objects[i].SetAnnotations(annotations)
	}
}

func hasMark(o *cluster.Object) bool { return o.GetAnnotations()[mark] != "" }

// immutable is in the server's words about a field that stays as it was created.
var immutable = regexp.MustCompile(`immutable|may not (be )?change`)

// refusals returns why the server refuses an object. Other objects' lines may
// name it, too: kubectl prints the whole patch.
func refusals(lines []string, k key) []string {
	own := regexp.MustCompile(`: ` + k.kind + `(?:\.\S+)? "` + regexp.QuoteMeta(k.name) + `" is invalid: (.*)$`)
	var out []string
	for _, line := range lines {
		if match := own.FindStringSubmatch(line); match != nil && strings.Contains(line, `"`+k.namespace+`"`) {
			out = append(out, match[1])
		}
	}
	return out
}

// mustBeReplaced is the header that diff puts above such an object.
var mustBeReplaced = regexp.MustCompile(`(?m)^# (\S+) (?:\S+/)?(\S+): must be replaced`)

// replacements returns, for each case, what diff says must be replaced; without
// namespaces, since diff sees the inputs' own.
func (env *environment) replacements(t *testing.T, all []*work) [][]key {
	t.Helper()
	out := make([][]key, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) error {
		text, err := env.program.Diff(ctx, w.Case, older, newer, "--kube-version", env.kubeVersion)
		for _, match := range mustBeReplaced.FindAllStringSubmatch(text, -1) {
			out[i] = append(out[i], key{match[1], "", match[2]})
		}
		return err
	})
	return out
}

func TestRefusalsAreOfOneObject(t *testing.T) {
	lines := []string{
		`for: "a.json": error when patching "a.json": Deployment.apps "web" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"relay"}}: field is immutable (patch: {"metadata":{"name":"relay","namespace":"one"}})`,
		`namespace: "one" for: "a.json": error when patching "a.json": Service "relay" is invalid: metadata.labels: name part must be no more than 63 characters`,
		`namespace: "two" for: "b.json": error when patching "b.json": Service "relay" is invalid: spec.clusterIP: may not change once set`,
	}
	got := refusals(lines, key{"Service", "one", "relay"})
	if want := []string{"metadata.labels: name part must be no more than 63 characters"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
