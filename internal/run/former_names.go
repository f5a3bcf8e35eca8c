package run

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/render"
)

// previousNames is the annotation in which kustomize lists what an object was called
// before namePrefix, nameSuffix and the like. It corrects the names in what refers to
// the object when all functions have run, in what they have added too.
const previousNames = "internal.config.kubernetes.io/previousNames"

// formerNames are names under which ServiceAccounts and Secrets are referred to
// although a host has renamed them. The value is what they are called now; it is
// empty where several objects had one name, because nobody knows which is meant.
type formerNames map[formerName]string

type formerName struct {
	kind kindID
	render.Reference
}

// note notes the names that a document had before. Its namespace is the present
// one: a host that moves a ServiceAccount moves what uses it too. What a Secret
// is made of by a controller has no former names: the controller makes it under
// the new one, and no host corrects what refers to it.
func (f formerNames) note(doc *source.Document) {
	if !doc.IsServiceAccount() && !doc.IsSecret() || !bytes.Contains(doc.Raw, []byte(previousNames)) {
		return
	}
	for name := range strings.SplitSeq(doc.Annotation(previousNames), ",") {
		if name == "" || name == doc.Name {
			continue
		}
		key := formerName{kindOf(doc), render.Reference{Namespace: doc.Namespace, Name: name}}
		if now, known := f[key]; known && now != doc.Name {
			f[key] = ""
		} else {
			f[key] = doc.Name
		}
	}
}

// addTo makes objects known under their former names, where no other object has
// that name now. The namespace is for documents without one.
func (f formerNames) addTo(refs *render.References, namespace string) {
	for former, now := range f {
		in := cmp.Or(former.Namespace, namespace, defaultNamespace)
		old, present := render.Reference{Namespace: in, Name: former.Name}, render.Reference{Namespace: in, Name: now}
		if attached, ok := refs.ServiceAccounts[present]; ok && former.kind.kind == "ServiceAccount" {
			addMissing(refs.ServiceAccounts, old, attached)
			if refs.AzureIdentities[present] {
				addMissing(refs.AzureIdentities, old, true)
			}
		}
		if known, ok := refs.Secrets[present]; ok && former.kind.kind != "ServiceAccount" {
			addMissing(refs.Secrets, old, known)
		}
	}
}

func addMissing[V any](into map[render.Reference]V, key render.Reference, value V) {
	if _, taken := into[key]; !taken {
		into[key] = value
	}
}
