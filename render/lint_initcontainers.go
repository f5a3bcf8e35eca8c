package render

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// What messages call containers of either kind.
const (
	plainContainer = "container"
	initContainer  = "init container"
)

// lintInitContainers looks at the init containers that the user wrote: the
// operator copies them as they are, and their names, images, variables, ports and
// mounts follow the rules of containers.
func (l *inspector) lintInitContainers() {
	for i := range l.source.Spec.Predictors {
		for j, cs := range l.source.Spec.Predictors[i].ComponentSpecs {
			if w := l.predictors[i].pods[j]; w != nil {
				var seen index
				for k := range cs.Spec.InitContainers {
					l.lintInitContainer(w, cs.Spec.InitContainers, k, &seen)
				}
				l.lintInitializerNames(w)
			}
		}
	}
}

func (l *inspector) lintInitContainer(w *workload, all []corev1.Container, k int, seen *index) {
	c, path := &all[k], podPath(w).Child("initContainers").Index(k)
	if !isLabelName(c.Name) {
		l.tell(finding.IllegalName, path.Child("name"), containerRule, "invalid init container name %q", c.Name)
	}
	if seen.container(all, c.Name) < k {
		l.tell(finding.DuplicateContainer, path.Child("name"), "", "duplicate init container name %q", c.Name)
	}
	if c.Image == "" {
		l.tell(finding.MissingImage, path.Child("image"), "", "init container %q has no image", c.Name)
	}
	l.lintInitEnvironment(c, path)
	l.lintPorts(c, initContainer, func(i int) *field.Path { return path.Child("ports").Index(i) })
	l.lintMounts(w, c, initContainer, func(i int) *field.Path { return path.Child("volumeMounts").Index(i) })
	l.lintInitHandlers(c, path)
}

func (l *inspector) lintInitEnvironment(c *corev1.Container, path *field.Path) {
	for i := range c.Env {
		name := c.Env[i].Name
		if !legalVariable(name) {
			l.tell(finding.VariableName, path.Child("env").Index(i).Child("name"), "", "init container %q: invalid variable name %q", c.Name, name)
		}
		if len(c.Env) <= maxCompared && hasEnv(c.Env[i+1:], name) && !l.r.config.ServerSideApply {
			l.tell(finding.DuplicateVariable, path.Child("env").Index(i), "",
				"init container %q sets %s twice; the last value is used", c.Name, name)
		}
	}
}

// lintInitializerEnvironment looks for variables that the storage initializer gets
// from more than one Secret of its service account (docs/behaviour/core.md, 10).
func (l *inspector) lintInitializerEnvironment(init *corev1.Container, m modelSource) {
	if l.r.config.ServerSideApply || len(init.Env) > maxCompared {
		return
	}
	var names []string
	for i := range init.Env {
		if name := init.Env[i].Name; hasEnv(init.Env[:i], name) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		l.tell(finding.DuplicateVariable, m.path.Child("serviceAccountName"), "list only one such Secret in the ServiceAccount",
			"several Secrets of the ServiceAccount set the same variables in init container %q: %s; the last value is used", init.Name, strings.Join(names, ", "))
	}
}

// lintInitHandlers looks for probes and hooks, which the API server refuses
// unless the init container goes on beside the containers.
func (l *inspector) lintInitHandlers(c *corev1.Container, path *field.Path) {
	restarts := c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
	refuse := func(given bool, name string) {
		if given && !restarts {
			l.tell(finding.PodField, path.Child(name), "remove it", "init container %q cannot have a %s: it completes before the containers start", c.Name, name)
		}
	}
	refuse(c.Lifecycle != nil, "lifecycle")
	for _, probe := range probesOf(c) {
		refuse(probe.Probe != nil, probe.name)
		if restarts {
			l.lintProbe(c, initContainer, probe, path)
		}
	}
}
