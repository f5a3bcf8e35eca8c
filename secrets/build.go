package secrets

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/manifest"
)

// Request is everything that a Secret is made from.
type Request struct {
	Choice
	// Name is that of the Secret, Namespace may be empty.
	Name, Namespace string
	// Values are by the name of their field. A value that is there may be empty,
	// which is the same as not given.
	Values map[string]Sensitive
	// Remote is the name of the rclone remote, in any case: the scheme of the URIs
	// that the Secret is for. Empty means the scheme of URI, else the usual one.
	Remote string
	// Section is a section of an rclone.conf; its options go into the Secret, and
	// Values win over them. Type and Auth are then not looked at.
	Section *RcloneSection
	// URI of a model that the Secret must fit, or empty.
	URI string
	// Labels and Annotations go on every object that is made.
	Labels, Annotations map[string]string
	// StringData writes the values as they are instead of in base64.
	StringData bool
	Immutable  bool
	// ServiceAccount is the name of the ServiceAccount; empty means Name.
	ServiceAccount string
	// AnnotationPrefix of the form kfserving; empty means [AnnotationPrefix].
	AnnotationPrefix string
	Keys             KeyNames
	// External asks for an ExternalSecret; nil for a Secret.
	External *External
}

// KeyNames are the keys of a Secret that is attached to a ServiceAccount, as the
// operator is told them by the values credentials.s3 and credentials.gcs. Empty
// ones mean the defaults.
type KeyNames struct {
	S3AccessKeyID, S3SecretAccessKey, GCSFile string
}

// withDefaults fills what is empty (docs/behaviour/core.md, 10).
func (k KeyNames) withDefaults() KeyNames {
	return KeyNames{
		S3AccessKeyID:     cmp.Or(k.S3AccessKeyID, "awsAccessKeyID"),
		S3SecretAccessKey: cmp.Or(k.S3SecretAccessKey, "awsSecretAccessKey"),
		GCSFile:           cmp.Or(k.GCSFile, "gcloud-application-credentials.json"),
	}
}

// The prefixes of the annotations that describe the S3 server; the operator
// reads both.
const (
	AnnotationPrefix         = "machinelearning.seldon.io"
	AnnotationPrefixKubeflow = "serving.kubeflow.org"
)

// Result is what became of a request.
type Result struct {
	// Secret is nil when there are errors in Findings. With External it is what the
	// ExternalSecret becomes, with templates in the place of values.
	Secret   *corev1.Secret
	External *External
	// stored are the fields that come from the store of External.
	stored []Field
	// ServiceAccount is nil when the variant needs none.
	ServiceAccount *corev1.ServiceAccount
	// Variant is nil when the choice was wrong.
	Variant *Variant
	// Missing are the fields that are required and not given; a finding names them.
	Missing []Field
	// Remote is the rclone remote's name in lower case, or empty.
	Remote   string
	Findings finding.List
}

// Objects returns what is to be written, in the order of an output. Their keys
// have the usual order: apiVersion, kind, metadata, then the rest.
func (r *Result) Objects() []manifest.Object {
	var out []manifest.Object
	if a := r.ServiceAccount; a != nil {
		out = append(out, manifest.Object{APIVersion: a.APIVersion, Kind: a.Kind, Namespace: a.Namespace, Name: a.Name, Value: orderedServiceAccount{typeMeta{a.APIVersion, a.Kind}, a}})
	}
	if s := r.Secret; s != nil && r.External != nil {
		out = append(out, manifest.Object{APIVersion: externalSecretVersion, Kind: kindExternalSecret, Namespace: s.Namespace, Name: s.Name, Value: r.externalSecret(s)})
	} else if s != nil {
		out = append(out, manifest.Object{APIVersion: s.APIVersion, Kind: s.Kind, Namespace: s.Namespace, Name: s.Name, Value: orderedSecret{typeMeta{s.APIVersion, s.Kind}, s}})
	}
	return out
}

// In returns the result with the objects in a namespace.
func (r *Result) In(namespace string) *Result {
	out := *r
	if r.Secret != nil {
		out.Secret = r.Secret.DeepCopy()
		out.Secret.Namespace = namespace
	}
	if r.ServiceAccount != nil {
		out.ServiceAccount = r.ServiceAccount.DeepCopy()
		out.ServiceAccount.Namespace = namespace
	}
	return &out
}

// draft is a Secret in the making.
type draft struct {
	request  *Request
	provider *Provider
	variant  *Variant
	remote   string
	keys     KeyNames
	findings finding.List

	data        map[string]string
	annotations map[string]string
	account     *draftAccount
}

// draftAccount is a ServiceAccount in the making.
type draftAccount struct {
	annotations map[string]string
	// attached says that the account lists the Secret.
	attached bool
}

func (d *draft) value(name string) string { return d.request.Values[name].Reveal() }

// set puts a value under a key, if there is one.
func (d *draft) set(key, name string) {
	if v := d.value(name); v != "" {
		d.data[key] = v
	}
}

func (d *draft) fault(code finding.Code, format string, args ...any) *finding.Finding {
	d.findings = append(d.findings, finding.New(code, nil, format, args...))
	return &d.findings[len(d.findings)-1]
}

// Build makes the Secret. What is wrong with the request is in the findings, all
// of it; they never have a value in them.
func (p *Provider) Build(r Request) Result {
	if r.External != nil {
		return p.buildExternal(r)
	}
	d := &draft{
		request: &r, provider: p, keys: r.Keys.withDefaults(),
		data: map[string]string{}, annotations: map[string]string{},
	}
	variant, err := p.VariantFor(&r)
	if err != nil {
		d.fault(finding.CredentialInvalid, "%v", err)
		return Result{Findings: d.findings}
	}
	d.variant = variant
	d.remote = d.remoteName()
	d.checkRemoteType()
	missing := d.checkFields()
	d.findings = append(d.findings, r.check()...)
	if !d.findings.HasErrors() {
		variant.build(d)
		if r.ServiceAccount != "" && d.account == nil {
			d.fault(finding.CredentialInvalid, "no ServiceAccount is written %s", variant.where())
		}
	}
	result := Result{Variant: variant, Missing: missing, Remote: strings.ToLower(d.remote)}
	if !d.findings.HasErrors() {
		result.Secret = d.secret()
		result.ServiceAccount = d.serviceAccount()
	}
	d.checkURI()
	d.checkSize()
	result.Findings = d.findings
	if d.findings.HasErrors() {
		result.Secret, result.ServiceAccount = nil, nil
	}
	return result
}

// checkFields checks the values that are given and returns the required fields
// that are not.
func (d *draft) checkFields() (missing []Field) {
	taken := slices.Concat(d.variant.Required, d.variant.Optional)
	for _, name := range slices.Sorted(maps.Keys(d.request.Values)) {
		value := d.value(name)
		f, known := d.provider.Field(name)
		switch {
		case value == "":
		case !known:
			d.fault(finding.CredentialInvalid, "%s has no field %s", d.provider.Name, name)
		case !slices.Contains(taken, name):
			d.fault(finding.CredentialInvalid, "%s cannot be used %s", name, d.variant.where())
		default:
			if wrong := f.wrong(value); wrong != "" {
				d.fault(finding.CredentialInvalid, "%s %s", name, wrong)
			}
		}
	}
	var names []string
	for _, name := range d.variant.Required {
		if f, ok := d.provider.Field(name); ok && d.value(name) == "" {
			missing = append(missing, f)
			names = append(names, name)
		}
	}
	if len(missing) > 0 {
		d.fault(finding.CredentialMissing, "missing values for %s: %s", d.provider.Name, strings.Join(names, ", "))
	}
	return missing
}

// where says which variant it is, for messages.
func (v *Variant) where() string {
	var parts []string
	for _, part := range [][2]string{{"type", v.Type}, {"form", v.Form}, {"auth", v.Auth}} {
		if part[1] != "" {
			parts = append(parts, part[0]+" "+part[1])
		}
	}
	if len(parts) == 0 {
		return "here"
	}
	return "with " + strings.Join(parts, " and ")
}

// maxData is how much a cluster lets a Secret hold, in bytes.
const maxData = corev1.MaxSecretSize

func (d *draft) checkSize() {
	size := 0
	for _, v := range d.data {
		size += len(v)
	}
	if size > maxData {
		d.fault(finding.CredentialInvalid, "the Secret would hold %d bytes; Kubernetes allows %d", size, maxData)
	}
}

// checkURI says whether the Secret fits the URI. If there is none, because of other
// errors, it says only what no Secret would change.
func (d *draft) checkURI() {
	if d.request.URI == "" {
		return
	}
	broken := d.findings.HasErrors()
	var known Known
	known.look(d.data)
	facts := Inspect(known, d.keys)
	f := Fetch{URI: d.request.URI, Initializer: d.variant.Reader}
	if attached := d.account != nil && d.account.attached; attached {
		f.Attached = []Facts{facts}
	} else {
		f.Variables = &facts
	}
	for _, found := range f.Check(field.NewPath("uri")) {
		// Asking for a URI is asking to be told.
		found.Path, found.Severity = nil, finding.Error
		if !broken || found.Code == finding.InitializerScheme {
			d.findings = append(d.findings, found.About(finding.Object{APIVersion: "v1", Kind: kindSecret, Namespace: d.request.Namespace, Name: d.request.Name}))
		}
	}
}
