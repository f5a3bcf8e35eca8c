package platform

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
)

// Pod Security Standards that podSecurity names.
const (
	restricted = "restricted"
	baseline   = "baseline"
)

// secure fills in what a Pod Security Standard asks for and reports what it
// cannot: what a pod was given on purpose and the standard forbids.
func (d *deployment) secure(restrict bool) {
	pod := d.pod()
	d.checkPod(pod, restrict)
	sc := corev1.PodSecurityContext{}
	if pod.SecurityContext != nil {
		sc = *pod.SecurityContext
	}
	if restrict {
		sc.RunAsNonRoot = new(true)
		if !mayConfine(sc.SeccompProfile) {
			sc.SeccompProfile = &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault}
		}
		pod.SecurityContext = &sc
	} else if sc.SeccompProfile != nil && sc.SeccompProfile.Type == corev1.SeccompProfileTypeUnconfined {
		sc.SeccompProfile = nil
		pod.SecurityContext = &sc
	}
	for _, list := range [][]corev1.Container{pod.InitContainers, pod.Containers} {
		for i := range list {
			d.secureContainer(&list[i], sc.RunAsUser, restrict)
		}
	}
}

// mayConfine reports whether a seccomp profile is one that the restricted
// standard takes.
func mayConfine(p *corev1.SeccompProfile) bool {
	return p != nil && (p.Type == corev1.SeccompProfileTypeRuntimeDefault || p.Type == corev1.SeccompProfileTypeLocalhost)
}

func (d *deployment) secureContainer(c *corev1.Container, podUser *int64, restrict bool) {
	d.checkContainer(c, restrict)
	sc := corev1.SecurityContext{}
	if c.SecurityContext != nil {
		sc = *c.SecurityContext
	}
	if sc.SeccompProfile != nil && !mayConfine(sc.SeccompProfile) {
		sc.SeccompProfile = nil
		c.SecurityContext = &sc
	}
	if !restrict {
		return
	}
	sc.AllowPrivilegeEscalation = new(false)
	if sc.RunAsNonRoot != nil {
		sc.RunAsNonRoot = new(true)
	}
	capabilities := corev1.Capabilities{Drop: []corev1.Capability{"ALL"}}
	if sc.Capabilities != nil {
		capabilities.Add = sc.Capabilities.Add
	}
	sc.Capabilities = &capabilities
	c.SecurityContext = &sc
	if podUser == nil && sc.RunAsUser == nil {
		d.report(finding.New(finding.PlatformUser, nil, "container %q has no runAsUser: under %s it starts only if the image %s names a user other than root by number, or the cluster assigns one (as OpenShift does)", c.Name, restricted, c.Image))
	}
}

// forbid reports a part of a pod that a standard forbids.
func (d *deployment) forbid(standard bool, where, what string, args ...any) {
	name := baseline
	if standard {
		name = restricted
	}
	d.report(finding.New(finding.PlatformForbidden, nil, "Deployment %s: %s: %s, which the Pod Security Standard %s forbids", d.name, where, fmt.Sprintf(what, args...), name).
		WithHint("remove it from the SeldonDeployment, replace it with enforce, or let the rule not match it"))
}

func (d *deployment) checkPod(pod *corev1.PodSpec, restrict bool) {
	for _, host := range []struct {
		name string
		on   bool
	}{{"hostNetwork", pod.HostNetwork}, {"hostPID", pod.HostPID}, {"hostIPC", pod.HostIPC}} {
		if host.on {
			d.forbid(restrict, "pod", "%s is true", host.name)
		}
	}
	for i := range pod.Volumes {
		if v := &pod.Volumes[i]; v.HostPath != nil || restrict && !volumeMayBe(v) {
			d.forbid(restrict, "pod", "volume %q is of a type that gives access to the node", v.Name)
		}
	}
	sc := pod.SecurityContext
	if sc == nil {
		return
	}
	d.checkUser("pod", sc.RunAsUser, restrict)
	d.checkOptions("pod", sc.SELinuxOptions, sc.WindowsOptions, sc.AppArmorProfile, restrict)
	for _, s := range sc.Sysctls {
		if !slices.Contains(safeSysctls(), s.Name) {
			d.forbid(restrict, "pod", "the sysctl %s is set", s.Name)
		}
	}
}

// safeSysctls are those that the baseline standard takes.
func safeSysctls() []string {
	return []string{
		"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
		"net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
		"net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
	}
}

// volumeMayBe reports whether the restricted standard takes a volume.
func volumeMayBe(v *corev1.Volume) bool {
	s := v.VolumeSource
	none := corev1.VolumeSource{
		ConfigMap: s.ConfigMap, CSI: s.CSI, DownwardAPI: s.DownwardAPI, EmptyDir: s.EmptyDir, Ephemeral: s.Ephemeral,
		PersistentVolumeClaim: s.PersistentVolumeClaim, Projected: s.Projected, Secret: s.Secret, Image: s.Image,
	}
	return s == none && s != corev1.VolumeSource{}
}

func (d *deployment) checkUser(where string, user *int64, restrict bool) {
	if restrict && user != nil && *user == 0 {
		d.forbid(restrict, where, "runAsUser is 0")
	}
}

func (d *deployment) checkOptions(where string, se *corev1.SELinuxOptions, windows *corev1.WindowsSecurityContextOptions, armor *corev1.AppArmorProfile, restrict bool) {
	if se != nil && (se.User != "" || se.Role != "" || !slices.Contains([]string{"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}, se.Type)) {
		d.forbid(restrict, where, "seLinuxOptions sets a user, a role or a type that is not allowed")
	}
	if windows != nil && windows.HostProcess != nil && *windows.HostProcess {
		d.forbid(restrict, where, "windowsOptions.hostProcess is true")
	}
	if armor != nil && armor.Type == corev1.AppArmorProfileTypeUnconfined {
		d.forbid(restrict, where, "appArmorProfile is Unconfined")
	}
}

func (d *deployment) checkContainer(c *corev1.Container, restrict bool) {
	where := fmt.Sprintf("container %q", c.Name)
	for _, p := range c.Ports {
		if p.HostPort != 0 {
			d.forbid(restrict, where, "hostPort %d is set", p.HostPort)
		}
	}
	for _, h := range handlers(c) {
		if h.HTTPGet != nil && h.HTTPGet.Host != "" || h.TCPSocket != nil && h.TCPSocket.Host != "" {
			d.forbid(restrict, where, "a probe or lifecycle hook names a host")
		}
	}
	sc := c.SecurityContext
	if sc == nil {
		return
	}
	if sc.Privileged != nil && *sc.Privileged {
		d.forbid(restrict, where, "privileged is true")
	}
	if sc.ProcMount != nil && *sc.ProcMount != corev1.DefaultProcMount {
		d.forbid(restrict, where, "procMount is %s", *sc.ProcMount)
	}
	d.checkUser(where, sc.RunAsUser, restrict)
	d.checkOptions(where, sc.SELinuxOptions, sc.WindowsOptions, sc.AppArmorProfile, restrict)
	if sc.Capabilities != nil {
		for _, added := range sc.Capabilities.Add {
			if !capabilityMayBe(added, restrict) {
				d.forbid(restrict, where, "the capability %s is added", added)
			}
		}
	}
}

func capabilityMayBe(c corev1.Capability, restrict bool) bool {
	if restrict {
		return c == "NET_BIND_SERVICE"
	}
	return slices.Contains(strings.Fields("AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT"), string(c))
}

// handlers are the probes and hooks of a container in one form.
func handlers(c *corev1.Container) []corev1.LifecycleHandler {
	var all []corev1.LifecycleHandler
	for _, p := range []*corev1.Probe{c.LivenessProbe, c.ReadinessProbe, c.StartupProbe} {
		if p != nil {
			all = append(all, corev1.LifecycleHandler{HTTPGet: p.HTTPGet, TCPSocket: p.TCPSocket})
		}
	}
	if c.Lifecycle != nil {
		for _, h := range []*corev1.LifecycleHandler{c.Lifecycle.PostStart, c.Lifecycle.PreStop} {
			if h != nil {
				all = append(all, *h)
			}
		}
	}
	return all
}
