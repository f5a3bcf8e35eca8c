package render_test

import (
	"sync"
	"testing"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// renderChoice is what a run chooses besides the SeldonDeployment.
type renderChoice struct {
	release         int
	values          int
	kube            string
	serverSideApply bool
	accounts        bool
}

// fuzzValues are the settings that make a difference, one overlay each.
var fuzzValues = []string{
	"{}",
	"istio: {enabled: true}",
	"istio: {enabled: true, tlsMode: MUTUAL, gateway: ns/gw}\nambassador: {enabled: true, version: v1}",
	"ambassador: {enabled: true, version: v1, singleNamespace: true}",
	"ambassador: {enabled: true, version: v2}",
	"ambassador: {enabled: true, version: v2, singleNamespace: true}",
	"keda: {enabled: true}",
	"keda: {enabled: true}\nistio: {enabled: true, tlsMode: nonsense}",
	"defaultUserID: ''\nexecutor: {user: ''}",
	"defaultUserID: 'no number'\nexecutor: {resources: {cpuLimit: plenty}}",
	"predictiveUnit: {defaultEnvSecretRefName: shared, httpPort: 65530, grpcPort: 9500, metricsPortName: numbers}\nmanager: {deploymentNameAsPrefix: true}",
	"seldonctl: {operator: {PREDICTIVE_UNIT_HTTP_SERVICE_PORT: '65533', ENGINE_SERVER_PORT: '0', ENGINE_SERVER_GRPC_PORT: '0'}}",
	"seldonctl: {operator: {ENGINE_SERVER_PORT: '70000', USE_EXECUTOR: 'false', CONTROLLER_ID: other}}",
	"executor: {port: 8765, metricsPortName: prom, serviceAccount: {name: orchestrator}, fullHealthChecks: true}",
	"predictor_servers: {SKLEARN_SERVER: {protocols: {}}, TRITON_SERVER: null, OTHER_SERVER: {protocols: {seldon: {image: x/y, defaultImageVersion: '1'}, v2: {image: x/z}}}}",
	"storageInitializer: {image: x/rclone:1, cpuLimit: 1x, memoryRequest: ''}\nexplainer: {image: '', image_v2: ''}",
}

// fuzzReleases are made once: all of them together take longer than a render.
var fuzzReleases = sync.OnceValue(release.All)

// rendererCache makes each renderer once: loading values is slower than
// rendering.
type rendererCache struct {
	mu     sync.Mutex
	made   map[renderChoice]*render.Renderer
	values map[[2]int]*values.Values
}

func newRendererCache() *rendererCache {
	return &rendererCache{made: map[renderChoice]*render.Renderer{}, values: map[[2]int]*values.Values{}}
}

func (c *rendererCache) get(t *testing.T, choice renderChoice) *render.Renderer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.made[choice]; r != nil {
		return r
	}
	rel := fuzzReleases()[choice.release]
	v := c.values[[2]int{choice.release, choice.values}]
	if v == nil {
		loaded, findings := values.Load(rel, values.File("values.yaml", []byte(fuzzValues[choice.values])))
		if findings.HasErrors() {
			t.Fatalf("%s: %v", fuzzValues[choice.values], findings)
		}
		v, c.values[[2]int{choice.release, choice.values}] = loaded, loaded
	}
	kube, err := render.ParseKubeVersion(choice.kube)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := render.New(render.Config{
		Release: rel, Values: v, KubeVersion: kube, ServerSideApply: choice.serverSideApply,
		CreateServiceAccounts: choice.accounts, References: fuzzReferences(),
	})
	c.made[choice] = r
	return r
}

// fuzzReferences are a ServiceAccount with Secrets and Secrets of several kinds.
func fuzzReferences() render.References {
	ref := func(name string) render.Reference { return render.Reference{Namespace: "default", Name: name} }
	return render.References{
		ServiceAccounts: map[render.Reference][]string{
			ref("reader"):                 {"s3", "gcs", "missing", "default-token-x"},
			ref("default"):                {"s3"},
			{Namespace: "", Name: "lost"}: {"s3"},
		},
		Secrets: map[render.Reference]secrets.Known{
			ref("s3"): {Keys: []string{"awsAccessKeyID", "awsSecretAccessKey"}, Annotations: map[string]string{
				"machinelearning.seldon.io/s3-endpoint": "minio:9000", "machinelearning.seldon.io/s3-usehttps": "0",
			}},
			ref("gcs"):    {Keys: []string{"gcloud-application-credentials.json"}},
			ref("rclone"): {Keys: []string{"RCLONE_CONFIG_S3_TYPE", "RCLONE_CONFIG_S3_ACCESS_KEY_ID"}},
			ref("shared"): {},
		},
	}
}
