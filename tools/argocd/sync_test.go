package argocd

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argoproj/gitops-engine/pkg/diff"
	"github.com/argoproj/gitops-engine/pkg/diff/testdata"
	openapi "github.com/google/gnostic-models/openapiv2"
	"google.golang.org/protobuf/proto"
	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
	openapiproto "k8s.io/kube-openapi/pkg/util/proto"
)

// program is seldonctl, built once.
var program string

func TestMain(m *testing.M) {
	os.Exit(runAll(m))
}

func runAll(m *testing.M) int {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(folder) }()
	program = filepath.Join(folder, "seldonctl")
	build := exec.Command("go", "build", "-o", program, "./cmd/seldonctl")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		panic(fmt.Sprintf("%v: %s", err, out))
	}
	return m.Run()
}

var root = filepath.Join("..", "..")

// TestServerSideApplyOfWhatTheOperatorLeft is what docs/gitops.md says of
// applications with ServerSideApply=true: Argo CD cannot compare a live Deployment
// that has the operator's repeated port, and which steps take the port away.
func TestServerSideApplyOfWhatTheOperatorLeft(t *testing.T) {
	left, rendered := deployment(t), deployment(t, "--server-side-apply")
	applied := apply(t, rendered, left)
	for _, c := range []struct {
		name string
		live *unstructured.Unstructured
		// cannot says that Argo CD cannot compare it, else whether there is a difference.
		cannot, differs bool
	}{
		{"as the operator left it", left, true, false},
		{"after a client-side sync", applied, true, false},
		{"after two client-side syncs", apply(t, rendered, applied), true, false},
		// The port goes from where it should stay, too.
		{"after a client-side sync of each rendering", apply(t, rendered, apply(t, left, left)), false, true},
		// A forced server-side apply leaves the same; e2e has that on an API server.
		{"after it was replaced", rendered, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			result, err := diff.Diff(rendered, c.live, diff.WithStructuredMergeDiff(true), diff.WithGVKParser(schemas(t)), diff.WithManager("argocd-controller"))
			if cannot := err != nil && strings.Contains(err.Error(), "error building typed value from live resource") &&
				strings.Contains(err.Error(), "duplicate entries for key [containerPort=8000"); cannot != c.cannot {
				t.Fatalf("error %v", err)
			}
			if err == nil && result.Modified != c.differs {
				t.Errorf("differs: %v\n%s\n%s", result.Modified, result.NormalizedLive, result.PredictedLive)
			}
		})
	}
}

// TestServerSideDiffOfWhatTheOperatorLeft is the same with ServerSideDiff=true,
// where the API server computes what would be.
func TestServerSideDiffOfWhatTheOperatorLeft(t *testing.T) {
	left, rendered := deployment(t), deployment(t, "--server-side-apply")
	for _, webhooks := range []bool{false, true} {
		options := []diff.Option{
			diff.WithServerSideDiff(true), diff.WithServerSideDryRunner(dryRun{rendered}), diff.WithGVKParser(schemas(t)),
			diff.WithManager("argocd-controller"), diff.WithIgnoreMutationWebhook(!webhooks),
		}
		result, err := diff.Diff(rendered, left, options...)
		if webhooks != (err == nil) || err == nil && !result.Modified {
			t.Errorf("with IncludeMutationWebhook %v: error %v", webhooks, err)
		}
	}
}

// TestAClientSideSyncOfWhatTheOperatorLeftChangesNothing is the first step of
// docs/gitops.md.
func TestAClientSideSyncOfWhatTheOperatorLeftChangesNothing(t *testing.T) {
	left := deployment(t)
	result, err := diff.Diff(deployment(t), left)
	if err != nil || result.Modified {
		t.Errorf("error %v, differs: %v", err, err == nil && result.Modified)
	}
}

// dryRun is an API server that answers with an object.
type dryRun struct{ answer *unstructured.Unstructured }

func (d dryRun) Run(context.Context, *unstructured.Unstructured, string) (string, error) {
	answer := d.answer.DeepCopy()
	answer.SetManagedFields(nil)
	if err := unstructured.SetNestedSlice(answer.Object, []any{map[string]any{
		"manager": "argocd-controller", "operation": "Apply", "apiVersion": "apps/v1", "fieldsType": "FieldsV1", "fieldsV1": map[string]any{},
	}}, "metadata", "managedFields"); err != nil {
		return "", err
	}
	text, err := json.Marshal(answer.Object)
	return string(text), err
}

// deployment renders the Deployment of a model.
func deployment(t *testing.T, flags ...string) *unstructured.Unstructured {
	t.Helper()
	args := append([]string{"render", "-q", "-o", "json", "-f", filepath.Join(root, "examples", "models", "sklearn-gcs.yaml")}, flags...)
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var list unstructured.UnstructuredList
	if err := list.UnmarshalJSON(out); err != nil {
		t.Fatal(err)
	}
	for i := range list.Items {
		if list.Items[i].GetKind() == "Deployment" {
			return &list.Items[i]
		}
	}
	t.Fatal("there is no Deployment")
	return nil
}

// apply returns what becomes of a live object when kubectl apply, or Argo CD
// without ServerSideApply, applies a configuration. Both compute the patch with
// this library, and the API server applies it with the same.
func apply(t *testing.T, config, live *unstructured.Unstructured) *unstructured.Unstructured {
	t.Helper()
	const lastApplied = "kubectl.kubernetes.io/last-applied-configuration"
	modified := config.DeepCopy()
	annotations := modified.GetAnnotations()
	if annotations == nil {
		annotations = map[string]string{}
	}
	annotations[lastApplied] = string(encode(t, config))
	modified.SetAnnotations(annotations)
	meta, err := strategicpatch.NewPatchMetaFromStruct(&appsv1.Deployment{})
	if err != nil {
		t.Fatal(err)
	}
	patch, err := strategicpatch.CreateThreeWayMergePatch([]byte(live.GetAnnotations()[lastApplied]), encode(t, modified), encode(t, live), meta, true)
	if err != nil {
		t.Fatal(err)
	}
	text, err := strategicpatch.StrategicMergePatch(encode(t, live), patch, &appsv1.Deployment{})
	if err != nil {
		t.Fatal(err)
	}
	next := &unstructured.Unstructured{}
	if err := next.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	return next
}

func encode(t *testing.T, u *unstructured.Unstructured) []byte {
	t.Helper()
	text, err := json.Marshal(u.Object)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// schemas are those of Kubernetes that the library's own tests use.
func schemas(t *testing.T) *managedfields.GvkParser {
	t.Helper()
	document := &openapi.Document{}
	if err := proto.Unmarshal(testdata.OpenAPIV2Doc, document); err != nil {
		t.Fatal(err)
	}
	models, err := openapiproto.NewOpenAPIData(document)
	if err != nil {
		t.Fatal(err)
	}
	parser, err := managedfields.NewGVKParser(models, false)
	if err != nil {
		t.Fatal(err)
	}
	return parser
}
