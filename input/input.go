package input

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
)

// Validation says what becomes of fields that are unknown or given twice. They
// are dropped in any case, as a cluster drops them.
type Validation int

// Strict makes errors of such fields, Warn warnings, and Ignore says nothing.
const (
	Strict Validation = iota
	Warn
	Ignore
)

// Options say how manifests are read.
type Options struct {
	// Release says which fields a SeldonDeployment has; nil means release.Default.
	Release *release.Release
	// Validation is Strict unless set.
	Validation Validation
	// Namespace is for ServiceAccounts and Secrets without one, and should be that
	// of [render.Config].
	Namespace string
}

// File is a text with the name that findings give it.
type File struct {
	Name string
	Text []byte
}

// Manifests are what files hold.
type Manifests struct {
	// Deployments are the SeldonDeployments, ready for [render.Renderer.Render].
	// Those with errors are left out.
	Deployments []render.Input
	// Others are all other objects, as they were written, without those that
	// configure tools such as kustomize.
	Others []manifest.Document
	// References are the ServiceAccounts and Secrets among the others, for
	// [render.Config].
	References render.References
}

// Read returns what the files hold, in their order, and everything that is wrong
// with it. Lists are taken apart.
func Read(opts Options, files ...File) (*Manifests, finding.List) {
	if opts.Release == nil {
		opts.Release = release.Default()
	}
	decoder := source.NewDecoder(opts.Release, source.Strict+source.Mode(opts.Validation))
	m := &Manifests{}
	var findings finding.List
	for _, file := range files {
		for doc, fault := range source.Text(file.Name, file.Text) {
			if fault != nil {
				findings = append(findings, *fault)
				continue
			}
			findings = append(findings, m.add(decoder, doc, opts.Namespace)...)
		}
	}
	return m, findings
}

// add adds a document and returns what is wrong with it.
func (m *Manifests) add(decoder *source.Decoder, doc *source.Document, namespace string) finding.List {
	if !doc.IsSeldonDeployment() {
		if !run.IsConfiguration(doc) {
			m.Others = append(m.Others, run.Passed(doc))
		}
		run.AddReference(&m.References, decoder, doc, namespace)
		return doc.Verify()
	}
	deployment, locator, findings := decoder.Deployment(doc)
	if !findings.HasErrors() {
		m.Deployments = append(m.Deployments, render.Input{Deployment: deployment, Locator: locator})
	}
	return findings
}
