package source_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const head = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: m
spec:
  predictors:
  - name: p
    graph:
      name: c
`

// read returns the documents of a text and the findings of reading it.
func read(t *testing.T, text string) ([]*source.Document, finding.List) {
	t.Helper()
	in := source.Open([]string{"-"}, source.Options{Stdin: strings.NewReader(text)})
	docs, faults := drain(in)
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	return docs, faults
}

func drain(in *source.Inputs) (docs []*source.Document, faults finding.List) {
	for doc, fault := range in.Documents(context.Background()) {
		if fault != nil {
			faults = append(faults, *fault)
			continue
		}
		docs = append(docs, doc)
	}
	return docs, faults
}

// one decodes a text of one document.
func one(t *testing.T, text string, mode source.Mode) (*seldon.Deployment, finding.Locator, finding.List) {
	t.Helper()
	docs, faults := read(t, text)
	if len(docs) != 1 || len(faults) > 0 {
		t.Fatalf("read %d documents, %s", len(docs), describeAll(faults))
	}
	return source.NewDecoder(release.Default(), mode).Deployment(docs[0])
}

func TestBadInputsAreExplained(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/faults/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file, ".yaml")
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			docs, faults := drain(source.Open([]string{file}, source.Options{}))
			decoder := source.NewDecoder(release.Default(), source.Strict)
			for _, doc := range docs {
				if doc.IsSeldonDeployment() {
					_, _, more := decoder.Deployment(doc)
					faults = append(faults, more...)
				} else {
					faults = append(faults, doc.Verify()...)
				}
			}
			got := strings.ReplaceAll(describeAll(faults), file, filepath.Base(file))
			golden := name + ".findings"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestModesGradeUnknownFieldsAndDropThemAlways(t *testing.T) {
	t.Parallel()
	text := head + "      modelUrl: x\n      modelUri: first\n      modelUri: second\n    progressDeadlineSeconds: 6\n"
	for _, tc := range []struct {
		name string
		mode source.Mode
		want string
	}{
		{"ignore says nothing", source.Ignore, ""},
		{"warn tells what a cluster does", source.Warn,
			"SDC110 warning -:10:7: spec.predictors[0].graph.modelUrl: unknown field \"modelUrl\"; a cluster would drop it; did you mean modelUri?\n" +
				"SDC112 warning -:12:7: spec.predictors[0].graph.modelUri: the key modelUri is given twice, first in line 11; keep one of them; a cluster would use the last\n" +
				"SDC111 warning -:13:5: spec.predictors[0].progressDeadlineSeconds: not known to Seldon Core 1.7.0; a cluster would drop it; remove it, or render for a release that knows it\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			sd, _, faults := one(t, text, tc.mode)
			if diff := cmp.Diff(tc.want, describeAll(faults)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			want := []seldon.Predictor{{Name: "p", Graph: seldon.Unit{Name: "c", ModelURI: "second"}}}
			if diff := cmp.Diff(want, sd.Spec.Predictors); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestAReleaseThatKnowsAFieldKeepsIt(t *testing.T) {
	t.Parallel()
	docs, _ := read(t, head+"    progressDeadlineSeconds: 6\n")
	rel, err := release.Lookup("1.18.2")
	if err != nil {
		t.Fatal(err)
	}
	sd, _, faults := source.NewDecoder(rel, source.Strict).Deployment(docs[0])
	if len(faults) > 0 {
		t.Fatal(describeAll(faults))
	}
	if got := sd.Spec.Predictors[0].ProgressDeadlineSeconds; got == nil || *got != 6 {
		t.Errorf("progressDeadlineSeconds is %v", got)
	}
}

func TestWhatKubectlPrintedIsAccepted(t *testing.T) {
	t.Parallel()
	_, _, faults := one(t, strings.Replace(head, "  name: m\n", `  name: m
  creationTimestamp: "2024-01-01T00:00:00Z"
  generation: 3
  resourceVersion: "12"
  uid: 0c3b
  managedFields:
  - manager: kubectl
    operation: Update
    subresource: status
    time: "2024-01-01T00:00:00Z"
    fieldsType: FieldsV1
    fieldsV1: {"f:status": {".": {}}}
`, 1)+"status: {state: Available, deploymentStatus: [1, a]}\n", source.Strict)
	if len(faults) > 0 {
		t.Error(describeAll(faults))
	}
}

func TestSecretsDecodeAndNeverShowTheirValues(t *testing.T) {
	t.Parallel()
	const text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: Opaque\nstringData: {a: hunter2}\ndata: {b: aHVudGVyMg==}\n"
	decoder := source.NewDecoder(release.Default(), source.Strict)
	docs, _ := read(t, text)
	var secret corev1.Secret
	faults := decoder.Into(docs[0], &secret)
	if len(faults) > 0 {
		t.Fatal(describeAll(faults))
	}
	if secret.StringData["a"] != "hunter2" || string(secret.Data["b"]) != "hunter2" {
		t.Errorf("got %v", secret)
	}
	docs, _ = read(t, "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nimmutable: hunter2\nstringData: {a: 424242, b: [424242], c: !!int hunter2}\ndata: {b: hunter2!, c: 424242}\n")
	faults = decoder.Into(docs[0], &secret)
	if got := describeAll(faults); len(faults) != 6 || strings.Contains(got, "424242") || strings.Contains(got, "hunter2") {
		t.Errorf("findings that are missing or tell:\n%s", got)
	}
}

func TestServiceAccountsDecode(t *testing.T) {
	t.Parallel()
	docs, _ := read(t, "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa}\nsecrets:\n- name: a\n- name: b\n")
	sa, faults := source.NewDecoder(release.Default(), source.Strict).ServiceAccount(docs[0])
	if len(faults) > 0 {
		t.Fatal(describeAll(faults))
	}
	if sa.Name != "sa" || len(sa.Secrets) != 2 || sa.Secrets[1].Name != "b" {
		t.Errorf("got %v", sa)
	}
}

func TestAbsentAndEmptyAreToldApart(t *testing.T) {
	t.Parallel()
	for _, graph := range []string{
		"name: c", "name: c\n      methods: []", "name: c\n      methods:", "name: c\n      type: \"\"\n      implementation: null",
		"name: c\n      children: []\n      endpoint: {}\n      logger:",
		"name: c\n    componentSpecs: [null, {}, {spec: {containers: [{name: c, args: [], command: null, securityContext: {}, resources: {limits: {cpu: 0.5}}}]}}]",
		"name: c\n    svcOrchSpec: {resources: {}, replicas: 0}", "name: c\n    labels: {a: null, b: \"\"}\n    annotations: {}",
		"name: c\n    componentSpecs: [{hpaSpec: {maxReplicas: 1, metrics: []}, pdbSpec: {minAvailable: null, maxUnavailable: 25%}}]",
	} {
		text := strings.Replace(head, "name: c", graph, 1)
		want, err := reference([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		got, _, faults := one(t, text, source.Strict)
		if faults.HasErrors() {
			t.Errorf("%s\n%s", graph, describeAll(faults))
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n-want +got\n%s", graph, diff)
		}
	}
}

func TestFieldsThatAClusterDropsAreNoted(t *testing.T) {
	t.Parallel()
	text := head + "    componentSpecs:\n    - spec:\n        hostUsers: false\n        resourceClaims: [{name: gpu, source: {resourceClaimName: one}}]\n        initContainers: [{name: i, restartPolicy: Always}]\n" +
		"        containers: [{name: c, resources: {claims: [{name: gpu}]}}]\n" +
		"        volumes: [{name: v, ephemeral: {volumeClaimTemplate: {metadata: {labels: {a: b}}, spec: {resources: {claims: [{name: a}]}}}}}]\n"
	for version, want := range map[string][]string{
		"1.17.1": {"volumes[0].ephemeral.volumeClaimTemplate.metadata"},
		"1.18.2": {
			"hostUsers", "resourceClaims", "initContainers[0].restartPolicy", "containers[0].resources.claims",
			"volumes[0].ephemeral.volumeClaimTemplate.metadata", "volumes[0].ephemeral.volumeClaimTemplate.spec.resources.claims",
		},
		"1.10.0": nil,
	} {
		rel, err := release.Lookup(version)
		if err != nil {
			t.Fatal(err)
		}
		docs, faults := read(t, text)
		if len(docs) != 1 {
			t.Fatal(faults)
		}
		var got []string
		sd, _, found := source.NewDecoder(rel, source.Warn).Deployment(docs[0])
		for _, f := range found {
			if f.Code == finding.FieldPruned {
				path, _ := strings.CutPrefix(f.Path.String(), "spec.predictors[0].componentSpecs[0].spec.")
				got = append(got, path)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", version, d)
		}
		if version != "1.18.2" {
			continue
		}
		pod := sd.Spec.Predictors[0].ComponentSpecs[0].Spec
		if pod.HostUsers == nil || pod.ResourceClaims[0].ResourceClaimName == nil || *pod.ResourceClaims[0].ResourceClaimName != "one" {
			t.Errorf("fields are gone: %+v", pod)
		}
		if len(found) != len(want) {
			t.Errorf("more was found: %s", describeAll(found))
		}
	}
}
