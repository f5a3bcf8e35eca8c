package e2e

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/product"
)

// The findings about what a run can see of Services and pods.
const (
	orchestratorGiven     = "SDC445"
	portCollision         = "SDC517"
	serviceSelectsNothing = "SDC541"
	uncalledService       = "SDC542"
	servicePortUnserved   = "SDC544"
)

// TestAlive lets the controllers make pods of everything. A Deployment without
// pods, a Service without pods and a Service's port that none of its pods has
// must have been findings, and the other way round.
func TestAlive(t *testing.T) {
	env := start(t)
	env.startControllers(t)
	all := env.renderValid(t, "alive", ordinary, "--only-rendered")
	env.createNeeds(t, all)
	env.createObjects(t, all)
	failed := env.settle(t, all)
	pods, services := env.inNamespaces(t, all, podKind), env.inNamespaces(t, all, serviceKind)
	deployments := env.inNamespaces(t, all, deploymentKind)
	found := env.findings(t, all)
	var total aliveCount
	for i, w := range all {
		total.deployments += len(deployments[w.Namespace])
		total.pods += len(pods[w.Namespace])
		for k, why := range failed {
			if k.namespace != w.Namespace {
				continue
			}
			total.podless++
			if !found[i].has(portCollision) {
				t.Errorf("%s: nothing was said of %s having no pods: %s", w, k, why)
			}
		}
		// A Deployment that the server refuses has no pods; TestAccepted sees to it
		// that this was said.
		targets := append(templates(w.Objects), pods[w.Namespace]...)
		for n := range services[w.Namespace] {
			total.look(t, w, &services[w.Namespace][n], targets, found[i])
		}
	}
	t.Logf("%d Deployments have %d pods, %d can have none; of %d Services %d select nothing and %d have a port that no pod has, as was said",
		total.deployments, total.pods, total.podless, total.services, total.empty, total.unserved)
}

func (env *environment) createObjects(t *testing.T, all []*work) {
	t.Helper()
	each(t, all, func(ctx context.Context, _ int, w *work) error {
		var faults []error
		for i := range w.Objects {
			_, err := env.client.Create(ctx, &w.Objects[i])
			faults = append(faults, err)
		}
		return errors.Join(faults...)
	})
}

// said are the findings of a case.
type said []product.Finding

// findings returns what seldonctl says of the cases with more flags.
func (env *environment) findings(t *testing.T, all []*work, flags ...string) []said {
	t.Helper()
	out := make([]said, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) (err error) {
		out[i], err = env.program.Findings(ctx, w.Case, slices.Concat(flags, []string{"--kube-version", env.kubeVersion})...)
		return err
	})
	return out
}

func (s said) has(code string) bool {
	return slices.ContainsFunc(s, func(f product.Finding) bool { return f.Code == code })
}

var quoted = regexp.MustCompile(`"([^"]+)"`)

// of reports whether a finding with one of the codes is about a Service.
func (s said) of(service string, codes ...string) bool {
	return slices.ContainsFunc(s, func(f product.Finding) bool {
		return slices.Contains(codes, f.Code) && slices.ContainsFunc(quoted.FindAllStringSubmatch(f.Message, -1),
			func(match []string) bool { return match[1] == service })
	})
}

// templates returns the pods that the Deployments among the objects would have.
func templates(objects []cluster.Object) []cluster.Object {
	var out []cluster.Object
	for _, d := range objects {
		if d.GetKind() != "Deployment" {
			continue
		}
		template, _, _ := unstructured.NestedMap(d.Object, "spec", "template")
		pod := cluster.Object{Object: maps.Clone(template)}
		pod.SetGenerateName(d.GetName())
		out = append(out, pod)
	}
	return out
}

// aliveCount counts over cases.
type aliveCount struct{ deployments, pods, podless, services, empty, unserved int }

// look holds a Service against the pods of its namespace.
func (c *aliveCount) look(t *testing.T, w *work, service *cluster.Object, pods []cluster.Object, found said) {
	t.Helper()
	c.services++
	selector, _, _ := unstructured.NestedStringMap(service.Object, "spec", "selector")
	selected := slices.DeleteFunc(slices.Clone(pods), func(pod cluster.Object) bool { return !matches(selector, pod.GetLabels()) })
	name := service.GetName()
	if len(selected) == 0 {
		c.empty++
	}
	switch announced := found.of(name, serviceSelectsNothing, uncalledService) || len(selected) == 0 && found.has(orchestratorGiven); {
	case len(selected) == 0 && !announced:
		t.Errorf("%s: nothing was said of Service %s selecting nothing: %v", w, name, selector)
	case len(selected) > 0 && announced:
		t.Errorf("%s: Service %s selects pods, and it was said that it does not", w, name)
	}
	unserved := unservedPorts(service, selected)
	if len(unserved) > 0 {
		c.unserved++
	}
	switch announced := found.of(name, servicePortUnserved); {
	case len(unserved) > 0 && !announced:
		t.Errorf("%s: nothing was said of Service %s having a port that its pods do not have: %s", w, name, strings.Join(unserved, ", "))
	case len(unserved) == 0 && announced:
		t.Errorf("%s: the pods have all ports of Service %s, and it was said that they do not", w, name)
	}
}

func matches(selector, labels map[string]string) bool {
	for key, value := range selector {
		if got, ok := labels[key]; !ok || got != value {
			return false
		}
	}
	return true
}

// unservedPorts returns the target ports of a Service that one of its pods lacks.
func unservedPorts(service *cluster.Object, pods []cluster.Object) []string {
	ports, _, _ := unstructured.NestedSlice(service.Object, "spec", "ports")
	var out []string
	for _, p := range ports {
		target := fmt.Sprint(p.(map[string]any)["targetPort"])
		for i := range pods {
			if !slices.Contains(containerPorts(&pods[i]), target) && !slices.Contains(out, target) {
				out = append(out, target)
			}
		}
	}
	return out
}

// containerPorts returns the ports of a pod by number and by name.
func containerPorts(pod *cluster.Object) []string {
	var out []string
	containers, _, _ := unstructured.NestedSlice(pod.Object, "spec", "containers")
	for _, c := range containers {
		ports, _ := c.(map[string]any)["ports"].([]any)
		for _, p := range ports {
			port := p.(map[string]any)
			out = append(out, fmt.Sprint(port["containerPort"]), fmt.Sprint(port["name"]))
		}
	}
	return out
}
