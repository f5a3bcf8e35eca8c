package secrets

import (
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// Declaration is an entry of the values section seldonctl.credentials: a Secret,
// with the ServiceAccount it may need, or a ServiceAccount alone.
//
//	seldonctl:
//	  credentials:
//	  - name: models            # of the Secret
//	    provider: minio         # and form, auth, type, remote as the flags
//	    namespace: team-a       # default: that of the SeldonDeployments that use it
//	    from:
//	      env: true             # the variables of the process, by their usual names
//	      envFile: minio.env    # or a file of NAME=VALUE, as kubectl reads it
//	      keyFile: key.json     # or Google's key file
//	    fields:                 # by the flag's name; they win over from
//	      endpoint: http://minio.minio.svc:9000
//	      access-key-id: {env: TEAM_A_KEY}
//	      secret-access-key: {file: key.txt}
//	    labels: {team: a}       # and annotations, stringData, immutable, serviceAccount
//	  - name: builder
//	    kind: ServiceAccount
//	    secrets: [models]       # those attached to it
type Declaration struct {
	// Path is that of the entry in the values.
	Path *field.Path
	// Provider is nil for a ServiceAccount alone.
	Provider *Provider
	// Request has all that the entry says, without the values.
	Request Request
	// FromEnv says that variables of the process are looked at; EnvFile is the
	// file whose variables are, or empty.
	FromEnv bool
	EnvFile string
	// Fields say where single values come from.
	Fields map[string]FieldSource
	// Secrets are those of a ServiceAccount alone.
	Secrets []string
	// Faulty says that there is an error in it: no more than the name counts.
	Faulty bool
}

// FieldSource is where one value comes from; exactly one member is set.
type FieldSource struct {
	// Inline is the value itself.
	Inline Sensitive
	// Env is the name of a variable of the process.
	Env string
	// File is the path of a file that holds the value.
	File string
}

const (
	kindSecret         = "Secret"
	kindServiceAccount = "ServiceAccount"
)

// ReadDeclarations reads the section seldonctl.credentials, as decoded JSON, and
// reports all that is wrong with it; entries with errors are faulty. The path
// is that of the section, and the locator, which may be nil, knows its places.
func ReadDeclarations(section any, path *field.Path, places finding.Locator) ([]Declaration, finding.List) {
	if section == nil {
		return nil, nil
	}
	entries, ok := section.([]any)
	if !ok {
		return nil, finding.List{declarationFault(path, "must be a list of Secrets and ServiceAccounts").
			WithHint("write entries that begin with - name:")}
	}
	var out []Declaration
	var findings finding.List
	seen := map[[3]string]bool{}
	for i, entry := range entries {
		d, found := readDeclaration(entry, path.Index(i), places)
		id := [3]string{d.kind(), d.Request.Namespace, d.Request.Name}
		if d.Request.Name != "" && seen[id] {
			found = append(found, declarationFault(d.Path.Child("name"), "the %s %q is declared twice", d.kind(), d.Request.Name))
		}
		seen[id] = true
		d.Faulty = found.HasErrors()
		if !d.Faulty || d.Request.Name != "" {
			out = append(out, d)
		}
		findings = append(findings, found...)
	}
	return out, findings
}

func (d *Declaration) kind() string {
	if d.Provider == nil {
		return kindServiceAccount
	}
	return kindSecret
}

func declarationFault(path *field.Path, format string, args ...any) finding.Finding {
	return finding.New(finding.CredentialDeclaration, path, format, args...)
}

func readDeclaration(entry any, path *field.Path, places finding.Locator) (Declaration, finding.List) {
	r := newEntryReader(path, places, entry)
	d := Declaration{Path: path}
	if r.fields == nil {
		return d, finding.List{declarationFault(path, "must be a map with name and provider")}
	}
	kind := r.text("kind")
	d.Request = Request{
		Name: r.text("name"), Namespace: r.text("namespace"), Labels: r.texts("labels"), Annotations: r.texts("annotations"),
	}
	switch kind {
	case kindServiceAccount:
		d.Secrets = r.list("secrets")
	case "", kindSecret:
		r.secret(&d)
	default:
		r.fault("kind", "must be Secret or ServiceAccount")
		return d, r.faults
	}
	r.unknown()
	names := d.Request.check()
	for _, secret := range d.Secrets {
		names = append(names, (&Request{Name: secret}).check()...)
	}
	for _, f := range names {
		f.Path = path
		r.faults = append(r.faults, f)
	}
	return d, r.faults
}

// secret reads what only a Secret has.
func (r *entryReader) secret(d *Declaration) {
	q := &d.Request
	q.Choice = Choice{Type: r.text("type"), Form: r.text("form"), Auth: r.text("auth")}
	if _, old := r.fields["format"]; old && q.Form == "" {
		// The form was called format before.
		q.Form = r.text("format")
	}
	q.Remote, q.ServiceAccount, q.AnnotationPrefix = r.text("remote"), r.text("serviceAccount"), r.text("annotationPrefix")
	q.StringData, q.Immutable = r.boolean("stringData"), r.boolean("immutable")
	d.Provider = r.provider()
	r.external(q)
	d.Fields = map[string]FieldSource{}
	fields := r.child("fields")
	r.from(d)
	if d.Provider == nil {
		return
	}
	if _, err := d.Provider.Variant(q.Choice); err != nil {
		r.faults = append(r.faults, declarationFault(r.path, "%v", err))
	}
	fields.sources(d)
	r.faults = append(r.faults, fields.faults...)
}

// external reads where the values of an ExternalSecret are.
func (r *entryReader) external(q *Request) {
	e := &External{Store: r.text("store"), RemoteKey: r.text("remoteKey"), Fields: r.list("storeFields")}
	kind := r.text("storeKind")
	switch as := r.text("as"); {
	case as == AsExternalSecret:
		q.External = e
	case as != "" && as != AsSecret:
		r.fault("as", "must be %s or %s", AsSecret, AsExternalSecret)
	case e.Store+e.RemoteKey+kind != "" || e.Fields != nil:
		r.faults = append(r.faults, declarationFault(r.path, "store, storeKind, remoteKey and storeFields need as: %s", AsExternalSecret))
	}
	var err error
	if e.Cluster, err = ClusterStore(kind); err != nil {
		r.fault("storeKind", "%v", err)
	}
	if q.External != nil && r.fields["from"] != nil {
		r.fault("from", "the values come from the store; remove it")
	}
}

// provider returns the provider that the entry names, or nil.
func (r *entryReader) provider() *Provider {
	name := r.text("provider")
	if name == "" {
		r.fault("provider", "provider is missing; expected %s", spelling.Alternatives(providerNames()))
		return nil
	}
	provider, err := Lookup(name)
	if err != nil {
		r.fault("provider", "%v", err)
	}
	return provider
}

// from reads where all values come from.
func (r *entryReader) from(d *Declaration) {
	from := r.child("from")
	d.FromEnv, d.EnvFile = from.boolean("env"), from.text("envFile")
	if keyFile := from.text("keyFile"); keyFile != "" {
		d.Fields["key-file"] = FieldSource{File: keyFile}
	}
	from.unknown()
	r.faults = append(r.faults, from.faults...)
}
