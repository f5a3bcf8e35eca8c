package cli

import (
	"context"
	"io"

	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/printable"
)

// diffJSON writes everything that is known of every object.
type diffJSON struct {
	out     io.Writer
	stat    bool
	objects []diffJSONObject
}

type diffJSONObject struct {
	Group     string `json:"group,omitempty"`
	Kind      string `json:"kind"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name"`
	// FromNamespace is where the object is on the first side, if elsewhere.
	FromNamespace string `json:"fromNamespace,omitempty"`
	Model         string `json:"model,omitempty"`
	Verdict       string `json:"verdict"`
	// Paths are the fields that differ, Reasons those why it must be replaced.
	Paths    []string          `json:"paths,omitempty"`
	Reasons  []string          `json:"reasons,omitempty"`
	Owner    string            `json:"owner,omitempty"`
	Ignored  []string          `json:"ignored,omitempty"`
	Requests compare.Resources `json:"requests,omitempty"`
	Diff     string            `json:"diff,omitempty"`
}

type diffJSONModel struct {
	Name     string            `json:"name"`
	Verdict  string            `json:"verdict"`
	Requests compare.Resources `json:"requests,omitempty"`
}

func (j *diffJSON) object(d *compare.Difference) error {
	o := diffJSONObject{
		Group: d.To.Group, Kind: d.To.Kind, Namespace: d.To.Namespace, Name: d.To.Name,
		Model: d.Model, Verdict: d.Verdict.String(), Reasons: d.Replace, Owner: d.Owner, Ignored: d.Ignored,
		Requests: d.Requests.NotZero(),
	}
	if d.From.Namespace != d.To.Namespace {
		o.FromNamespace = d.From.Namespace
	}
	if d.Differs() {
		o.Paths = d.Paths
	}
	if !j.stat {
		o.Diff = string(d.Diff)
	}
	j.objects = append(j.objects, o)
	return nil
}

func (j *diffJSON) end(_ context.Context, s *compare.Summary) error {
	models := []diffJSONModel{}
	for _, m := range s.Models() {
		models = append(models, diffJSONModel{m.Name, m.Verdict.String(), m.Requests.NotZero()})
	}
	objects := j.objects
	if objects == nil {
		objects = []diffJSONObject{}
	}
	return printable.JSON(j.out, struct {
		Summary  string            `json:"summary"`
		Requests compare.Resources `json:"requests,omitempty"`
		Models   []diffJSONModel   `json:"models"`
		Objects  []diffJSONObject  `json:"objects"`
	}{s.String(), s.Requests.NotZero(), models, objects})
}
