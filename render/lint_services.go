package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
)

// lintServices looks for Services that lead nowhere.
func (p *plan) lintServices() {
	labelled := p.workloadsByLabel()
	for _, s := range p.services {
		if len(s.spec.Ports) == 0 {
			p.tellOnce(finding.ServiceWithoutPorts, p.serviceNamePath(s), "", "Service %q has no ports", s.meta.Name)
		}
		for i := range s.spec.Ports {
			if port := &s.spec.Ports[i]; port.Port < 1 || port.Port > maxPort {
				p.tellOnce(finding.PortOutOfRange, p.serviceNamePath(s), "correct the "+port.Name+" port of the values or of the container",
					"Service %q has port %d: there are 1 to %d", s.meta.Name, port.Port, maxPort)
			}
		}
		selected := false
		for _, w := range labelled.selectedBy(s.spec.Selector) {
			selected = true
			p.lintServicePorts(s, w)
		}
		if !selected {
			p.selectsNothing(s)
		}
	}
}

// byLabel are the Deployments whose pods have a label, so that a fleet of
// predictors is not compared with itself.
type byLabel map[[2]string][]*workload

func (p *plan) workloadsByLabel() byLabel {
	labelled := byLabel{}
	for _, w := range p.deployments {
		for key, value := range w.spec.Template.Labels {
			labelled[[2]string{key, value}] = append(labelled[[2]string{key, value}], w)
		}
	}
	return labelled
}

// selectedBy returns the Deployments of a selector, of which the operator's have
// one label only.
func (l byLabel) selectedBy(selector map[string]string) []*workload {
	for key, value := range selector {
		return l[[2]string{key, value}]
	}
	return nil
}

func (p *plan) selectsNothing(s *service) {
	pred := s.pred
	if s.container == "" {
		if !pred.replaced {
			p.tell(finding.ServiceSelectsNothing, p.serviceNamePath(s), "", "Service %q of predictor %q selects no pod", s.meta.Name, pred.Name)
		}
		return
	}
	code, path := finding.UncalledService, p.unitNamePath(pred, s.container)
	if u := pred.Graph.Find(s.container); u.Endpoint.ServiceHost != localhost && !pred.noEngine {
		code = finding.ServiceSelectsNothing
	}
	p.tell(code, path, "", "Service %q of unit %q selects no pod: its label names another container of the pod", s.meta.Name, s.container)
}

// lintServicePorts looks for ports that the selected pod does not have. The
// orchestrator's are a matter of the values, see lintSettings.
func (p *plan) lintServicePorts(s *service, w *workload) {
	for i := range s.spec.Ports {
		number := s.spec.Ports[i].TargetPort.IntVal
		if hasPort(w.pod(), number) || s.container == "" && !s.pred.noEngine && w.origin.component != fromExplainer {
			continue
		}
		path := p.serviceNamePath(s)
		if w.origin.component == fromExplainer {
			path = podPath(w)
			for n, port := range p.sourceContainers(w)[0].Ports {
				if port.Name == "http" {
					path = path.Child("ports").Index(n)
				}
			}
		}
		p.tell(finding.ServicePortUnserved, path, "", "Service %q has port %d, which no container of its pods has", s.meta.Name, number)
	}
}

func hasPort(pod *corev1.PodSpec, number int32) bool {
	for k := range pod.Containers {
		for i := range pod.Containers[k].Ports {
			if pod.Containers[k].Ports[i].ContainerPort == number {
				return true
			}
		}
	}
	return false
}
