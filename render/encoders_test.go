package render

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/seldon"
)

// encodables are values of all types that have an encoder.
func encodables() []manifest.Encodable {
	return []manifest.Encodable{
		&object[appsv1.DeploymentSpec]{}, &object[corev1.ServiceSpec]{},
		&object[hpaSpec[seldon.MetricV2Beta1]]{}, &object[hpaSpecV2]{},
		&object[scaledObjectSpec]{}, &object[pdbSpec]{},
		&object[*mappingSpec]{}, &object[virtualServiceSpec]{}, &object[destinationRuleSpec]{},
		&object[map[string]any]{},
		&payloadPredictor{}, new(jsonText), new(jsonLabels), new(jsonParameters),
	}
}

// FuzzEncoders fills values of all types that are written and compares what
// their encoders say with encoding/json.
func FuzzEncoders(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(seed)
	}
	yaml, err := manifest.NewFormat("yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		for _, v := range encodables() {
			filler{rand.New(rand.NewPCG(seed, 0))}.fill(reflect.ValueOf(v).Elem(), 0)
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			got, err := manifest.AppendCompactJSON(nil, v)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(text), string(got)); d != "" {
				t.Fatalf("%T: encoding/json (-) and the encoder (+) differ; run go generate ./render:\n%s", v, d)
			}
			want, err := manifest.AppendYAML(nil, text)
			if err != nil {
				t.Fatal(err)
			}
			if got, err = yaml.Append(nil, manifest.Object{Value: v}); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Fatalf("%T: the YAML of encoding/json (-) and of the encoder (+) differ:\n%s", v, d)
			}
		}
	})
}

// filler gives values at random: absent and empty ones as well as usual ones.
type filler struct{ *rand.Rand }

var fillerTexts = []string{"", "a", "yes", "0x1F", "<&>", "é\u2028", "\xff", "two\nlines\n", `"\`, strings.Repeat("long ", 30), "a: b"}

func (r filler) fill(v reflect.Value, depth int) {
	if v.Kind() != reflect.Struct && !v.CanSet() {
		// It is not exported, so it is not written.
		return
	}
	var p any
	if v.CanInterface() {
		p = v.Addr().Interface()
	}
	switch p := p.(type) {
	case *resource.Quantity:
		*p = resource.MustParse([]string{"0", "1", "1500m", "1.5Gi", "100M", "12e6"}[r.IntN(6)])
		return
	case *intstr.IntOrString:
		*p = []intstr.IntOrString{intstr.FromInt32(r.Int32()), intstr.FromString("http"), {}}[r.IntN(3)]
		return
	case *metav1.Time:
		*p = metav1.Time{}
		if r.IntN(2) == 0 {
			*p = metav1.Unix(r.Int64N(1<<33), 0)
		}
		return
	case *metav1.MicroTime:
		*p = metav1.NewMicroTime(time.Unix(r.Int64N(1<<33), 1000))
		return
	case *[]corev1.PodResourceClaim:
		// Written as no type of today has them: see TestClaimsOfPodsHaveTheSourceOf1_28.
		return
	case *metav1.FieldsV1:
		//lint:ignore SA1019 the field is what JSON has
		p.Raw = []byte(`{"f:spec":{}}`)
		return
	case *any:
		*p = []any{nil, "text", true, map[string]any{"b": 1, "a": nil}}[r.IntN(4)]
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fillerTexts[r.IntN(len(fillerTexts))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(r.Int64N(5) - 2)
	case reflect.Uint8:
		v.SetUint(r.Uint64N(256))
	case reflect.Struct:
		for _, field := range v.Fields() {
			r.fill(field, depth+1)
		}
	case reflect.Pointer:
		if r.absent(depth) {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		r.fill(v.Elem(), depth+1)
	case reflect.Slice:
		if r.absent(depth) {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			r.fill(v.Index(i), depth+1)
		}
	case reflect.Map:
		if r.absent(depth) {
			return
		}
		v.Set(reflect.MakeMap(v.Type()))
		for range r.IntN(3) {
			key, item := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			r.fill(key, depth+1)
			r.fill(item, depth+1)
			v.SetMapIndex(key, item)
		}
	default:
		panic("no way to fill a " + v.Type().String())
	}
}

// absent ends what would otherwise go on for ever, and leaves some out.
func (r filler) absent(depth int) bool { return r.IntN(20) < depth }

// TestEncodersSpareReflection counts the allocations that writing a Deployment
// takes: by way of encoding/json they are several times as many.
func TestEncodersSpareReflection(t *testing.T) {
	r, _ := New(Config{})
	implementation := "SKLEARN_SERVER"
	result := r.Render(Input{Deployment: &seldon.Deployment{
		Metadata: metav1.ObjectMeta{Name: "iris"},
		Spec: seldon.DeploymentSpec{Predictors: []seldon.Predictor{{
			Name: "main", Graph: seldon.Unit{Name: "classifier", Implementation: &implementation, ModelURI: "gs://models/iris"},
		}}},
	}})
	yaml, err := manifest.NewFormat("yaml")
	if err != nil {
		t.Fatal(err)
	}
	type reflected object[appsv1.DeploymentSpec]
	var buffer []byte
	allocations := func(v any) float64 {
		return testing.AllocsPerRun(100, func() {
			if buffer, err = yaml.Append(buffer[:0], manifest.Object{Value: v}); err != nil {
				t.Fatal(err)
			}
		})
	}
	for _, o := range result.Objects {
		d, ok := o.Value.(*object[appsv1.DeploymentSpec])
		if !ok {
			continue
		}
		direct, slow := allocations(d), allocations((*reflected)(d))
		t.Logf("%v allocations, %v by reflection", direct, slow)
		if direct > 12 || slow < 5*direct {
			t.Errorf("%v allocations, and %v by reflection: an encoder is not used", direct, slow)
		}
		return
	}
	t.Fatalf("no Deployment: %v", result.Findings)
}
