package render

import (
	"reflect"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// lostEnvironment tells that a unit's container is about to lose its
// environment because of the variable.
func (l *inspector) lostEnvironment(pred *predictorPlan, c *corev1.Container, variable string) {
	_, j := pred.Container(c.Name)
	own, path := l.sourceContainer(pred.pods[j], c.Name)
	if own == nil || !hasEnv(own.Env, variable) {
		// The operator's own variable: a container whose name is there twice, which
		// is a finding of its own.
		return
	}
	var others []string
	for i := range c.Env {
		if name := c.Env[i].Name; name != variable && hasEnv(own.Env, name) && !slices.Contains(others, name) {
			others = append(others, name)
		}
	}
	what := "the value of " + variable
	if len(others) > 0 {
		what = strings.Join(append([]string{variable}, others...), ", ")
	}
	l.tell(finding.EnvironmentLost, envPath(path, own.Env, variable), "remove "+variable+": the operator sets it, and then keeps the others",
		"container %q loses %s: the operator of Seldon Core %s clears the environment if it contains %s",
		c.Name, what, l.release.Version, variable)
}

// envPath is where the last variable of that name stands.
func envPath(container *field.Path, env []corev1.EnvVar, name string) *field.Path {
	for i := len(env) - 1; i >= 0; i-- {
		if env[i].Name == name {
			return container.Child("env").Index(i)
		}
	}
	return container.Child("env")
}

// lintEnvironment looks for variables of a container that are there twice or do
// not have the value that the user gave them.
func (l *inspector) lintEnvironment(w *workload, k int) {
	c := &w.pod().Containers[k]
	if len(c.Env) > maxCompared || w.origin.pred.repeats(c.Name) {
		return
	}
	var own []corev1.EnvVar
	if source := l.sourceContainers(w); k < len(source) {
		own = source[k].Env
	}
	if w.origin.component != FromExplainer && len(own) > 0 && !w.origin.pred.wiped[c.Name] {
		l.lintOwnEnvironment(w, k, own)
	}
	for i := range c.Env {
		e := &c.Env[i]
		if !legalVariable(e.Name) {
			l.tell(finding.VariableName, l.variablePath(w, k, own, e.Name), "", "container %q: invalid variable name %q", c.Name, e.Name)
		}
		if !hasEnv(c.Env[:i], e.Name) || hasEnv(own, e.Name) && w.origin.component >= 0 || l.r.config.ServerSideApply {
			continue
		}
		l.tellOnce(finding.DuplicateVariable, l.variablePath(w, k, own, e.Name), "",
			"container %q sets %s twice; the last value is used", c.Name, e.Name)
	}
}

// lintOwnEnvironment compares the variables that the user wrote with those
// that the container has in the end.
func (l *inspector) lintOwnEnvironment(w *workload, k int, own []corev1.EnvVar) {
	c, path := &w.pod().Containers[k], l.containerPath(w, k)
	for i := range own {
		e := &own[i]
		if hasEnv(own[i+1:], e.Name) {
			l.tell(finding.DuplicateVariable, path.Child("env").Index(i), "",
				"container %q sets %s twice; the last value is used", c.Name, e.Name)
			continue
		}
		last, n := lastEnv(c.Env, e.Name)
		switch {
		case last == nil:
		case last.Value != e.Value || !reflect.DeepEqual(last.ValueFrom, e.ValueFrom):
			hint := "remove it: the operator sets it"
			if e.Name == parametersVariable {
				hint = "use the unit's parameters"
			}
			l.tell(finding.VariableOverruled, path.Child("env").Index(i), hint,
				"the operator overrides this value of %[2]s in container %[1]q", c.Name, e.Name)
		case n > 1 && !hasEnv(own[:i], e.Name) && !l.r.config.ServerSideApply:
			l.tell(finding.DuplicateVariable, path.Child("env").Index(i), "remove it: the operator sets it to the same value",
				"container %q sets %s twice; the last value is used", c.Name, e.Name)
		}
	}
}

// lastEnv returns the last variable of that name and how many there are.
func lastEnv(env []corev1.EnvVar, name string) (*corev1.EnvVar, int) {
	var last *corev1.EnvVar
	n := 0
	for i := range env {
		if env[i].Name == name {
			last = &env[i]
			n++
		}
	}
	return last, n
}

// variablePath is where a variable that the operator has a hand in comes from.
func (l *inspector) variablePath(w *workload, k int, own []corev1.EnvVar, name string) *field.Path {
	path := l.containerPath(w, k)
	if hasEnv(own, name) {
		return envPath(path, own, name)
	}
	pred := w.origin.pred
	if w.pod().Containers[k].Name != engineContainer {
		return path
	}
	for i, e := range slices.Backward(pred.SvcOrchSpec.Env) {
		if e.Name == name {
			return pred.path.Child("svcOrchSpec", "env").Index(i)
		}
	}
	for key := range l.sd.Spec.Annotations {
		if strings.HasPrefix(key, seldon.AnnotationEnginePrefix) && orchestratorVariable(key) == name {
			return annotationsPath.Key(key)
		}
	}
	return path
}

// legalVariable reports whether every API server accepts the name.
func legalVariable(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-' || c == '.'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && name != "." && !strings.HasPrefix(name, "..")
}
