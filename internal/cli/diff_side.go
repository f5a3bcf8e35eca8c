package cli

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
)

// sideFlags are the flags of one side of a diff.
type sideFlags struct {
	filenames []string
	settings  settingsFlags
}

// add adds the flags of the side that is called from or to.
func (f *sideFlags) add(cmd *cobra.Command, side string) {
	flags := cmd.Flags()
	only := " of the " + side + " side"
	flags.StringVar(&f.settings.SeldonVersion, side, "", "release"+only+", as --seldon-version")
	flags.StringArrayVar(&f.filenames, side+"-file", nil, "file, folder or -"+only+"; repeatable")
	flags.StringArrayVar(&f.settings.ValuesFiles, side+"-values", nil, "values file"+only+"; repeatable")
	flags.StringArrayVar(&f.settings.set, side+"-set", nil, "value"+only+", as --set; repeatable")
	flags.StringArrayVar(&f.settings.setString, side+"-set-string", nil, "value"+only+", as --set-string; repeatable")
	flags.StringArrayVar(&f.settings.Operator, side+"-operator", nil, "saved operator"+only+", as --operator; repeatable")
	flags.StringVar(&f.settings.Namespace, side+"-namespace", "", "namespace of documents that have none"+only)
	flags.StringVar(&f.settings.KubeVersion, side+"-kube-version", "", "version of the cluster"+only)
	flags.StringArrayVar(&f.settings.Platform, side+"-platform", nil, "file with rules of a platform"+only+", in place of --platform; repeatable")
	completeFlagLater(cmd, side, release.Names)
}

// isZero reports whether nothing is said about the side.
func (f *sideFlags) isZero() bool {
	return f.settings.SeldonVersion == "" && f.settings.Namespace == "" && f.settings.KubeVersion == "" &&
		len(f.filenames)+len(f.settings.ValuesFiles)+len(f.settings.set)+len(f.settings.setString)+len(f.settings.Operator)+len(f.settings.Platform) == 0
}

// diffSide is what a side renders to.
type diffSide struct {
	name    string
	release string
	report  *report
	objects []compare.Object
	// refused are the SeldonDeployments with faults.
	refused map[string]bool
	// broken tells of faults that are not those of single SeldonDeployments, so
	// that nothing can be compared.
	broken bool
}

// sides renders both sides, or reads the objects of a cluster for the first.
func (o *diffOptions) sides(ctx context.Context, report *report) (from, to *diffSide, err error) {
	// Settings from standard input are for both sides, which read them in turn.
	streams := [2]Streams{o.streams, o.streams}
	if slices.Contains(slices.Concat(o.settings.ValuesFiles, o.settings.Operator), "-") {
		data, err := o.streams.readFile("-", maxSettingsFile)
		if err != nil {
			return nil, nil, fmt.Errorf("standard input: %w", err)
		}
		streams[0].In, streams[1].In = bytes.NewReader(data), bytes.NewReader(data)
	}
	var shared *source.Inputs
	if !o.hasSideFiles() {
		if shared, err = o.input.open(o.streams); err != nil {
			return nil, nil, err
		}
		defer func() { err = errors.Join(err, shared.Close()) }()
	}
	if len(o.fromObjects) > 0 {
		from, err = o.liveSide(ctx, report)
	} else {
		from, err = o.side(ctx, "from", &o.from, shared, streams[0], report)
	}
	if err != nil {
		return nil, nil, err
	}
	to, err = o.side(ctx, "to", &o.to, shared, streams[1], report)
	return from, to, err
}

// side renders one side, on the shared inputs or on its own.
func (o *diffOptions) side(ctx context.Context, name string, f *sideFlags, shared *source.Inputs, streams Streams, whole *report) (_ *diffSide, err error) {
	input, settings := o.input, o.settings.with(&f.settings)
	input.filenames = slices.Concat(input.filenames, f.filenames)
	in := shared
	if in == nil {
		if in, err = input.open(streams); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, in.Close()) }()
	}
	side := &diffSide{name: name, report: whole.part(), refused: map[string]bool{}}
	r, err := settings.start(ctx, in, streams, side.report, func(c *run.Config) { c.OnlyRendered = o.onlyRendered })
	if err != nil {
		return nil, err
	}
	side.release = r.Release().Version
	e := &encoder{format: objectFormat{}, pass: !o.onlyRendered, passSecrets: true}
	err = side.collect(ctx, r, e, o.ownerOf(settings.Namespace))
	if errors.Is(err, errReported) {
		side.broken, err = true, nil
	}
	return side, err
}

// with returns the settings with those of a side over them.
func (f settingsFlags) with(side *settingsFlags) settingsFlags {
	f.SeldonVersion = cmp.Or(side.SeldonVersion, f.SeldonVersion)
	f.Namespace = cmp.Or(side.Namespace, f.Namespace)
	f.KubeVersion = cmp.Or(side.KubeVersion, f.KubeVersion)
	if side.Platform != nil {
		f.Platform = side.Platform
	}
	f.ValuesFiles = slices.Concat(f.ValuesFiles, side.ValuesFiles)
	f.Operator = slices.Concat(f.Operator, side.Operator)
	f.set = slices.Concat(f.set, side.set)
	f.setString = slices.Concat(f.setString, side.setString)
	return f
}

// ownerOf returns a function that names SeldonDeployments alike on both sides.
func (o *diffOptions) ownerOf(namespace string) func(*source.Document) string {
	return func(d *source.Document) string {
		if o.ignoresNamespaces() {
			return d.Name
		}
		return cmp.Or(d.Namespace, namespace, "default") + "/" + d.Name
	}
}

// collect makes the second pass over the input.
func (s *diffSide) collect(ctx context.Context, r *run.Run, e *encoder, ownerOf func(*source.Document) string) error {
	refusals := 0
	err := follow(ctx, r, s.report, e.encode, func(o *run.Outcome, result encoded) error {
		owner := ""
		if o.Rendered() && o.Document.Name != "" {
			owner = ownerOf(o.Document)
			if faults := s.report.policy.Apply(o.Findings).Count(finding.Error); faults > 0 {
				s.refused[owner] = true
				refusals += faults
			}
		}
		for _, c := range result.chunks {
			s.objects = append(s.objects, compare.Object{ID: c.ID, Rank: c.Rank, JSON: c.Data, Model: owner})
		}
		return nil
	})
	if err == nil {
		err = e.encodeDeclared(r, s.report, func(c manifest.Chunk) error {
			s.objects = append(s.objects, compare.Object{ID: c.ID, Rank: c.Rank, JSON: c.Data})
			return nil
		})
	}
	s.broken = s.report.findings.Count(finding.Error) > refusals
	return err
}

// comparable returns the objects of SeldonDeployments that neither side refuses.
func (s *diffSide) comparable(other *diffSide) []compare.Object {
	objects := make([]compare.Object, 0, len(s.objects))
	for _, o := range s.objects {
		if o.Model == "" || !s.refused[o.Model] && !other.refused[o.Model] {
			objects = append(objects, o)
		}
	}
	return objects
}
