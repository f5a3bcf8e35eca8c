package values_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// Whatever is given, nothing panics, and values that load can be written and
// loaded again as the same settings. The number chooses the release.
func FuzzLoad(f *testing.F) {
	add := func(file, set, setString string) {
		for i := range uint8(3) {
			f.Add(i*9, file, set, setString)
		}
	}
	add("executor: {port: 8001}\ndefaultUserID: 1000690000", "istio.enabled=true", "executor.user=1000690000")
	add("executor: null\ncredentials: ~", "a[2].b={x,y}", "a.b=null")
	add("predictor_servers: {A: {protocols: {seldon: {image: 'x', v: [1, {y: z}]}}}}", "predictor_servers.A=null", "x=yes")
	add("seldonctl: {operator: {USE_EXECUTOR: , EXECUTOR_SERVER_GRPC_PORT: -0.0}}", "seldonctl.operator.ISTIO_ENABLED=1e3", `istio.gateway=a\,b: #"'`)
	add("istio: {gateway: \"\\u0085\\u2028\\x7f\\ufeff\", <<: {tlsMode: 12:30}}\n---\n2", "", "")
	add("executor: &a {image: *b}\n? [x]\n: y", "executor.image.tag=0x1F", "executor=1")
	releases := release.All()
	f.Fuzz(func(t *testing.T, n uint8, file, set, setString string) {
		r := releases[int(n)%len(releases)]
		v, list := values.Load(r, values.File("v.yaml", []byte(file)), values.Set("--set", set), values.SetString("--set-string", setString))
		if !list.HasErrors() {
			roundTrip(t, v, r)
		}
	})
}

// Saved objects may be anything; what they say survives being written.
func FuzzOperator(f *testing.F) {
	f.Add(saved(f))
	f.Add([]byte("kind: ConfigMap\ndata: {predictor_servers: '{\"A\": null}', explainer: 1}"))
	f.Add([]byte("kind: DeploymentList\nitems: [{spec: {template: {spec: {containers: [{env: [{name: EXECUTOR_CONTAINER_IMAGE_AND_VERSION, value: x}]}]}}}}]"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := release.Default()
		values.DetectRelease(file)
		v, list := values.Load(r, values.Operator("o.yaml", file))
		if !list.HasErrors() {
			roundTrip(t, v, r)
		}
	})
}
