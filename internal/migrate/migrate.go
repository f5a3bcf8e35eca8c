package migrate

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// Config is what a migration is for.
type Config struct {
	// Release is the one to migrate to; its initializer is rclone.
	Release *release.Release
	Values  *values.Values
	// Namespace is for documents without one; empty means default.
	Namespace string
	// Keys are those that make an attached Secret a credential.
	Keys secrets.KeyNames
}

// File is a file of the input after the migration.
type File struct {
	Name string
	Text []byte
	// Changed says that the text is not that of the input, Secret that a Secret is
	// in it.
	Changed, Secret bool
}

// Result is what became of the input. With an error among the findings the files
// are not to be written. Notes say what was done, warnings what has no equivalent.
type Result struct {
	Files    []File
	Findings finding.List
}

type migration struct {
	config   Config
	decoder  *source.Decoder
	findings finding.List

	// seen are the places of objects by kind, namespace and name.
	seen     map[string]finding.Position
	secrets  map[reference]*oldSecret
	accounts map[reference][]string
	declared []secrets.Declaration
	// made are the names of new Secrets, which are added to the files they came from.
	made  map[reference]bool
	files map[string]*changes
}

type reference struct{ namespace, name string }

// changes are what is to become of a file.
type changes struct {
	edits []edit
	// added are new documents.
	added []secrets.Result
	// want are the SeldonDeployments that the edited text must have, as JSON, and
	// documents is how many documents the file has now.
	want      [][]byte
	documents int
	secret    bool
}

// Run reads the inputs and returns their files as they are after the migration.
func Run(ctx context.Context, in *source.Inputs, config Config) (*Result, error) {
	m := &migration{
		config: config, decoder: source.NewDecoder(config.Release, source.Ignore),
		seen: map[string]finding.Position{}, secrets: map[reference]*oldSecret{}, accounts: map[reference][]string{},
		made: map[reference]bool{}, files: map[string]*changes{},
	}
	m.readDeclared()
	for doc, fault := range in.Documents(ctx) {
		if fault != nil {
			m.findings = append(m.findings, *fault)
			continue
		}
		m.note(doc)
	}
	if m.findings.HasErrors() {
		return &Result{Findings: m.findings}, nil
	}
	for doc := range in.Documents(ctx) {
		if doc != nil && doc.IsSeldonDeployment() {
			m.deployment(doc)
		}
	}
	result := &Result{}
	for name, r := range in.Contents() {
		text, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		result.Files = append(result.Files, m.file(name, text))
	}
	if m.findings.HasErrors() {
		// Nothing will have been done.
		m.findings = slices.DeleteFunc(m.findings, func(f finding.Finding) bool { return f.Code == finding.Migrated })
	}
	result.Findings = m.findings
	return result, ctx.Err()
}

// note notes what SeldonDeployments may refer to.
func (m *migration) note(doc *source.Document) {
	ref := reference{m.namespace(doc.Namespace), doc.Name}
	c := m.changesOf(doc.File)
	c.documents++
	if !m.first(doc, ref) {
		return
	}
	switch {
	case doc.IsServiceAccount():
		account, faults := m.decoder.ServiceAccount(doc)
		if faults.HasErrors() {
			return
		}
		names := []string{}
		for i := range account.Secrets {
			names = append(names, account.Secrets[i].Name)
		}
		m.accounts[ref] = names
	case secrets.MakesSecret(doc.APIVersion, doc.Kind):
		c.secret = true
		var object map[string]any
		text, faults := doc.JSON()
		if faults.HasErrors() || json.Unmarshal(text, &object) != nil {
			return
		}
		known, namespace, _ := secrets.ReadManifest(object)
		old := &oldSecret{doc: doc, object: object, facts: secrets.Inspect(known, m.config.Keys)}
		m.secrets[reference{m.namespace(namespace), known.Name}] = old
	}
}

// first reports whether an object is the first with its name. Another one is an
// error: whose Secret a model means could not be told, and a file that is named
// twice would be edited twice.
func (m *migration) first(doc *source.Document, ref reference) bool {
	if doc.Name == "" || !doc.IsSeldonDeployment() && !doc.IsServiceAccount() && !secrets.MakesSecret(doc.APIVersion, doc.Kind) {
		return true
	}
	key := doc.Kind + "/" + ref.namespace + "/" + ref.name
	other, twice := m.seen[key]
	if !twice {
		m.seen[key] = doc.Start()
		return true
	}
	m.findings = append(m.findings, finding.New(finding.DuplicateObject, nil, "%s %q is also defined by %s", doc.Kind, doc.Name, other).
		WithHint("name each file once, and migrate each environment on its own").About(doc.Object()).At(doc.Start()))
	return false
}

func (m *migration) changesOf(file string) *changes {
	if m.files[file] == nil {
		m.files[file] = &changes{}
	}
	return m.files[file]
}

func (m *migration) namespace(own string) string {
	return cmp.Or(own, m.config.Namespace, "default")
}

// deployment decides about every model of a SeldonDeployment.
func (m *migration) deployment(doc *source.Document) {
	sd, locator, faults := m.decoder.Deployment(doc)
	if faults.HasErrors() {
		m.findings = append(m.findings, faults...)
		return
	}
	c := m.changesOf(doc.File)
	for _, model := range modelsOf(sd, m.config) {
		model.doc, model.namespace = doc, m.namespace(doc.Namespace)
		uri, secret, findings := m.decide(model)
		if uri != *model.uri {
			c.edits = append(c.edits, replace(doc, model.path.Child("modelUri"), *model.uri, uri))
			*model.uri = uri
		}
		if secret != "" && secret != *model.secret {
			c.edits = append(c.edits, m.name(model, secret))
			*model.secret = secret
		}
		for _, f := range findings {
			m.findings = append(m.findings, f.LocatedBy(locator).About(doc.Object()))
		}
	}
	c.want = append(c.want, encoded(sd))
}

// name is the edit that names a Secret.
func (m *migration) name(model model, secret string) edit {
	if *model.secret != "" {
		return replace(model.doc, model.path.Child("envSecretRefName"), *model.secret, secret)
	}
	e := replace(model.doc, model.path.Child("modelUri"), model.oldURI, "")
	e.member = secret
	return e
}

// file returns a file with its changes.
func (m *migration) file(name string, text []byte) File {
	c := m.changesOf(name)
	out := File{Name: name, Text: text, Secret: c.secret}
	if len(c.edits)+len(c.added) == 0 {
		return out
	}
	edited, findings := apply(text, c.edits)
	if m.findings = append(m.findings, findings...); findings.HasErrors() {
		return out
	}
	for _, made := range c.added {
		var err error
		if edited, err = appendSecret(edited, made); err != nil {
			m.findings = append(m.findings, finding.New(finding.CannotEncode, nil, "%v", err).At(finding.Position{File: name}))
			return out
		}
	}
	if !m.says(name, edited, c) {
		m.findings = append(m.findings, finding.New(finding.MigrationByHand, nil, "the file cannot be edited without changing what else it says").
			WithHint("write each modelUri and envSecretRefName on a line of its own, without anchors and aliases, and run again").At(finding.Position{File: name}))
		return out
	}
	out.Text, out.Changed = edited, true
	return out
}

// says reports whether a text has exactly the SeldonDeployments and as many other
// documents as it is to have.
func (m *migration) says(name string, text []byte, c *changes) bool {
	documents, want := 0, c.want
	for doc, fault := range source.Text(name, text) {
		if fault != nil {
			if fault.Severity == finding.Error {
				return false
			}
			continue
		}
		documents++
		if !doc.IsSeldonDeployment() {
			continue
		}
		sd, _, faults := m.decoder.Deployment(doc)
		if faults.HasErrors() || len(want) == 0 || string(encoded(sd)) != string(want[0]) {
			return false
		}
		want = want[1:]
	}
	return len(want) == 0 && documents == c.documents+len(c.added)
}

func encoded(sd *seldon.Deployment) []byte {
	text, err := json.Marshal(sd)
	if err != nil {
		return []byte(err.Error())
	}
	return text
}
