package krm

import (
	"bytes"
	"context"
	"io"
	"iter"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/seldon"
)

// Function is the KRM function with what it may touch of the world.
type Function struct {
	// Defaults are what the functionConfig is read over.
	Defaults Config
	// ReadFile reads a file that the functionConfig names; the name has slashes and
	// is relative to the folder that the function runs in, and never leads out of it.
	ReadFile func(name string) ([]byte, error)
}

// Run reads a ResourceList from in, writes one to out, and nothing else, and
// returns the exit code: 0, or 1 when a result is an error. The items then go
// back unchanged. Every result is a line on errOut too.
func (f Function) Run(in io.Reader, out, errOut io.Writer) int {
	list, fault := readList(in)
	var items []*yaml.RNode
	var results []result
	if fault != nil {
		list = newList()
		results = []result{newResult(*fault, subject{})}
	} else {
		items, results = f.process(list)
	}
	var text bytes.Buffer
	err := list.write(&text, items, results)
	if err == nil {
		_, err = text.WriteTo(out)
	}
	if err != nil {
		results = append(results, newResult(finding.New(finding.CannotWrite, nil, "the ResourceList cannot be written: %v", err), subject{}))
	}
	for _, r := range results {
		if _, err = io.WriteString(errOut, r.line()+"\n"); err != nil {
			// Nobody is left to be told.
			break
		}
	}
	if err != nil || hasErrors(results) {
		return 1
	}
	return 0
}

// process returns the items and results to write.
func (f Function) process(list *resourceList) (items []*yaml.RNode, results []result) {
	unchanged := make([]*yaml.RNode, len(list.items))
	for i, it := range list.items {
		unchanged[i] = it.RNode
	}
	r := &function{
		readFile: f.ReadFile, items: list.items, configItem: list.config,
		byDocument: map[*source.Document]*deploymentSource{}, markers: map[string]bool{},
	}
	if err := printable.Guard(func() error { r.transform(f.Defaults); return nil }); err != nil {
		return unchanged, []result{newResult(finding.New(finding.FunctionCrashed, nil, "the function crashed: %v", err).
			WithHint("this is a bug in seldonctl; please report it"), subject{})}
	}
	results = r.distinct()
	if hasErrors(results) || r.config.ValidateOnly {
		return unchanged, results
	}
	return r.output, results
}

// function is one run of the function.
type function struct {
	readFile func(string) ([]byte, error)
	items    []*item
	// configItem is the functionConfig.
	configItem *item
	config     Config
	policy     finding.Policy
	sources    []*deploymentSource
	byDocument map[*source.Document]*deploymentSource
	// markers are those of the sources.
	markers map[string]bool
	// results are made of findings, one of each.
	findings finding.List
	results  []result
	output   []*yaml.RNode
}

// distinct returns the results that no other says better.
func (r *function) distinct() []result {
	redundant := r.findings.Redundant()
	var results []result
	for i, f := range r.findings {
		if !redundant(f) {
			results = append(results, r.results[i])
		}
	}
	return results
}

// report adds findings about a subject. Notes are left out: hosts show results
// each time, and there is nothing to do about a note.
func (r *function) report(findings finding.List, about subject) {
	for _, f := range r.policy.Apply(findings) {
		about := about
		if f.Pos.File == inlineValues {
			f.Pos = finding.Position{}
			if about == r.configSubject() {
				about.prefix = r.optionPath(finding.OptionValues).String()
			}
		}
		if f.Severity != finding.Note || f.Code == finding.ObjectRemoved {
			r.findings, r.results = append(r.findings, f), append(r.results, newResult(f, about))
		}
	}
}

// transform renders the sources and puts the objects among the items.
func (r *function) transform(defaults Config) {
	config, findings := readConfig(r.configItem, defaults)
	r.config = config
	r.report(findings, r.configSubject())
	settings, faults := config.Settings.Config()
	policy, more := config.Policy()
	r.policy = policy
	for _, f := range append(faults, more...) {
		r.report(finding.List{finding.New(finding.WrongOption, r.optionPath(f.Option.Name), "%v", f.Err)}, r.configSubject())
	}
	if hasErrors(r.results) {
		return
	}
	findings, err := config.Load(&settings, r.readNamed, config.inlineOverlays()...)
	r.report(findings, r.configSubject())
	if err != nil {
		r.report(finding.List{finding.New(finding.WrongOption, nil, "%v", err)}, r.configSubject())
	}
	settings.NoIgnore = config.NoIgnore
	settings.World, settings.Edit = r.world(settings.Values), removeReserved
	if len(r.findSources()) == 0 && !hasErrors(r.results) {
		r.report(finding.List{finding.New(finding.NothingToRender, nil, "no SeldonDeployment to render").
			WithHint("as a generator, name some in the functionConfig under files or deployments")}, r.configSubject())
	}
	ctx := context.Background()
	pass, findings := run.New(ctx, r.documents, settings)
	r.report(findings, r.configSubject())
	m := newMerger(r)
	var explainer *explain.Explainer
	if r.config.Origins {
		explainer = pass.Platform().Explain(explain.New(pass.Renderer()), pass.Release().Version)
	}
	for o := range pass.Outcomes(ctx) {
		switch s := r.byDocument[o.Document]; {
		case o.Document == nil:
			r.report(o.Findings, r.configSubject())
		case s == nil:
			// It is there to be referred to.
			r.report(o.Findings, subject{object: o.Document.Object()})
		default:
			if explainer != nil {
				o.Fail(finding.CannotEncode, annotateOrigins(explainer, o))
			}
			r.report(o.Findings, s.subject)
			m.add(s, o.Objects)
		}
	}
	declared, findings := pass.Declared()
	r.report(findings, r.configSubject())
	m.addCredentials(declared)
	if hasErrors(r.results) {
		return
	}
	r.output = m.finish()
}

// documents yields the SeldonDeployments to render, and what they may refer to.
func (r *function) documents(context.Context) iter.Seq2[*source.Document, *finding.Finding] {
	return func(yield func(*source.Document, *finding.Finding) bool) {
		for _, s := range r.sources {
			if !yield(s.doc, nil) {
				return
			}
		}
		for _, it := range r.items {
			// What an earlier run has made of the declared credentials is made again.
			if len(r.sources) == 0 || !it.isReferred() || it.marker == r.credentialsMarker() {
				continue
			}
			docs, _ := it.documents()
			for _, doc := range docs {
				if !yield(doc, nil) {
					return
				}
			}
		}
	}
}

// removeReserved takes off annotations that are for hosts and this function.
func removeReserved(sd *seldon.Deployment) {
	for key := range sd.Metadata.Annotations {
		if isReserved(key) && key != finding.IgnoreAnnotation {
			delete(sd.Metadata.Annotations, key)
		}
	}
}
