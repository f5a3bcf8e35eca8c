package render

import (
	"slices"
	"strconv"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// modelPath is where models are put inside containers.
const modelPath = "/mnt/models"

const parametersVariable = "PREDICTIVE_UNIT_PARAMETERS"

// unitEnvironment appends the operator's variables to a unit's container, row
// by row of the release's table (docs/behaviour/core.md, 6.4;
// docs/behaviour/differences.md, 7).
func (p *plan) unitEnvironment(pred *predictorPlan, u *seldon.Unit, c *corev1.Container) {
	metrics := portNamed(c, p.r.settings.metricsPortName)
	c.Env = slices.Grow(c.Env, len(p.release.UnitEnv))
	for i := range p.release.UnitEnv {
		row := &p.release.UnitEnv[i]
		if !applies(row.When, u, metrics) {
			continue
		}
		if row.Collision != release.AppendAnyway && hasEnv(c.Env, row.Name) {
			if row.Collision == release.DropAll {
				p.inspect().lostEnvironment(pred, c, row.Name)
				if pred.wiped == nil {
					pred.wiped = map[string]bool{}
				}
				pred.wiped[c.Name] = true
				// Quirk (docs/behaviour/differences.md, 7.2): all of it, not just this one.
				c.Env = nil
			}
			continue
		}
		c.Env = append(c.Env, corev1.EnvVar{Name: row.Name, Value: p.unitValue(row.Value, pred, u, c, metrics)})
	}
}

func applies(when release.UnitCondition, u *seldon.Unit, metrics *corev1.ContainerPort) bool {
	switch when {
	case release.WithParameters:
		return len(u.Parameters) > 0
	case release.WithModelURI:
		return u.ModelURI != ""
	case release.WithMetricsPort:
		return metrics != nil
	}
	return true
}

func (p *subject) unitValue(v release.UnitValue, pred *predictorPlan, u *seldon.Unit, c *corev1.Container, metrics *corev1.ContainerPort) string {
	switch v {
	case release.ServicePort:
		return decimal(p.calledPort(u))
	case release.HTTPPort:
		return decimal(u.Endpoint.HTTPPort)
	case release.GRPCPort:
		return decimal(u.Endpoint.GRPCPort)
	case release.MetricsPort:
		return decimal(metrics.ContainerPort)
	case release.Parameters:
		return p.r.toJSON(jsonParameters(u.Parameters))
	case release.ModelPath:
		return modelPath
	case release.ContainerName:
		return c.Name
	case release.ContainerImage:
		return c.Image
	case release.PredictorName:
		return pred.Name
	case release.PredictorLabels:
		return p.r.toJSON(jsonLabels(pred.Labels))
	case release.DeploymentName:
		return p.name
	case release.ExecutorEnabled:
		return strconv.FormatBool(p.executor)
	case release.PrometheusPath:
		return p.prometheusPath()
	}
	return ""
}

func decimal(n int32) string { return strconv.Itoa(int(n)) }

// toJSON is compact JSON with sorted keys and escaped angle brackets.
func (r *Renderer) toJSON(v manifest.Encodable) string {
	return r.text(func(out []byte) []byte {
		text, err := manifest.AppendCompactJSON(out, v)
		if err != nil {
			// The texts, maps and structs of texts that come here always encode.
			panic("render: " + err.Error())
		}
		return text
	})
}

type (
	jsonText       string
	jsonLabels     map[string]string
	jsonParameters []seldon.Parameter
)

// EncodeTo implements [manifest.Encodable].
func (t jsonText) EncodeTo(e manifest.Encoder) { e.Text(string(t)) }

// EncodeTo implements [manifest.Encodable].
func (l jsonLabels) EncodeTo(e manifest.Encoder) {
	if l == nil {
		e.Null()
		return
	}
	encodeTextMap(e, l)
}

// EncodeTo implements [manifest.Encodable].
func (p jsonParameters) EncodeTo(e manifest.Encoder) {
	if p == nil {
		e.Null()
		return
	}
	e.BeginList()
	for i := range p {
		encodeParameter(e, "", &p[i])
	}
	e.EndList()
}

func hasEnv(env []corev1.EnvVar, name string) bool {
	for i := range env {
		if env[i].Name == name {
			return true
		}
	}
	return false
}

// setEnv replaces the last variable of that name where it stands, or appends
// it (docs/behaviour/core.md, 8.3). The replacement is in place: the
// orchestrator sees it even where it no longer shares the container list.
func setEnv(env []corev1.EnvVar, name, value string) []corev1.EnvVar {
	for i := len(env) - 1; i >= 0; i-- {
		if env[i].Name == name {
			env[i] = corev1.EnvVar{Name: name, Value: value}
			return env
		}
	}
	return append(env, corev1.EnvVar{Name: name, Value: value})
}
