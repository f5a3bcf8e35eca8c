package render

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
)

const defaultAccount = "default"

// lintModelSource looks at what a storage initializer is given to fetch a model
// with (docs/behaviour/credentials.md).
func (l *inspector) lintModelSource(pod *corev1.PodSpec, init *corev1.Container, m modelSource) {
	initializer, known := release.InitializerOf(init.Image)
	fetch := secrets.Fetch{URI: m.uri, Initializer: initializer, CustomImage: !known}
	if strings.HasSuffix(init.Image, ":"+l.release.ImageTag) {
		fetch.Principals = l.release.Storage.Principals
	}
	if name := l.envSecret(m); name != "" {
		path := m.path.Child("envSecretRefName")
		if m.envSecret == "" {
			path = m.path
		}
		if facts, ok := l.knownSecret(name, path); ok {
			fetch.Variables, fetch.SharedVariables = &facts, m.envSecret == ""
		} else {
			fetch.SecretUnknown = true
		}
	}
	account := orDefault(orDefault(m.serviceAccount, pod.ServiceAccountName), defaultAccount)
	fetch.SharedAccount = account == defaultAccount
	names, ok := l.knownAccount(account, func() *field.Path { return m.path.Child("serviceAccountName") })
	if !ok && account != defaultAccount {
		fetch.SecretUnknown = true
	}
	for _, name := range names {
		switch facts, ok := l.secretFacts(name); {
		case ok:
			fetch.Attached = append(fetch.Attached, facts)
			l.lintAttachedKeys(&facts, m)
		case !strings.Contains(name, "-token-"):
			fetch.SecretUnknown = true
			l.tellUnknown(finding.SecretNotInInput, m.path.Child("serviceAccountName"), Reference{l.namespace, name}, l.hasSecret,
				"add it to the input: without it the credentials of ServiceAccount "+account+" are not rendered")
		}
	}
	if spelling.ReplaceFirst(m.uri) != "" || spelling.Unquoted(m.uri) != "" {
		return
	}
	for _, f := range fetch.Check(m.path.Child("modelUri")) {
		l.report(f)
	}
}

// lintAttachedKeys tells of a Secret of a ServiceAccount whose keys decide what is
// rendered, and may be others than are known.
func (l *inspector) lintAttachedKeys(facts *secrets.Facts, m modelSource) {
	if facts.Open && !facts.AttachedS3 && !facts.AttachedGCS {
		s := &l.r.settings.credentials
		l.tell(finding.SecretKeysUnknown, m.path.Child("serviceAccountName"), "name its keys in the template, or under data",
			"not all keys of %s are known: with %s the operator adds variables for S3, with %s it mounts a Google key", &facts.Known, s.secretAccessKey, s.gcsFile)
	}
}

// knownSecret returns what is known of a Secret, or tells that nothing is.
func (l *inspector) knownSecret(name string, path *field.Path) (secrets.Facts, bool) {
	facts, ok := l.secretFacts(name)
	if !ok {
		l.tellUnknown(finding.SecretNotInInput, path, Reference{l.namespace, name}, l.hasSecret, "make sure that the cluster has it, or add it to the input")
	}
	return facts, ok
}

// knownAccount returns the Secrets of a ServiceAccount, or tells that it is not
// known. Every namespace has a default account.
func (l *inspector) knownAccount(name string, at func() *field.Path) ([]string, bool) {
	names, ok := l.r.config.References.serviceAccount(l.namespace, name)
	if !ok && !l.r.config.CreateServiceAccounts && (name != defaultAccount || l.hasAccount(Reference{"", name})) {
		l.tellUnknown(finding.AccountNotInInput, at(), Reference{l.namespace, name}, l.hasAccount,
			"make sure that the cluster has it, add it to the input, or create a plain one")
	}
	return names, ok
}

func (l *inspector) secretFacts(name string) (secrets.Facts, bool) {
	secret, ok := l.r.config.References.secret(l.namespace, name)
	if !ok {
		return secrets.Facts{}, false
	}
	s := &l.r.settings.credentials
	return secrets.Inspect(secret, secrets.KeyNames{S3AccessKeyID: s.accessKeyID, S3SecretAccessKey: s.secretAccessKey, GCSFile: s.gcsFile}), true
}

func (l *inspector) hasSecret(ref Reference) bool {
	_, ok := l.r.config.References.Secrets[ref]
	return ok
}

func (l *inspector) hasAccount(ref Reference) bool {
	_, ok := l.r.config.References.ServiceAccounts[ref]
	return ok
}

// tellUnknown tells, once for each object, that it is not in the input, or is
// there without a namespace. The words are the same for every SeldonDeployment,
// so that a run can say it once.
func (l *inspector) tellUnknown(code finding.Code, path *field.Path, ref Reference, has func(Reference) bool, hint string) {
	kind := "Secret"
	if code == finding.AccountNotInInput {
		kind = "ServiceAccount"
	}
	f := finding.New(code, path, "%s %q not found in the input for namespace %q", kind, ref.Name, ref.Namespace)
	f.Hint = hint
	if code == finding.AccountNotInInput {
		f.Option = finding.OptionCreateServiceAccounts
	}
	if has(Reference{"", ref.Name}) {
		f = finding.New(finding.ReferenceWithoutNamespace, path,
			"%s %q has no namespace and is not used for namespace %q", kind, ref.Name, ref.Namespace).
			WithHint("set its metadata.namespace, or render for namespace %s", ref.Namespace).WithOption(finding.OptionNamespace)
	}
	// lintTexts tells of names that no object has.
	if !isSubdomain(ref.Name) || l.r.config.References.Incomplete || l.full(f.Code, f.Severity) || !l.once(f.Code, nil, kind+"/"+ref.Name) {
		return
	}
	if meant := l.r.config.References.meant(code, ref); meant != "" && f.Code == code {
		f.Hint = meant + " otherwise " + f.Hint
	}
	l.report(f)
}

// manyReferences is up to how many objects are searched for one that was meant,
// as each search looks at all of them.
const manyReferences = 200

// meant returns a hint about an object that is not known: where one of its name
// is, or which name is nearest. It is empty if nothing comes near.
func (r *References) meant(code finding.Code, ref Reference) string {
	known := maps.Keys(r.Secrets)
	if code == finding.AccountNotInInput {
		known = maps.Keys(r.ServiceAccounts)
	}
	if len(r.Secrets)+len(r.ServiceAccounts) > manyReferences {
		return ""
	}
	var names, elsewhere []string
	for k := range known {
		switch {
		case k.Namespace == ref.Namespace || k.Namespace == AnyNamespace:
			names = append(names, k.Name)
		case k.Name == ref.Name:
			elsewhere = append(elsewhere, k.Namespace)
		}
	}
	slices.Sort(names)
	if len(elsewhere) > 0 {
		return fmt.Sprintf("namespace %q has one of this name, which pods of %q cannot use;", slices.Min(elsewhere), ref.Namespace)
	}
	if nearest := spelling.Nearest(ref.Name, names); nearest != "" {
		return fmt.Sprintf("did you mean %q?", nearest)
	}
	return ""
}

// lintReferences looks for ServiceAccounts and certificates that are not in the
// input. What models are fetched with was looked at before.
func (l *inspector) lintReferences() {
	looked := map[string]bool{"": true, defaultAccount: true}
	for _, w := range l.deployments {
		l.lintIdentity(w)
		account := w.pod().ServiceAccountName
		if looked[account] || l.full(finding.AccountNotInInput, finding.Warning) {
			continue
		}
		looked[account] = true
		l.knownAccount(account, func() *field.Path { return l.accountPath(w) })
	}
	for _, pred := range l.predictors {
		if name := pred.certificate(); name != "" && !pred.noEngine {
			l.knownSecret(name, pred.path.Child("ssl", "certSecretName"))
		}
	}
}

// lintIdentity tells of pods that do not get the identity of their ServiceAccount:
// Azure's webhook leaves pods alone that lack its label.
func (l *inspector) lintIdentity(w *workload) {
	account := orDefault(w.pod().ServiceAccountName, defaultAccount)
	identities := l.r.config.References.AzureIdentities
	known := identities[Reference{l.namespace, account}] || identities[Reference{AnyNamespace, account}]
	if !known || w.origin.component == FromOrchestrator || w.Spec.Template.Labels[secrets.LabelAzureIdentity] == "true" {
		return
	}
	l.tell(finding.IdentityUnused, l.accountPath(w), "add it to the labels of the predictor",
		"the pods of Deployment %q lack the label %s: \"true\", without which Azure gives them no identity of ServiceAccount %q",
		w.Metadata.Name, secrets.LabelAzureIdentity, account)
}

// accountPath is where a pod's ServiceAccount comes from.
func (l *inspector) accountPath(w *workload) *field.Path {
	switch w.origin.component {
	case FromOrchestrator:
		return nil
	case FromExplainer:
		return w.origin.pred.path.Child("explainer", "serviceAccountName")
	}
	for at, u := range w.origin.pred.Graph.Walk(graphPath(w.origin.pred.index)) {
		if u.ServiceAccountName == w.pod().ServiceAccountName {
			return at.Child("serviceAccountName")
		}
	}
	return podPath(w).Child("serviceAccountName")
}
