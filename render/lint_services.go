package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
)

// maxPairs is how many Services and pods that they select are looked at, beyond one
// pod for each: no person wrote more.
const maxPairs = 100 * maxCompared

// lintServices looks for Services that lead nowhere.
func (l *inspector) lintServices() {
	labelled := l.workloadsByLabel()
	var uncalled []*service
	// All Services may have one name, and select all pods.
	pairs := 0
	for _, s := range l.services {
		if len(s.Spec.Ports) == 0 {
			l.tellOnce(finding.ServiceWithoutPorts, l.serviceNamePath(s), "", "Service %q has no ports", s.Metadata.Name)
		}
		for i := range s.Spec.Ports {
			// A container that has it is told of by lintPorts.
			if port := &s.Spec.Ports[i]; (port.Port < 1 || port.Port > maxPort) && !labelled.listen(s.Spec.Selector, port.Port) {
				l.tellOnce(finding.PortOutOfRange, l.serviceNamePath(s), "correct the "+port.Name+" port in the values or of the container",
					"Service %q: invalid port %d, must be between 1 and %d", s.Metadata.Name, port.Port, maxPort)
			}
		}
		selected := false
		for _, label := range labelled.selectedBy(s.Spec.Selector) {
			selected = true
			if pairs++; pairs > maxPairs {
				break
			}
			l.lintServicePorts(s, label.of)
		}
		if !selected && !l.selectsNothing(s) {
			uncalled = append(uncalled, s)
		}
	}
	l.lintUncalled(uncalled)
}

// byLabel are the labels of all pods, sorted, so that a fleet of predictors is
// not compared with itself.
type byLabel []podLabel

type podLabel struct {
	key, value string
	of         *workload
}

func (a podLabel) compare(b podLabel) int {
	return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.value, b.value))
}

func (l *inspector) workloadsByLabel() byLabel {
	count := 0
	for _, w := range l.deployments {
		count += len(w.Spec.Template.Labels)
	}
	labels := make(byLabel, 0, count)
	for _, w := range l.deployments {
		for key, value := range w.Spec.Template.Labels {
			labels = append(labels, podLabel{key, value, w})
		}
	}
	slices.SortStableFunc(labels, podLabel.compare)
	return labels
}

// selectedBy returns the labels of the Deployments that a selector chooses, of
// which the operator's have one label only.
func (l byLabel) selectedBy(selector map[string]string) byLabel {
	for key, value := range selector {
		wanted := podLabel{key: key, value: value}
		first, _ := slices.BinarySearchFunc(l, wanted, podLabel.compare)
		// All pods may have the label: they are not counted.
		n, _ := slices.BinarySearchFunc(l[first:], wanted, func(a, b podLabel) int { return cmp.Or(a.compare(b), -1) })
		return l[first : first+n]
	}
	return nil
}

// listen reports whether a pod that a selector chooses has a port.
func (l byLabel) listen(selector map[string]string, port int32) bool {
	chosen := l.selectedBy(selector)
	return slices.ContainsFunc(chosen[:min(len(chosen), maxCompared)], func(p podLabel) bool { return p.of.listens(port) })
}

// selectsNothing tells of a Service without pods, and reports whether it did: not
// of one that the orchestrator does not call.
func (l *inspector) selectsNothing(s *service) bool {
	pred := s.origin.pred
	if s.container == "" {
		if !pred.replaced {
			l.tell(finding.ServiceSelectsNothing, l.serviceNamePath(s), "", "Service %q of predictor %q selects no pod", s.Metadata.Name, pred.Name)
		}
		return true
	}
	if u := pred.unit(s.container); u.Endpoint.ServiceHost != localhost && !pred.noEngine {
		l.tell(finding.ServiceSelectsNothing, l.unitNamePath(pred, s.container), "",
			"Service %q of unit %q selects no pod: the pod has the label of another container", s.Metadata.Name, s.container)
		return true
	}
	return false
}

// lintUncalled tells of Services that select no pod and that nobody calls, once
// for each predictor.
func (l *inspector) lintUncalled(all []*service) {
	for len(all) > 0 {
		first, names := all[0], []string(nil)
		for len(all) > 0 && all[0].origin.pred == first.origin.pred {
			names, all = append(names, strconv.Quote(all[0].Metadata.Name)), all[1:]
		}
		l.tell(finding.UncalledService, l.unitNamePath(first.origin.pred, first.container), "",
			"only the last container of a pod has a Service that selects it, not %s", strings.Join(names, ", "))
	}
}

// lintServicePorts looks for ports that the selected pod does not have. The
// orchestrator's are a matter of the values, see lintSettings.
func (l *inspector) lintServicePorts(s *service, w *workload) {
	for i := range s.Spec.Ports {
		number := s.Spec.Ports[i].TargetPort.IntVal
		if w.listens(number) || s.container == "" && !s.origin.pred.noEngine && w.origin.component != FromExplainer {
			continue
		}
		path := l.serviceNamePath(s)
		if w.origin.component == FromExplainer {
			path = podPath(w)
			for n, port := range l.sourceContainers(w)[0].Ports {
				if port.Name == "http" {
					path = path.Child("ports").Index(n)
				}
			}
		}
		l.tell(finding.ServicePortUnserved, path, "", "Service %q targets port %d, which no container of its pods has", s.Metadata.Name, number)
	}
}
