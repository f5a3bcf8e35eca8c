package e2e

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/seldonctl/seldonctl/e2e/agreement"
	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/product"
)

// TestAccepted creates what is rendered, validating strictly. Whatever the
// server refuses or warns of must have been a finding, and the other way round.
func TestAccepted(t *testing.T) {
	env := start(t)
	known, err := agreement.ReadList("known.yaml")
	if err != nil {
		t.Fatal(err)
	}
	all := env.render(t, "accepted", func(product.Case) bool { return true }, "--only-rendered")
	verdicts := make([]caseVerdict, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) (err error) {
		verdicts[i], err = env.accept(ctx, w)
		return err
	})
	total := newTally()
	for i, v := range verdicts {
		known.Forgive(&v.Verdict, all[i].String())
		total.count(all[i], v)
		if all[i].Faulty {
			continue
		}
		for _, s := range v.Silent {
			t.Errorf("%s: %s: nothing was said of this: %s", all[i], s.Object, s.Text)
		}
		for _, code := range v.Wolf {
			t.Errorf("%s: %s was said, and the server had nothing against it", all[i], code)
		}
	}
	t.Log(total.table())
	for why, n := range known.Uses() {
		t.Logf("let stand %d times: %s", n, why)
	}
	if *only == "" {
		for _, entry := range known.Unused() {
			t.Errorf("known.yaml: remove the entry %q: it does not come up any more", entry)
		}
	}
}

// caseVerdict is what came of one case.
type caseVerdict struct {
	agreement.Verdict
	said []agreement.Said
}

// accept creates the objects of a case, and asks whether server-side apply would
// take them too.
func (env *environment) accept(ctx context.Context, w *work) (caseVerdict, error) {
	findings, err := env.program.Findings(ctx, w.Case, "--kube-version", env.kubeVersion)
	if err != nil {
		return caseVerdict{}, err
	}
	var found []string
	for _, f := range findings {
		found = append(found, f.Code)
	}
	var said []agreement.Said
	for i := range w.Objects {
		o := &w.Objects[i]
		created, err := env.client.Create(ctx, o)
		if err != nil {
			return caseVerdict{}, err
		}
		applied, err := env.client.Apply(ctx, o, cluster.ApplyOptions{Manager: "e2e", Force: true, DryRun: true})
		if err != nil {
			return caseVerdict{}, err
		}
		said = append(said, statements(o, created)...)
		// What server-side apply refuses besides is refused before anything else is
		// looked at.
		if applied.Refused != nil && (created.Refused == nil || cluster.IsTypedPatch(applied.Refused)) {
			said = append(said, statements(o, cluster.Answer{Refused: applied.Refused})...)
		}
	}
	return caseVerdict{agreement.Check(said, found), said}, nil
}

// statements takes an answer apart: a server names all faults of an object at
// once.
func statements(o *cluster.Object, answer cluster.Answer) []agreement.Said {
	name := o.GetKind() + "/" + o.GetName()
	var said []agreement.Said
	for _, text := range answer.Warnings {
		said = append(said, agreement.Said{Object: name, Text: text})
	}
	var status apierrors.APIStatus
	if !errors.As(answer.Refused, &status) {
		return said
	}
	details := status.Status().Details
	if details == nil || len(details.Causes) == 0 || !apierrors.IsInvalid(answer.Refused) {
		return append(said, agreement.Said{
			Object: name, Refused: true, ServerSide: cluster.IsTypedPatch(answer.Refused), Text: answer.Refused.Error(),
		})
	}
	for _, cause := range details.Causes {
		said = append(said, agreement.Said{Object: name, Refused: true, Text: cause.Field + ": " + cause.Message})
	}
	return said
}

// tally counts over cases for the table that the run prints.
type tally struct {
	rows map[string]*tallyRow
}

type tallyRow struct {
	rendered, faulty, fine, refused, serverSide, warned, silent, wolf int
}

func newTally() *tally { return &tally{rows: make(map[string]*tallyRow)} }

func (s *tally) count(w *work, v caseVerdict) {
	key := w.Release + " | " + w.Variant
	if s.rows[key] == nil {
		s.rows[key] = &tallyRow{}
	}
	r := s.rows[key]
	if w.Faulty {
		r.faulty++
		return
	}
	r.rendered++
	switch {
	case slices.ContainsFunc(v.said, func(s agreement.Said) bool { return s.Refused && !s.ServerSide }):
		r.refused++
	case slices.ContainsFunc(v.said, func(s agreement.Said) bool { return s.ServerSide }):
		r.serverSide++
	case len(v.said) > 0:
		r.warned++
	default:
		r.fine++
	}
	if len(v.Silent) > 0 {
		r.silent++
	}
	if len(v.Wolf) > 0 {
		r.wolf++
	}
}

func (s *tally) table() string {
	var b strings.Builder
	b.WriteString("\n| release | values | faulty input | rendered | taken | taken with a warning | refused by server-side apply only | an object refused | not announced | announced in vain |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, key := range slices.Sorted(maps.Keys(s.rows)) {
		r := s.rows[key]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %d | %d | %d |\n", key, r.faulty, r.rendered, r.fine, r.warned, r.serverSide, r.refused, r.silent, r.wolf)
	}
	return b.String()
}
