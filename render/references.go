package render

import (
	"slices"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/secrets"
)

// AnyNamespace is the namespace of a ServiceAccount or Secret that will be made
// in every namespace that uses it.
const AnyNamespace = "*"

// Reference names an object that SeldonDeployments refer to.
type Reference struct {
	Namespace, Name string
}

// References are the ServiceAccounts and Secrets that are known. Of Secrets
// only what decides about credentials is kept, never their values.
type References struct {
	// ServiceAccounts are the names of the Secrets each one lists, in order.
	ServiceAccounts map[Reference][]string
	Secrets         map[Reference]secrets.Known
	// AzureIdentities are the ServiceAccounts that stand for an identity of Azure.
	AzureIdentities map[Reference]bool
	// Incomplete says that there is input that could not be read, and may hold what is
	// not known.
	Incomplete bool
}

// AddServiceAccount makes a ServiceAccount known; the namespace is for one
// without. An empty namespace means that it is unknown: the account is then in
// none, and brings no credentials.
func (r *References) AddServiceAccount(sa *corev1.ServiceAccount, namespace string) {
	if r.ServiceAccounts == nil {
		r.ServiceAccounts = map[Reference][]string{}
	}
	names := make([]string, len(sa.Secrets))
	for i := range sa.Secrets {
		names[i] = sa.Secrets[i].Name
	}
	ref := Reference{orDefault(sa.Namespace, namespace), sa.Name}
	r.ServiceAccounts[ref] = names
	if sa.Annotations[secrets.AnnotationAzureIdentity] != "" {
		if r.AzureIdentities == nil {
			r.AzureIdentities = map[Reference]bool{}
		}
		r.AzureIdentities[ref] = true
	}
}

// AddSecret makes a Secret known; the namespace is for one without, as for
// AddServiceAccount.
func (r *References) AddSecret(s *corev1.Secret, namespace string) {
	r.AddKnownSecret(secrets.KnownOf(s), orDefault(s.Namespace, namespace))
}

// AddKnownSecret makes a Secret known that need not be there as a manifest of its
// own.
func (r *References) AddKnownSecret(k secrets.Known, namespace string) {
	if r.Secrets == nil {
		r.Secrets = map[Reference]secrets.Known{}
	}
	r.Secrets[Reference{namespace, k.Name}] = k
}

// serviceAccount returns the names of the Secrets that an account lists, and
// whether it is known.
func (r *References) serviceAccount(namespace, name string) ([]string, bool) {
	if attached, ok := r.ServiceAccounts[Reference{namespace, name}]; ok {
		return attached, true
	}
	attached, ok := r.ServiceAccounts[Reference{AnyNamespace, name}]
	return attached, ok
}

// secret returns what is known of a Secret.
func (r *References) secret(namespace, name string) (secrets.Known, bool) {
	if facts, ok := r.Secrets[Reference{namespace, name}]; ok {
		return facts, true
	}
	facts, ok := r.Secrets[Reference{AnyNamespace, name}]
	return facts, ok
}

// Uses are the ServiceAccounts and Secrets that the objects of a
// SeldonDeployment refer to, each once, in the order of their names.
type Uses struct {
	Namespace       string
	ServiceAccounts []string
	Secrets         []string
}

// useServiceAccount notes an account whose credentials are looked up.
func (p *plan) useServiceAccount(name string) {
	p.accounts = append(p.accounts, name)
}

// uses collects what the pods refer to. The account named default is in every
// namespace and not worth a mention.
func (p *plan) uses() Uses {
	u := Uses{Namespace: p.namespace, ServiceAccounts: p.accounts}
	for _, w := range p.deployments {
		pod := w.pod()
		u.ServiceAccounts = append(u.ServiceAccounts, pod.ServiceAccountName)
		for i := range pod.ImagePullSecrets {
			u.Secrets = append(u.Secrets, pod.ImagePullSecrets[i].Name)
		}
		for i := range pod.Volumes {
			if secret := pod.Volumes[i].Secret; secret != nil {
				u.Secrets = append(u.Secrets, secret.SecretName)
			}
		}
		for _, containers := range [][]corev1.Container{pod.InitContainers, pod.Containers} {
			for i := range containers {
				u.Secrets = append(u.Secrets, containerSecrets(&containers[i])...)
			}
		}
	}
	u.ServiceAccounts = sortedNames(u.ServiceAccounts, "default")
	for _, account := range u.ServiceAccounts {
		attached, _ := p.r.config.References.serviceAccount(p.namespace, account)
		u.Secrets = append(u.Secrets, attached...)
	}
	u.Secrets = sortedNames(u.Secrets, "")
	return u
}

func containerSecrets(c *corev1.Container) []string {
	var used []string
	for i := range c.EnvFrom {
		if ref := c.EnvFrom[i].SecretRef; ref != nil {
			used = append(used, ref.Name)
		}
	}
	for i := range c.Env {
		if from := c.Env[i].ValueFrom; from != nil && from.SecretKeyRef != nil {
			used = append(used, from.SecretKeyRef.Name)
		}
	}
	return used
}

// sortedNames sorts names and leaves out empty ones, repetitions and one more.
func sortedNames(list []string, but string) []string {
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(s string) bool { return s == "" || s == but })
}
