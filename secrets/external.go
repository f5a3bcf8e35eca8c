package secrets

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// External says that the values are in a store of the External Secrets Operator,
// which makes the Secret: what is written is an ExternalSecret, without values.
type External struct {
	// Store is the name of the SecretStore, or of the ClusterSecretStore if
	// Cluster is set.
	Store   string
	Cluster bool
	// RemoteKey is the path of the entry in the store. Its properties are called
	// like the fields.
	RemoteKey string
	// Fields are those besides the required ones that the entry has.
	Fields []string
}

// What the values of a Secret are written as.
const (
	AsSecret         = "secret"
	AsExternalSecret = "external-secret"
)

// StoreKinds are the kinds of stores, the default first.
func StoreKinds() []string { return []string{"SecretStore", "ClusterSecretStore"} }

// ClusterStore reports whether a kind of store, which may be empty, is that of
// the whole cluster.
func ClusterStore(kind string) (bool, error) {
	kinds := StoreKinds()
	if kind != "" && !slices.Contains(kinds, kind) {
		return false, fmt.Errorf("must be %s", spelling.Alternatives(kinds))
	}
	return kind == kinds[1], nil
}

// externalSecret is as much of an ExternalSecret as is written.
type externalSecret struct {
	typeMeta
	Metadata metav1.ObjectMeta  `json:"metadata"`
	Spec     externalSecretSpec `json:"spec"`
}

type externalSecretSpec struct {
	SecretStoreRef storeRef       `json:"secretStoreRef"`
	Target         externalTarget `json:"target"`
	Data           []externalData `json:"data"`
}

type storeRef struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type externalTarget struct {
	Name      string           `json:"name"`
	Immutable bool             `json:"immutable,omitempty"`
	Template  externalTemplate `json:"template"`
}

type externalTemplate struct {
	Metadata *externalMeta     `json:"metadata,omitempty"`
	Data     map[string]string `json:"data"`
}

type externalMeta struct {
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type externalData struct {
	SecretKey string    `json:"secretKey"`
	RemoteRef remoteRef `json:"remoteRef"`
}

type remoteRef struct {
	Key      string `json:"key"`
	Property string `json:"property"`
}

// ExternalSecrets are of this version.
const (
	externalSecretVersion = "external-secrets.io/v1"
	kindExternalSecret    = "ExternalSecret"
)

// buildExternal builds the Secret of stand-ins for the values, and puts a
// template in the place of each: so the keys are those of the plain Secret,
// whatever the provider.
func (p *Provider) buildExternal(r Request) Result {
	fail := func(findings finding.List) Result { return Result{Findings: findings} }
	variant, err := p.VariantFor(&r)
	if err != nil {
		return fail(finding.List{finding.New(finding.CredentialInvalid, nil, "%v", err)})
	}
	taken, faults := p.externalFields(variant, &r)
	if faults.HasErrors() {
		return fail(faults)
	}
	build := func(scheme string) Result {
		plain := r
		plain.External, plain.StringData, plain.Values = nil, true, maps.Clone(r.Values)
		if plain.Values == nil {
			plain.Values = map[string]Sensitive{}
		}
		for _, f := range taken {
			plain.Values[f.Name] = Sensitive(f.standIn(scheme))
		}
		return p.Build(plain)
	}
	result, other := build("https"), build("http")
	if result.Findings.HasErrors() {
		return result
	}
	template := func(values, others map[string]string) map[string]string {
		out := make(map[string]string, len(values))
		for key, value := range values {
			out[key] = templateOf(taken, value, others[key])
		}
		return out
	}
	result.External = r.External
	result.stored = taken
	result.Secret.StringData = template(result.Secret.StringData, other.Secret.StringData)
	if result.Secret.Annotations != nil {
		result.Secret.Annotations = template(result.Secret.Annotations, other.Secret.Annotations)
	}
	return result
}

// externalFields are the fields that come from the store.
func (p *Provider) externalFields(v *Variant, r *Request) (taken []Field, faults finding.List) {
	fault := func(format string, args ...any) {
		faults = append(faults, finding.New(finding.CredentialInvalid, nil, format, args...))
	}
	if r.External.Store == "" || r.External.RemoteKey == "" {
		fault("an ExternalSecret needs the name of a store and the key of an entry in it")
	}
	for name, value := range r.Values {
		if f, ok := p.Field(name); ok && value != "" && !f.Public {
			fault("%s comes from the store; leave it out", name)
		}
	}
	for _, name := range join(v.Required, r.External.Fields) {
		f, ok := p.Field(name)
		switch {
		case !ok || !slices.Contains(v.Required, name) && !slices.Contains(v.Optional, name):
			fault("unknown field %s; expected %s", v.where(), spelling.Alternatives(join(v.Required, v.Optional)))
		case f.standIn("https") == "":
			fault("%s cannot come from a store", name)
		default:
			taken = append(taken, f)
		}
	}
	if len(taken) == 0 && faults == nil {
		fault("the Secret has no value %s that could be in a store; write it as a Secret", v.where())
	}
	return taken, faults
}

// standIn is a value that passes the checks of the field and is like no other, or
// nothing if there is no such value.
func (f *Field) standIn(scheme string) string {
	for _, value := range []string{
		"stored-" + f.Name, scheme + "://stored-" + f.Name + ".invalid", "https://stored.blob.core.windows.net/c?sig=" + f.Name,
		`{"type": "service_account", "project_id": "x", "private_key_id": "x", "private_key": "-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n", "client_email": "x", "token_uri": "x"}`,
	} {
		if f.wrong(value) == "" {
			return value
		}
	}
	return ""
}

// templateOf returns the template of a value, given what it is with an address
// of either scheme.
func templateOf(fields []Field, withHTTPS, withHTTP string) string {
	const pieces = ` | trimPrefix "https://" | trimPrefix "http://" | trimSuffix "/" }}`
	for _, f := range fields {
		name := templateName(f.Name)
		secure, open := f.standIn("https"), f.standIn("http")
		host := strings.TrimPrefix(secure, "https://")
		switch {
		case withHTTPS == secure && withHTTP == open:
			return "{{ ." + name + " }}"
		case f.File && withHTTPS == oneLine(secure):
			return "{{ ." + name + " | fromJson | toJson }}"
		case secure != open && withHTTPS == host && withHTTP == host:
			return "{{ ." + name + pieces
		case secure != open && withHTTPS != withHTTP:
			return fmt.Sprintf(`{{ if hasPrefix "https:" .%s }}%s{{ else }}%s{{ end }}`, name, withHTTPS, withHTTP)
		case strings.Contains(withHTTPS, secure):
			return strings.ReplaceAll(withHTTPS, secure, "{{ ."+name+" }}")
		}
	}
	return withHTTPS
}

// templateName is a field's name as templates have it.
func templateName(field string) string { return strings.ReplaceAll(field, "-", "_") }

// externalSecret is the ExternalSecret that becomes a Secret.
func (r *Result) externalSecret(s *corev1.Secret) externalSecret {
	kind := StoreKinds()[0]
	if r.External.Cluster {
		kind = StoreKinds()[1]
	}
	out := externalSecret{
		typeMeta: typeMeta{externalSecretVersion, kindExternalSecret},
		Metadata: metav1.ObjectMeta{Name: s.Name, Namespace: s.Namespace, Labels: s.Labels},
		Spec: externalSecretSpec{
			SecretStoreRef: storeRef{r.External.Store, kind},
			Target: externalTarget{
				Name: s.Name, Immutable: s.Immutable != nil && *s.Immutable, Template: externalTemplate{Data: s.StringData},
			},
		},
	}
	if len(s.Labels)+len(s.Annotations) > 0 {
		out.Spec.Target.Template.Metadata = &externalMeta{s.Labels, s.Annotations}
	}
	for _, f := range r.stored {
		out.Spec.Data = append(out.Spec.Data, externalData{templateName(f.Name), remoteRef{r.External.RemoteKey, f.Name}})
	}
	return out
}
