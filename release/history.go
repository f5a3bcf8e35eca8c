package release

import (
	"slices"

	"github.com/seldonctl/seldonctl/templates"
)

// tag is a tag of Seldon Core and the release that it is of: tags of one group
// behave alike and differ by what their charts install.
type tag struct {
	version string
	build   func() *Release
}

// tags are all there are, oldest first. A release is built when it is asked
// for: a run needs one.
func tags() []tag {
	return []tag{
		{"1.5.0", v1_5_0}, {"1.5.1", v1_5_0}, {"1.5.2", v1_5_2},
		{"1.6.0", v1_6_0},
		{"1.7.0", v1_7_0},
		{"1.8.0", v1_8_0},
		{"1.9.0", v1_9_0}, {"1.9.1", v1_9_0},
		{"1.10.0", v1_10_0},
		{"1.11.0", v1_11_0}, {"1.11.1", v1_11_1}, {"1.11.2", v1_11_0},
		{"1.12.0", v1_12_0},
		{"1.13.0", v1_13_0}, {"1.13.1", v1_13_0},
		{"1.14.0", v1_14_0}, {"1.14.1", v1_14_1},
		{"1.15.0", v1_15_0}, {"1.15.1", v1_15_0},
		{"1.16.0", v1_16_0},
		{"1.17.0", v1_17_0}, {"1.17.1", v1_17_1},
		{"1.18.0", v1_18_0}, {"1.18.1", v1_18_0}, {"1.18.2", v1_18_2},
	}
}

// release builds the release and completes what depends on its tag.
func (t tag) release() *Release {
	r := t.build()
	r.Version = t.version
	if r.ImageTag == "" {
		r.ImageTag = t.version
	}
	r.UnknownFields = kubernetesFields(r.KubernetesAPI).merge(r.unknown)
	r.Values = templates.Values(r.ImageTag, r.charts)
	return r
}

// chart lays the changes of a release's chart, a file of package templates, over
// those of its predecessors.
func (r *Release) chart(version string) { r.charts = append(r.charts, version) }

// knows says that fields of a type of package seldon are part of the API from
// this release on.
func (r *Release) knows(typ string, fields ...string) {
	name := seldonTypes + typ
	r.unknown[name] = slices.DeleteFunc(r.unknown[name], func(f string) bool { return slices.Contains(fields, f) })
}

// lacks says that fields of a type of package seldon are no longer part of the API.
func (r *Release) lacks(typ string, fields ...string) {
	name := seldonTypes + typ
	r.unknown[name] = append(r.unknown[name], fields...)
}

const (
	seldonTypes = "github.com/seldonctl/seldonctl/seldon."
	coreTypes   = "k8s.io/api/core/v1."
)

// reads adds variables, each in place of the row of its name if there is one.
func (r *Release) reads(rows ...Variable) {
	for _, row := range rows {
		if i := slices.IndexFunc(r.Variables, func(v Variable) bool { return v.Name == row.Name }); i >= 0 {
			r.Variables[i] = row
		} else {
			r.Variables = append(r.Variables, row)
		}
	}
}

// ignores takes variables away.
func (r *Release) ignores(names ...string) {
	r.Variables = slices.DeleteFunc(r.Variables, func(v Variable) bool { return slices.Contains(names, v.Name) })
}

// unitVariable returns the row of that name of UnitEnv.
func (r *Release) unitVariable(name string) *UnitVariable {
	return &r.UnitEnv[r.unitRow(name)]
}

// unitEnv inserts rows of UnitEnv after the one of that name.
func (r *Release) unitEnv(after string, rows ...UnitVariable) {
	r.UnitEnv = slices.Insert(r.UnitEnv, r.unitRow(after)+1, rows...)
}

func (r *Release) unitRow(name string) int {
	return slices.IndexFunc(r.UnitEnv, func(v UnitVariable) bool { return v.Name == name })
}

// executorArgs inserts arguments of the executor after the one of that flag.
func (r *Release) executorArgs(after string, args ...ExecutorArg) {
	i := slices.IndexFunc(r.Orchestrator.Args, func(a ExecutorArg) bool { return a.Flag == after })
	r.Orchestrator.Args = slices.Insert(r.Orchestrator.Args, i+1, args...)
}
