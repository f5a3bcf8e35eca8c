package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/release"
)

// podSecurityContext is a pod's in place of what the user wrote, which not every
// release keeps (docs/behaviour/core.md, 5.6).
func (p *subject) podSecurityContext(own *corev1.PodSecurityContext) *corev1.PodSecurityContext {
	if own != nil && p.release.Pods.SecurityContext != release.ReplacePodSecurityContext {
		return own
	}
	return p.defaultSecurityContext()
}

// defaultSecurityContext is the pods' when the values name a user, else nil.
func (p *subject) defaultSecurityContext() *corev1.PodSecurityContext {
	if !p.r.settings.defaultUser.set {
		return nil
	}
	return &corev1.PodSecurityContext{RunAsUser: new(p.number(p.r.settings.defaultUser))}
}

func (p *subject) orchestratorSecurityContext() *corev1.SecurityContext {
	user := p.orchestrator.user
	if !user.set {
		return nil
	}
	sc := &corev1.SecurityContext{RunAsUser: new(p.number(user))}
	if p.release.Orchestrator.SecurityContext == release.OrchestratorUserNoEscalation {
		sc.AllowPrivilegeEscalation = new(false)
	}
	return sc
}
