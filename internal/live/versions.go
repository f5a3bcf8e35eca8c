package live

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/manifest"
)

// sameVersion brings an object, the desired one and what was applied into one
// version of their API, and Secrets into the form that a server keeps.
func (w *walker) sameVersion(id manifest.ID, live, desired, was map[string]any) (_, _, _ map[string]any) {
	all := [...]*map[string]any{&live, &desired, &was}
	switch id.Group + "/" + id.Kind {
	case "/Secret":
		for _, o := range all {
			*o = withStringData(*o)
		}
	case "autoscaling/HorizontalPodAutoscaler":
		for _, o := range all {
			*o = newestAutoscaler(*o)
		}
	}
	if version := textAt(desired, "apiVersion"); version != "" && textAt(live, "apiVersion") != "" && textAt(live, "apiVersion") != version {
		w.ignore("apiVersion")
		live = maps.Clone(live)
		live["apiVersion"] = version
	}
	return live, desired, was
}

// withStringData returns a Secret whose texts are in its data.
func withStringData(secret map[string]any) map[string]any {
	texts, ok := secret["stringData"].(map[string]any)
	data, isMap := secret["data"].(map[string]any)
	if !ok || secret["data"] != nil && !isMap {
		return secret
	}
	data = maps.Clone(data)
	if data == nil {
		data = map[string]any{}
	}
	for key, value := range texts {
		text, ok := value.(string)
		if !ok {
			return secret
		}
		data[key] = base64.StdEncoding.EncodeToString([]byte(text))
	}
	secret = maps.Clone(secret)
	delete(secret, "stringData")
	secret["data"] = data
	return secret
}

// Where autoscaling/v1 keeps what it has no fields for.
const (
	annotationMetrics  = "autoscaling.alpha.kubernetes.io/metrics"
	annotationBehavior = "autoscaling.alpha.kubernetes.io/behavior"
)

// newestAutoscaler returns a HorizontalPodAutoscaler in the shape of
// autoscaling/v2, with its metrics in an order of their own: of several, the one
// that asks for most replicas wins.
func newestAutoscaler(hpa map[string]any) map[string]any {
	spec, ok := hpa["spec"].(map[string]any)
	if !ok {
		return hpa
	}
	spec = maps.Clone(spec)
	metrics, _ := spec["metrics"].([]any)
	metrics = slices.Clone(metrics)
	switch _, version, _ := strings.Cut(textAt(hpa, "apiVersion"), "/"); version {
	case "v1":
		// The metrics that are annotated have the shape of v2beta1.
		for member, annotation := range map[string]string{"metrics": annotationMetrics, "behavior": annotationBehavior} {
			var value any
			d := json.NewDecoder(strings.NewReader(textAt(hpa, "metadata", "annotations", annotation)))
			d.UseNumber()
			if d.Decode(&value) == nil {
				spec[member] = value
			}
		}
		if list, ok := spec["metrics"].([]any); ok {
			metrics = slices.Clone(list)
		}
		if percent := spec["targetCPUUtilizationPercentage"]; percent != nil {
			metrics = append(metrics, cpuMetric(percent))
			delete(spec, "targetCPUUtilizationPercentage")
		}
		fallthrough
	case "v2beta1":
		for i := range metrics {
			metrics[i] = newestMetric(metrics[i])
		}
	}
	slices.SortStableFunc(metrics, func(a, b any) int { return cmp.Compare(metricName(a), metricName(b)) })
	if len(metrics) > 0 {
		spec["metrics"] = metrics
	}
	hpa = maps.Clone(hpa)
	hpa["spec"] = spec
	return hpa
}

// cpuMetric is what a percentage of the CPU is in autoscaling/v2.
func cpuMetric(percent any) map[string]any {
	return map[string]any{"type": "Resource", "resource": map[string]any{
		"name": "cpu", "target": map[string]any{"type": "Utilization", "averageUtilization": percent},
	}}
}

// newestMetric turns a metric of autoscaling/v2beta1 into one of v2
// (docs/behaviour/differences.md, 14).
func newestMetric(metric any) any {
	old, ok := metric.(map[string]any)
	if !ok {
		return metric
	}
	out := maps.Clone(old)
	for _, source := range []string{"resource", "containerResource", "pods", "object", "external"} {
		m, ok := old[source].(map[string]any)
		if _, isObject := m["target"].(map[string]any); !ok || isObject && source != "object" || m["describedObject"] != nil {
			continue
		}
		target, next := map[string]any{}, map[string]any{}
		of := "Value"
		for key, value := range m {
			switch key {
			case "targetAverageUtilization":
				of, target["averageUtilization"] = "Utilization", value
			case "targetAverageValue", "averageValue":
				target["averageValue"] = value
			case "targetValue":
				target["value"] = value
			case "metricName":
				identify(next)["name"] = value
			case "metricSelector", "selector":
				identify(next)["selector"] = value
			case "target":
				next["describedObject"] = value
			default:
				next[key] = value
			}
		}
		if target["averageValue"] != nil {
			of = "AverageValue"
		}
		target["type"] = of
		next["target"] = target
		out[source] = next
	}
	return out
}

// identify returns the part of a metric that says which one it is.
func identify(metric map[string]any) map[string]any {
	m, ok := metric["metric"].(map[string]any)
	if !ok {
		m = map[string]any{}
		metric["metric"] = m
	}
	return m
}

// metricName tells metrics apart.
func metricName(metric any) string {
	m, _ := metric.(map[string]any)
	of := textAt(m, "type")
	for _, source := range []string{"resource", "containerResource", "pods", "object", "external"} {
		if s, ok := m[source].(map[string]any); ok {
			return of + "/" + textAt(s, "name") + textAt(s, "metric", "name") + "/" + textAt(s, "container") + textAt(s, "describedObject", "name")
		}
	}
	return of
}
