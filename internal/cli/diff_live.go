package cli

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
)

// maxSavedList is the size in bytes of the largest list of saved objects: those
// of a few thousand models.
const maxSavedList = 128 << 20

// liveSide reads the saved objects of a cluster. SeldonDeployments among them are
// left out, as they are rendered from what is named with -f.
func (o *diffOptions) liveSide(ctx context.Context, whole *report) (_ *diffSide, err error) {
	in := source.Open(o.fromObjects, source.Options{
		Recursive: o.input.recursive, Exclude: o.input.exclude, Stdin: o.streams.In, Files: o.streams.files, MaxDocument: maxSavedList,
	})
	defer func() { err = errors.Join(err, in.Close()) }()
	side := &diffSide{name: "from", report: whole.part(), refused: map[string]bool{}}
	seen := manifest.NewIDSet()
	var findings finding.List
	for doc, fault := range in.Documents(ctx) {
		if fault != nil {
			findings = append(findings, *fault)
			continue
		}
		id := manifest.Object{APIVersion: doc.APIVersion, Kind: doc.Kind, Namespace: doc.Namespace, Name: doc.Name}.ID()
		if doc.IsSeldonDeployment() || doc.Name == "" {
			continue
		}
		text, faults := doc.JSON()
		findings = append(findings, faults...)
		if faults.HasErrors() {
			continue
		}
		if _, added := seen.Add(id, 0); !added {
			// It was saved twice: by kubectl get all,deployments for example.
			continue
		}
		side.objects = append(side.objects, compare.Object{ID: id, Rank: manifest.RankOf(doc.Kind), JSON: text})
	}
	side.report.add(findings)
	side.broken = findings.HasErrors()
	if ctx.Err() != nil {
		side.report.add(finding.List{finding.New(finding.Interrupted, nil, "interrupted: nothing was written")})
		side.broken = true
	}
	return side, nil
}

// checkSaved says what seems to be missing among the saved objects: kinds of which
// there are none, and rendered ones that they have in another namespace.
func checkSaved(from, to *diffSide) finding.List {
	if len(to.objects)+len(to.refused) == 0 {
		return finding.List{finding.New(finding.NothingRendered, nil, "nothing to compare with: the input has no object").
			WithHint("name the models with -f")}
	}
	kinds, elsewhere := map[string]bool{}, map[manifest.ID]string{}
	for _, o := range from.objects {
		kinds[o.ID.Kind] = true
		id := o.ID
		id.Namespace = ""
		elsewhere[id] = o.ID.Namespace
	}
	there := manifest.NewIDSet()
	for _, o := range from.objects {
		there.Add(o.ID, 0)
	}
	missing, moved := map[string]bool{}, map[string]bool{}
	for _, o := range to.objects {
		id := o.ID
		id.Namespace = ""
		other, known := elsewhere[id]
		switch {
		case o.Model == "":
		case !kinds[o.ID.Kind]:
			missing[o.ID.Kind] = true
		case !known:
		default:
			if _, absent := there.Add(o.ID, 0); absent {
				moved[other] = true
			}
		}
	}
	var findings finding.List
	if len(moved) > 0 {
		names := slices.Sorted(maps.Keys(moved))
		findings = append(findings, finding.New(finding.SavedObjectsPartial, nil,
			"the saved objects have some of those that are rendered in another namespace: %s", strings.Join(names, ", ")).
			WithHint("add -n %s for models that name no namespace", names[0]))
	}
	if len(missing) > 0 {
		findings = append(findings, finding.New(finding.SavedObjectsPartial, nil,
			"the saved objects have no %s, which is rendered and counts as created", strings.Join(slices.Sorted(maps.Keys(missing)), ", no ")).
			WithHint("save these kinds too, if the cluster may have some"))
	}
	return findings
}
