package run

import (
	"encoding/json"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

// clusterKinds are the kinds of Kubernetes' own that are in no namespace, by
// group.
func clusterKinds() map[string][]string {
	return map[string][]string{
		"": {"Namespace", "Node", "PersistentVolume", "ComponentStatus"},
		"admissionregistration.k8s.io": {
			"MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "MutatingWebhookConfiguration",
			"ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration",
		},
		"apiextensions.k8s.io":         {"CustomResourceDefinition"},
		"apiregistration.k8s.io":       {"APIService"},
		"certificates.k8s.io":          {"CertificateSigningRequest", "ClusterTrustBundle"},
		"flowcontrol.apiserver.k8s.io": {"FlowSchema", "PriorityLevelConfiguration"},
		"networking.k8s.io":            {"IngressClass", "IPAddress", "ServiceCIDR"},
		"node.k8s.io":                  {"RuntimeClass"},
		"policy":                       {"PodSecurityPolicy"},
		"rbac.authorization.k8s.io":    {"ClusterRole", "ClusterRoleBinding"},
		"resource.k8s.io":              {"DeviceClass", "ResourceSlice"},
		"scheduling.k8s.io":            {"PriorityClass"},
		"storage.k8s.io":               {"CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"},
	}
}

// kindID is a kind and its group.
type kindID struct{ group, kind string }

func kindOf(doc *source.Document) kindID {
	group, _, grouped := strings.Cut(doc.APIVersion, "/")
	if !grouped {
		group = ""
	}
	return kindID{group, doc.Kind}
}

// scopes tell which documents belong into a namespace.
type scopes struct {
	cluster map[kindID]bool
	// elsewhere is a namespace other than default that a document names.
	elsewhere string
}

func newScopes() *scopes {
	s := &scopes{cluster: map[kindID]bool{}}
	for group, kinds := range clusterKinds() {
		for _, kind := range kinds {
			s.cluster[kindID{group, kind}] = true
		}
	}
	return s
}

// note looks at a document of the first pass: at its namespace, and at what a
// CustomResourceDefinition says of others.
func (s *scopes) note(doc *source.Document) {
	if doc.Namespace != "" && doc.Namespace != defaultNamespace && s.elsewhere == "" {
		s.elsewhere = doc.Namespace
	}
	if doc.Kind != "CustomResourceDefinition" {
		return
	}
	var crd struct {
		Spec struct {
			Group, Scope string
			Names        struct{ Kind string }
		}
	}
	text, faults := doc.JSON()
	if !faults.HasErrors() && json.Unmarshal(text, &crd) == nil && crd.Spec.Scope == "Cluster" {
		s.cluster[kindID{crd.Spec.Group, crd.Spec.Names.Kind}] = true
	}
}

// isNamespaced reports whether a document belongs into a namespace. Kinds that
// nobody knows do, unless they are called after the cluster.
func (s *scopes) isNamespaced(doc *source.Document) bool {
	id := kindOf(doc)
	return !s.cluster[id] && (isBuiltIn(id.group) || !strings.HasPrefix(id.kind, "Cluster"))
}

// isBuiltIn reports whether a group is one of Kubernetes' own.
func isBuiltIn(group string) bool {
	return !strings.Contains(group, ".") || strings.HasSuffix(group, ".k8s.io")
}

const defaultNamespace = "default"

// assumed tells of a SeldonDeployment without a namespace among documents that
// name one.
func (r *Run) assumed(doc *source.Document) finding.List {
	if !r.config.Passes || doc.Namespace != "" || doc.Name == "" || r.config.Namespace != "" || r.scopes.elsewhere == "" {
		return nil
	}
	return finding.List{finding.New(finding.NamespaceAssumed, nil, "%s %q has no namespace: it is rendered into %q, while the input names %q",
		doc.Kind, doc.Name, defaultNamespace, r.scopes.elsewhere).
		WithHint("set its metadata.namespace, or render for a namespace").WithOption(finding.OptionNamespace).About(doc.Object()).At(doc.Start())}
}

// place puts a document that goes to the output into the namespace of the run,
// as kubectl apply -n does, or tells that it has none.
func (r *Run) place(doc *source.Document) (*source.Document, finding.List) {
	if !r.config.Passes || doc.Namespace != "" || doc.Name == "" || !r.scopes.isNamespaced(doc) {
		return doc, nil
	}
	if r.config.Namespace != "" {
		return doc.InNamespace(r.config.Namespace), nil
	}
	f := finding.New(finding.PassedWithoutNamespace, nil, "%s %q has no namespace: it goes to the one it is applied in, and models to %q", doc.Kind, doc.Name, defaultNamespace).
		WithHint("set its metadata.namespace, or render for a namespace").WithOption(finding.OptionNamespace).About(doc.Object()).At(doc.Start())
	if r.scopes.elsewhere != "" && isBuiltIn(kindOf(doc).group) {
		f.Severity = finding.Warning
		f.Message = doc.Kind + " \"" + doc.Name + "\" has no namespace: it goes to the one it is applied in, while the input names \"" + r.scopes.elsewhere + "\""
	}
	return doc, finding.List{f}
}
