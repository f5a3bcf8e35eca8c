package render

import (
	"testing"

	"github.com/seldonctl/seldonctl/release"
)

func TestPayloadHasTheFormsOfOlderTypes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		stabilization release.Stabilization
		text, want    string
	}{
		"a host alias without address": {
			release.OmitStabilization,
			`[{"ip":"","hostnames":["a"]},{"ip":""},{"ip":"10.0.0.1"}]`,
			`[{"hostnames":["a"]},{},{"ip":"10.0.0.1"}]`,
		},
		"an absent window is null": {
			release.NullStabilization,
			`{"behavior":{"scaleUp":{},"scaleDown":{"selectPolicy":"Max"}}}`,
			`{"behavior":{"scaleUp":{"stabilizationWindowSeconds":null},"scaleDown":{"stabilizationWindowSeconds":null,"selectPolicy":"Max"}}}`,
		},
		"a given window stays": {
			release.NullStabilization,
			`{"scaleUp":{"stabilizationWindowSeconds":3},"scaleDown":{"stabilizationWindowSeconds":0,"selectPolicy":"Max"}}`,
			`{"scaleUp":{"stabilizationWindowSeconds":3},"scaleDown":{"stabilizationWindowSeconds":0,"selectPolicy":"Max"}}`,
		},
		"an absent window stays absent in later releases": {
			release.OmitStabilization, `{"scaleUp":{}}`, `{"scaleUp":{}}`,
		},
		"texts are left alone": {
			release.NullStabilization, `{"a":"{\"scaleUp\":{}}"}`, `{"a":"{\"scaleUp\":{}}"}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &subject{release: &release.Release{Scaling: release.Scaling{Stabilization: test.stabilization}}}
			if got := string(p.olderForms([]byte(test.text))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
