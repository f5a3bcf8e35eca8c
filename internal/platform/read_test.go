package platform_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/platform"
)

func lines(findings finding.List) []string {
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%d:%d: %s: %s", f.Pos.Line, f.Pos.Column, f.Path, f.Message))
	}
	return out
}

// Faults of a platform file are named with their places.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, rule string
		want       []string
	}{
		{"an unknown field", "defaults: {pod: {spec: {nodeSelecter: {a: b}}}}", []string{
			`5:29: spec.rules[0].defaults.pod.spec.nodeSelecter: unknown field "nodeSelecter"`,
		}},
		{"a wrong type", "defaults: {pod: {spec: {hostNetwork: 3}}}", nil},
		{"two handlers", "enforce: {server: {livenessProbe: {httpGet: {port: 1}, tcpSocket: {port: 1}}}}", []string{
			"5:24: spec.rules[0].enforce.server.livenessProbe: only one of httpGet, tcpSocket can be set",
		}},
		{"a negative number", "defaults: {deployment: {spec: {replicas: -1}}}", []string{
			"5:46: spec.rules[0].defaults.deployment.spec.replicas: must not be negative, got -1",
		}},
		{"a negative quantity", `defaults: {server: {resources: {limits: {cpu: "-1"}}}}`, []string{
			"5:51: spec.rules[0].defaults.server.resources.limits[cpu]: must not be negative, got -1",
		}},
		{"a request above its limit", `defaults: {server: {resources: {limits: {cpu: 1}, requests: {cpu: 2}}}}`, []string{
			"5:71: spec.rules[0].defaults.server.resources.requests[cpu]: must not be more than the limit, 1",
		}},
		{"an unknown word", "enforce: {server: {imagePullPolicy: always}}", []string{
			`5:41: spec.rules[0].enforce.server.imagePullPolicy: unknown value "always"; expected Always, IfNotPresent, Never`,
		}},
		{"an invalid label", `defaults: {pod: {metadata: {labels: {a b: c}}}}`, nil},
		{"the name of a container", "defaults: {server: {name: x}}", []string{
			"5:31: spec.rules[0].defaults.server.name: cannot be set by a rule: the operator names containers",
		}},
		{"a selector", "enforce: {deployment: {spec: {selector: {matchLabels: {a: b}}}}}", []string{
			"5:35: spec.rules[0].enforce.deployment.spec.selector: cannot be set by a rule: Services find pods by it",
		}},
		{"what is scaled", "enforce: {autoscaler: {spec: {scaleTargetRef: {name: a}}}}", []string{
			"5:35: spec.rules[0].enforce.autoscaler.spec.scaleTargetRef: cannot be set by a rule: it is the Deployment",
		}},
		{"an unknown policy", "defaults: {autoscaler: {spec: {behavior: {scaleUp: {policies: [{type: Pod, value: 1, periodSeconds: 60}]}}}}}", []string{
			`5:75: spec.rules[0].defaults.autoscaler.spec.behavior.scaleUp.policies[0].type: unknown value "Pod"; expected Pods, Percent`,
		}},
		{"a negative count of replicas", "defaults: {scaledObject: {spec: {minReplicaCount: -1}}}", []string{
			"5:55: spec.rules[0].defaults.scaledObject.spec.minReplicaCount: must not be negative, got -1",
		}},
		{"a standard", "podSecurity: privileged", []string{
			`5:18: spec.rules[0].podSecurity: unknown standard "privileged"; expected restricted or baseline`,
		}},
		{"two sources of certificates", "caBundle: {configMap: a, secret: b}", []string{
			"5:5: spec.rules[0].caBundle: expected either configMap or secret",
		}},
		{"an invalid pattern", "match: {names: ['[']}\n    podSecurity: baseline", []string{
			`5:21: spec.rules[0].match.names[0]: invalid pattern "["`,
		}},
		{"an invalid selector", "match: {labels: {matchExpressions: [{key: a, operator: Is}]}}\n    podSecurity: baseline", nil},
		{"an unknown release", "match: {releases: ['2.0']}\n    podSecurity: baseline", nil},
		{"a mirror", "mirrors: [x]", nil},
		{"a lock", "lock: {x: y}", nil},
		{"nothing", "match: {names: [a]}", []string{"5:5: spec.rules[0]: the rule gives nothing"}},
		{"an item without its key", "defaults: {pod: {spec: {containers: [{image: x}]}}}", []string{
			"5:16: spec.rules[0].defaults.pod: [0].name is required",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			findings := new(platform.Platform).Read("p.yaml", []byte(rules("  - "+strings.ReplaceAll(tt.rule, "\n    ", "\n    ")+"\n")))
			if !findings.HasErrors() {
				t.Fatalf("no error: %v", findings)
			}
			for _, f := range findings {
				if f.Pos.Line == 0 || f.Path == nil {
					t.Errorf("no place: %+v", f)
				}
			}
			if got := lines(findings); tt.want != nil && !cmp.Equal(tt.want, got) {
				t.Error(cmp.Diff(tt.want, got))
			}
		})
	}
}

// Any text is either a platform file or named as what it is not.
func FuzzRead(f *testing.F) {
	f.Add([]byte(rules(everything)))
	f.Add([]byte(rules("  - defaults: {pod: {spec: {containers: [{name: a}, {name: a}]}}}\n")))
	f.Add([]byte("kind: Secret"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := &platform.Platform{}
		for _, finding := range p.Read("p.yaml", text) {
			if finding.Message == "" {
				t.Error("a finding without words")
			}
		}
		p.Findings()
	})
}
