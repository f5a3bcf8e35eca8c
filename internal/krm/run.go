package krm

import (
	"errors"
	"fmt"
	"io"
	"runtime"

	"go.yaml.in/yaml/v3"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/render"
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
	var items []*yaml.Node
	var results []result
	if fault != nil {
		list = newList()
		results = []result{newResult(*fault, subject{})}
	} else {
		items, results = f.process(list)
	}
	text, err := list.encode(items, results)
	if err == nil {
		_, err = out.Write(text)
	}
	if err != nil {
		results = append(results, newResult(finding.New(finding.CannotWrite, nil, "the ResourceList cannot be written: %v", err), subject{}))
	}
	// Nobody is left to be told when standard error is closed.
	if printResults(errOut, results) != nil || hasErrors(results) {
		return 1
	}
	return 0
}

// process returns the items and results to write.
func (f Function) process(list *resourceList) (items []*yaml.Node, results []result) {
	defer func() {
		if p := recover(); p != nil {
			items = list.items
			results = []result{newResult(finding.New(finding.FunctionCrashed, nil, "the function crashed: %v", panicError(p)).
				WithHint("this is a fault of seldonctl, please report it"), subject{})}
		}
	}()
	r := &run{readFile: f.ReadFile, items: newItems(list.items)}
	if list.config != nil {
		r.configItem = newItem(list.config)
	}
	r.transform(f.Defaults)
	if hasErrors(r.results) || r.config.ValidateOnly {
		return list.items, r.results
	}
	return r.output, r.results
}

// panicError says where a panic happened, and what it was where that cannot hold
// anything of the input.
func panicError(p any) error {
	what := fmt.Sprintf("%T", p)
	var fault runtime.Error
	if err, ok := p.(error); ok && errors.As(err, &fault) {
		what = fault.Error()
	}
	var callers [16]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	for more, panicked := true, false; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		if panicked && frame.Function != "runtime.goPanicIndex" && frame.Function != "runtime.panicmem" && frame.Function != "runtime.sigpanic" {
			return fmt.Errorf("%s in %s:%d", what, frame.Function, frame.Line)
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
	}
	return errors.New(what)
}

// run is one run of the function.
type run struct {
	readFile   func(string) ([]byte, error)
	items      []*item
	configItem *item
	config     Config
	policy     finding.Policy
	sources    []*deploymentSource
	results    []result
	output     []*yaml.Node
}

// report adds findings about a subject. Notes are left out: hosts show results
// each time, and there is nothing to do about a note.
func (r *run) report(findings finding.List, about subject) {
	for _, f := range r.policy.Apply(findings) {
		if f.Severity != finding.Note || f.Code == finding.ObjectRemoved {
			r.results = append(r.results, newResult(f, about))
		}
	}
}

// transform renders the sources and puts the objects among the items.
func (r *run) transform(defaults Config) {
	config, findings := readConfig(r.configItem, defaults)
	r.config = config
	r.report(findings, r.configSubject())
	r.setPolicy()
	rel, v := r.settings()
	if hasErrors(r.results) {
		return
	}
	decoder := source.NewDecoder(rel, r.mode())
	if len(r.findSources()) == 0 && !hasErrors(r.results) {
		r.report(finding.List{finding.New(finding.NothingToRender, nil, "there is no SeldonDeployment to render").
			WithHint("as a generator, name some in the functionConfig under files or deployments")}, r.configSubject())
	}
	kube, err := render.ParseKubeVersion(r.config.KubeVersion)
	if err != nil {
		r.report(finding.List{finding.New(finding.WrongOption, r.optionPath("kubeVersion"), "%v", err)}, r.configSubject())
		return
	}
	references := r.references(decoder)
	declared, findings := r.readCredentials(v, &references)
	r.reportSettings(findings)
	renderer, findings := render.New(render.Config{
		Release: rel, Values: v, KubeVersion: kube, Namespace: r.config.Namespace,
		References: references, CreateServiceAccounts: r.config.CreateServiceAccounts, ServerSideApply: r.config.ServerSideApply,
	})
	r.reportSettings(findings)
	m := newMerger(r)
	for _, s := range r.sources {
		declared.Use(r.renderSource(s, decoder, renderer, m))
	}
	r.addCredentials(declared, m)
	if !hasErrors(r.results) {
		r.output = m.finish()
	}
}

// references are the ServiceAccounts and Secrets among the items.
func (r *run) references(decoder *source.Decoder) render.References {
	var refs render.References
	for _, it := range r.items {
		if len(r.sources) == 0 || !it.isReferred() {
			continue
		}
		doc, findings := it.document()
		switch {
		case findings.HasErrors():
		case doc.IsServiceAccount():
			if sa, _, faults := decoder.ServiceAccount(doc); !faults.HasErrors() {
				refs.AddServiceAccount(sa, r.config.Namespace)
			}
		case doc.IsSecret():
			if secret, _, faults := decoder.Secret(doc); !faults.HasErrors() {
				refs.AddSecret(secret, r.config.Namespace)
			}
		}
	}
	return refs
}

// renderSource renders one SeldonDeployment and returns what it uses.
func (r *run) renderSource(s *deploymentSource, decoder *source.Decoder, renderer *render.Renderer, m *merger) render.Uses {
	sd, locator, findings := decoder.Deployment(s.doc)
	r.reportSource(findings, s)
	if sd == nil {
		return render.Uses{}
	}
	for key := range sd.Metadata.Annotations {
		if isReserved(key) {
			delete(sd.Metadata.Annotations, key)
		}
	}
	rendered := renderer.Render(render.Input{Deployment: sd, Locator: locator})
	r.reportSource(rendered.Findings, s)
	if !rendered.Findings.HasErrors() {
		m.add(s, rendered.Objects)
	}
	return rendered.Uses
}

// reportSource reports findings about a source. The lines of a document that was
// an item mean nothing to anybody; those of a file do.
func (r *run) reportSource(findings finding.List, s *deploymentSource) {
	findings.Sort()
	for _, f := range findings {
		if f.Pos.File == s.doc.File && s.item == nil && s.subject.prefix == "" && s.subject.origin.path != "" {
			f.Pos.File = s.subject.origin.path
		}
		about := s.subject
		if f.Pos.File == inlineValues {
			f.Pos = finding.Position{}
		}
		r.report(finding.List{f}, about)
	}
}
