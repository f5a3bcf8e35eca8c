package render_test

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/seldon"
)

// shape makes choices out of bytes. When they run out the first and plainest
// choice is taken, so that the fuzzer can make an input smaller by cutting bytes
// off. Words that are rarely right stand last in their lists.
type shape struct{ data []byte }

// n returns a number from 0 to k-1.
func (s *shape) n(k int) int {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b) % k
}

// maybe reports true once in so many times.
func (s *shape) maybe(times int) bool { return s.n(times) == times-1 }

func pick[T any](s *shape, items ...T) T { return items[s.n(len(items))] }

// opt returns a pointer to one of the items, or nil.
func opt[T any](s *shape, items ...T) *T {
	if n := s.n(len(items) + 2); n >= 2 {
		return &items[n-2]
	}
	return nil
}

func many[T any](s *shape, most int, one func() T) []T {
	var items []T
	for range s.n(most + 1) {
		items = append(items, one())
	}
	return items
}

func (s *shape) stringMap(keys []string, values ...string) map[string]string {
	var m map[string]string
	for range s.n(4) {
		if m == nil {
			m = map[string]string{}
		}
		m[pick(s, keys...)] = pick(s, values...)
	}
	return m
}

var (
	longName  = strings.Repeat("long-name-", 8) + "end"
	unitNames = []string{"m", "clf", "a", "b", "c", "tfserving", "seldon-container-engine", "m-model-initializer", "Bad_Name", "x.y", "9", "", longName, "ünï"}
	labelKeys = []string{"team", "version", "app", "seldon-app", "seldon-deployment-id", "seldon-app-svc", "seldon-app-svc-m", "seldon.io/model", "bad key", longName, "x/y/z", ""}
	labelText = []string{"x", "true", "1", "", "not a label", longName}
)

func (s *shape) run() renderChoice {
	return renderChoice{
		release:         s.n(len(fuzzReleases())),
		values:          s.n(len(fuzzValues)),
		kube:            pick(s, "", "1.20", "1.22", "1.24", "1.27"),
		serverSideApply: s.n(2) == 1,
		accounts:        s.maybe(5),
	}
}

// deployment writes over parts of a SeldonDeployment.
func (s *shape) deployment(sd *seldon.Deployment) {
	if sd.Metadata.Name == "" || s.maybe(4) {
		sd.Metadata.Name = pick(s, "iris", "a-b", "Iris", "x.y", "", "0x", longName, "é")
	}
	if s.maybe(4) {
		sd.Metadata.Namespace = pick(s, "default", "models", "")
		sd.Metadata.Labels = s.stringMap(labelKeys, labelText...)
		sd.Metadata.Annotations = s.annotations()
	}
	spec := &sd.Spec
	spec.OauthKey, spec.OauthSecret = canary, canary
	if s.maybe(2) {
		spec.Protocol = pick(s, "", "seldon", "tensorflow", "kfserving", "v2", "V2")
		spec.Transport = pick(s, "", "rest", "grpc", "GRPC")
		spec.ServerType = pick(s, "", "rpc", "kafka", "x")
		spec.Replicas = opt(s, int32(1), 2, 0, -1)
		spec.Annotations = s.annotations()
	}
	for range 1 + s.n(3) {
		if i := s.n(len(spec.Predictors) + 1); i < len(spec.Predictors) && len(spec.Predictors) > 0 {
			s.mend(&spec.Predictors[i])
		} else {
			spec.Predictors = append(spec.Predictors, s.predictor())
		}
	}
}

func (s *shape) annotations() map[string]string {
	keys := []string{
		seldon.AnnotationExecutor, seldon.AnnotationSeparatePod, seldon.AnnotationHeadless, seldon.AnnotationNoStorageInitializer,
		seldon.AnnotationJavaOpts, "seldon.io/engine-log-level", "seldon.io/engine-bad key", seldon.AnnotationLogQueueSize, seldon.AnnotationLogWriteTimeout,
		seldon.AnnotationIstioGateway, seldon.AnnotationIstioHost, seldon.AnnotationIstioRetries, seldon.AnnotationIstioRetriesTimeout,
		seldon.AnnotationRESTTimeout, seldon.AnnotationGRPCTimeout, seldon.AnnotationAmbassadorConfig, seldon.AnnotationAmbassadorServiceName,
		seldon.AnnotationAmbassadorHeader, seldon.AnnotationAmbassadorRegexHeader, seldon.AnnotationAmbassadorID, seldon.AnnotationAmbassadorRetries,
		seldon.AnnotationCircuitBreakersPrefix + "max-requests", seldon.AnnotationCircuitBreakersPrefix + "max-retries",
		"prometheus.io/path", "any/thing", "bad key", longName,
	}
	return s.stringMap(keys, "true", "false", "True", "1000", "-5", "99999999999999999999", "name: value", "a:b:c", "no colon", "", "text: 'with\nlines'", "{{", "\x00")
}

func (s *shape) predictor() seldon.Predictor {
	pred := seldon.Predictor{Name: pick(s, "main", "canary", "main", "Bad_Name", "x.y", "", longName)}
	pred.Graph = s.unit(0)
	s.mend(&pred)
	return pred
}

// mend writes over parts of a predictor.
func (s *shape) mend(pred *seldon.Predictor) {
	if s.maybe(5) {
		pred.Graph = s.unit(0)
	}
	for range s.n(4) {
		cs := s.component()
		if s.maybe(20) {
			cs = nil
		}
		pred.ComponentSpecs = append(pred.ComponentSpecs, cs)
	}
	pred.Traffic = pick(s, 0, pred.Traffic, 100, 50, 25, -5, 300)
	if s.n(2) == 0 {
		return
	}
	pred.Replicas = opt(s, int32(1), 3, 0, -1)
	pred.Annotations = s.stringMap([]string{seldon.AnnotationNoEngine, seldon.AnnotationSvcName, seldon.AnnotationGetAmbassador, "any/thing", "bad key"},
		"true", "false", "my-svc", "", "My Svc", "---\napiVersion: x\n", longName)
	pred.Labels = s.stringMap(labelKeys, labelText...)
	pred.Shadow = s.maybe(4)
	pred.ProgressDeadlineSeconds = opt(s, int32(600), 0, -1)
	if s.maybe(3) {
		pred.SSL = &seldon.SSL{CertSecretName: pick(s, "cert", "s3", "")}
	}
	if s.maybe(3) {
		pred.EngineResources = s.resources()
	}
	if s.maybe(3) {
		own := s.resources()
		pred.SvcOrchSpec = seldon.SvcOrchSpec{Env: pointers(s.env()), Replicas: opt(s, int32(1), -1), Resources: &own}
	}
	if s.maybe(3) {
		pred.Explainer = s.explainer()
	}
}

func (s *shape) explainer() *seldon.Explainer {
	e := &seldon.Explainer{
		Type:                    pick(s, "AnchorTabular", "AnchorImages", "anchor_tabular", "KernelShap", "", "Nonsense"),
		ModelURI:                s.uri(),
		ServiceAccountName:      pick(s, "", "reader", "lost"),
		EnvSecretRefName:        pick(s, "", "rclone", "missing"),
		StorageInitializerImage: pick(s, "", "x/init:1", "x/init"),
		Replicas:                opt(s, int32(1), -1),
		InitParameters:          pick(s, "", `{"threshold": 0.9}`, `{`, canary),
		Config:                  s.stringMap([]string{"feature_names", "x", "--y"}, "a", "", "b c"),
		Endpoint:                s.endpoint(),
	}
	if s.maybe(2) {
		e.ContainerSpec = s.container()
	}
	return e
}

func (s *shape) unit(depth int) seldon.Unit {
	u := seldon.Unit{
		Name: pick(s, unitNames...),
		Implementation: opt(s, "SKLEARN_SERVER", "XGBOOST_SERVER", "MLFLOW_SERVER", "TENSORFLOW_SERVER", "TRITON_SERVER", "TEMPO_SERVER", "HUGGINGFACE_SERVER",
			"SIMPLE_MODEL", "RANDOM_ABTEST", "AVERAGE_COMBINER", "UNKNOWN_IMPLEMENTATION", "", "OTHER_SERVER"),
		Type:     opt(s, "MODEL", "ROUTER", "COMBINER", "TRANSFORMER", "OUTPUT_TRANSFORMER", "UNKNOWN_TYPE", "model", ""),
		ModelURI: s.uri(),
	}
	if s.n(2) == 1 {
		u.ServiceAccountName = pick(s, "", "reader", "lost", "Bad Name")
		u.EnvSecretRefName = pick(s, "", "rclone", "missing")
		u.StorageInitializerImage = pick(s, "", "x/init:1", "x/init")
		u.Endpoint = s.endpoint()
		u.Parameters = many(s, 3, func() seldon.Parameter {
			return seldon.Parameter{Name: pick(s, "threshold", "model_name", "method", ""), Value: pick(s, "1", "\"", canary), Type: pick(s, "INT", "STRING", "BOOL", "x", "")}
		})
		if s.maybe(3) {
			u.Methods = new(many(s, 2, func() string { return pick(s, "TRANSFORM_INPUT", "ROUTE", "SEND_FEEDBACK", "x") }))
		}
		if s.maybe(3) {
			u.Logger = &seldon.Logger{Mode: pick(s, "all", "request", "", "none"), URL: opt(s, "http://x", "")}
		}
	}
	if depth < 14 {
		u.Children = many(s, 2, func() seldon.Unit { return s.unit(depth + 1) })
	}
	return u
}

func (s *shape) uri() string {
	return pick(s, "gs://b/m", "", "s3://b/m", "pvc://claim/m", "pvc://", "rclone:b/m", "https://user:"+canary+"@host/m", "nonsense", "://", "s3://b/"+longName)
}

func (s *shape) endpoint() *seldon.Endpoint {
	if !s.maybe(3) {
		return nil
	}
	return &seldon.Endpoint{
		ServiceHost: pick(s, "", "localhost", "elsewhere"), ServicePort: pick(s, int32(0), 9000, -1, 70000),
		Type: pick(s, "", "REST", "GRPC", "rest"), HTTPPort: pick(s, int32(0), 8080), GRPCPort: pick(s, int32(0), 8081),
	}
}

func (s *shape) component() *seldon.ComponentSpec {
	cs := &seldon.ComponentSpec{Spec: s.pod()}
	if s.n(2) == 0 {
		return cs
	}
	cs.Metadata.Name = pick(s, "", "mine", "Bad Name")
	cs.Metadata.Labels = s.stringMap(labelKeys, labelText...)
	cs.Metadata.Annotations = s.annotations()
	cs.Replicas = opt(s, int32(1), 4, -1)
	if s.maybe(3) {
		cs.HPASpec = s.hpa()
	}
	if s.maybe(3) {
		cs.KEDASpec = s.keda()
	}
	if s.maybe(3) {
		cs.PDBSpec = &seldon.PDBSpec{MinAvailable: s.intOrString(), MaxUnavailable: s.intOrString()}
	}
	return cs
}

func (s *shape) intOrString() *intstr.IntOrString {
	return opt(s, intstr.FromInt32(1), intstr.FromString("50%"), intstr.FromString("http"), intstr.FromInt32(-1), intstr.FromInt32(9000))
}

// number names things apart.
func (s *shape) number() string { return fmt.Sprintf("x-%d", s.n(100)) }
