package render

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// componentDeployments builds a Deployment for each component spec with a
// container, what scales it, and the Services of its containers
// (docs/behaviour/core.md, 5 and 6).
func (p *plan) componentDeployments(pred *predictorPlan) {
	for j, cs := range pred.ComponentSpecs {
		if len(cs.Spec.Containers) == 0 {
			continue
		}
		w := p.componentDeployment(pred, j)
		pred.pods[j] = w
		p.deploy(w)
		p.scale(cs, w)
		for k := range cs.Spec.Containers {
			p.completeContainer(pred, w, cs.Spec.Containers[k].Name)
		}
	}
}

func (p *plan) componentDeployment(pred *predictorPlan, j int) *workload {
	cs := pred.ComponentSpecs[j]
	w := p.modelWorkload(p.deploymentName(pred.Predictor, j), pred, &cs.Metadata, true)
	w.origin = origin{pred, j}
	w.Spec.Template.Spec = cs.Spec
	w.Spec.Replicas = p.replicas(cs, pred)
	w.Spec.ProgressDeadlineSeconds = pred.ProgressDeadlineSeconds
	p.completePod(w.pod())
	return w
}

// modelWorkload starts the Deployment of a component spec or an explainer: its
// labels (docs/behaviour/core.md, 5.2), annotations (5.3) and strategy. The
// metadata is the component spec's and may be nil.
func (p *plan) modelWorkload(name string, pred *predictorPlan, meta *seldon.PodMeta, scraped bool) *workload {
	w := newWorkload(name, p.namespace)
	w.selectBy(seldon.LabelDeploymentID, p.id)
	// Labels below may overrule the label, never the selector.
	w.label(seldon.LabelPlainApp, name)
	w.label(seldon.LabelFluentd, "true")
	if pred.Shadow {
		w.Spec.Template.Labels[seldon.LabelShadow] = "true"
	}
	for k, v := range pred.Labels {
		w.label(k, v)
	}
	if scraped {
		p.scrape(w)
	}
	for k, v := range p.sd.Spec.Annotations {
		w.annotate(k, v)
	}
	for k, v := range pred.Annotations {
		w.annotate(k, v)
	}
	if meta != nil {
		for k, v := range meta.Labels {
			w.label(k, v)
		}
		for k, v := range meta.Annotations {
			w.annotate(k, v)
		}
	}
	w.Spec.Strategy = p.strategy()
	return w
}

// scrape asks Prometheus to scrape the pods.
func (p *plan) scrape(w *workload) {
	w.Spec.Template.Annotations["prometheus.io/path"] = p.prometheusPath()
	w.Spec.Template.Annotations["prometheus.io/scrape"] = "true"
}

// strategy never takes a pod away before its successor is ready.
func (p *subject) strategy() appsv1.DeploymentStrategy {
	s := appsv1.DeploymentStrategy{RollingUpdate: p.r.shared.rollingUpdate}
	if p.release.Pods.Strategy == release.RollingUpdateStrategy {
		s.Type = appsv1.RollingUpdateDeploymentStrategyType
	}
	return s
}

// replicas is the most specific replica count, or none where something else
// scales the pods (docs/behaviour/core.md, 5.5).
func (p *subject) replicas(cs *seldon.ComponentSpec, pred *predictorPlan) *int32 {
	switch {
	case cs.KEDASpec != nil || cs.HPASpec != nil:
		return nil
	case cs.Replicas != nil:
		return cs.Replicas
	}
	return p.predictorReplicas(pred)
}

func (p *subject) predictorReplicas(pred *predictorPlan) *int32 {
	if pred.Replicas != nil {
		return pred.Replicas
	}
	return p.sd.Spec.Replicas
}

// completePod fills in a pod's settings (docs/behaviour/core.md, 5.6).
func (p *plan) completePod(pod *corev1.PodSpec) {
	pod.SecurityContext = p.podSecurityContext(pod.SecurityContext)
	fillPodDefaults(pod)
	if !hasVolume(pod, podinfoVolume) {
		pod.Volumes = append(pod.Volumes, p.r.shared.podinfo)
	}
}

func fillPodDefaults(pod *corev1.PodSpec) {
	if pod.RestartPolicy == "" {
		pod.RestartPolicy = corev1.RestartPolicyAlways
	}
	if pod.DNSPolicy == "" {
		pod.DNSPolicy = corev1.DNSClusterFirst
	}
	if pod.SchedulerName == "" {
		pod.SchedulerName = corev1.DefaultSchedulerName
	}
	if pod.TerminationGracePeriodSeconds == nil {
		pod.TerminationGracePeriodSeconds = new(int64(20))
	}
}

func hasVolume(pod *corev1.PodSpec, name string) bool {
	for i := range pod.Volumes {
		if pod.Volumes[i].Name == name {
			return true
		}
	}
	return false
}
