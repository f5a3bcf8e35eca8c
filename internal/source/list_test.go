package source_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestItemsOfAListStandAlone(t *testing.T) {
	t.Parallel()
	const text = `apiVersion: v1
kind: List
metadata: {resourceVersion: ""}
items:
- apiVersion: v1 # kept
  kind: ConfigMap
  metadata:
    name: a
  data:
    x: |
      one
        two
  # a comment

-   apiVersion: machinelearning.seldon.io/v1
    kind: SeldonDeployment
    metadata: {name: b, namespace: ns}
    spec:
      predictors:
      - name: p
        graph: {name: c, modelUri: 1}
- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: d, labels: &l {x: y}, annotations: *l}
- apiVersion: v1
  kind: ConfigMap
  metadata: &m {name: e}
- apiVersion: v1
  kind: ConfigMap
  metadata: *m
x: y
`
	docs, faults := read(t, text)
	want := []piece{
		{5, "ConfigMap", "a", "apiVersion: v1 # kept\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  x: |\n    one\n      two\n# a comment\n\n"},
		{15, "SeldonDeployment", "b", "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: b, namespace: ns}\nspec:\n  predictors:\n  - name: p\n    graph: {name: c, modelUri: 1}\n"},
		{22, "ConfigMap", "c", "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ConfigMap\",\n  \"metadata\": {\n    \"name\": \"c\"\n  }\n}\n"},
		{23, "ConfigMap", "d", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d, labels: &l {x: y}, annotations: *l}\n"},
		{26, "ConfigMap", "e", "apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: e}\n"},
		{29, "ConfigMap", "e", "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ConfigMap\",\n  \"metadata\": {\n    \"name\": \"e\"\n  }\n}\n"},
	}
	if diff := cmp.Diff(want, pieces(docs)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	const reworded = "SDC119 note -:29:3: items of this list, from here on, may be written as JSON, without their comments\n"
	if diff := cmp.Diff(reworded, describeAll(faults)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	_, _, faults = decoderOf(t).Deployment(docs[1])
	const wrong = "SDC113 error -:21:36: spec.predictors[0].graph.modelUri: expected text, found the number 1; put it in quotes: \"1\"\n"
	if diff := cmp.Diff(wrong, describeAll(faults)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestAListOfNothingHasNoDocuments(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeploymentList\nitems: []\n",
		"apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeploymentList\nmetadata: {}\n",
		"apiVersion: v1\nkind: List\nitems: null\n",
	} {
		docs, faults := read(t, text)
		if len(docs)+len(faults) > 0 {
			t.Errorf("%s: %v %s", text, pieces(docs), describeAll(faults))
		}
	}
}

func TestItemsOfAListOfOneKindAreOfThatKind(t *testing.T) {
	t.Parallel()
	docs, faults := read(t, `apiVersion: v1
kind: ConfigMapList
items:
- metadata: # kept
    name: a
- {metadata: {name: b}}
- apiVersion: v1
  kind: Secret
  metadata: {name: c}
---
apiVersion: machinelearning.seldon.io/v1alpha2
kind: SeldonDeploymentList
items:
- metadata: {name: d}
  spec: {predictors: [], predictor: []}
`)
	if len(faults) > 0 {
		t.Error(describeAll(faults))
	}
	want := []piece{
		{4, "ConfigMap", "a", "apiVersion: v1\nkind: ConfigMap\nmetadata: # kept\n  name: a\n"},
		{6, "ConfigMap", "b", "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"ConfigMap\",\n  \"metadata\": {\n    \"name\": \"b\"\n  }\n}\n"},
		{7, "Secret", "c", "apiVersion: v1\nkind: Secret\nmetadata: {name: c}\n"},
		{14, "SeldonDeployment", "d", "apiVersion: machinelearning.seldon.io/v1alpha2\nkind: SeldonDeployment\nmetadata: {name: d}\nspec: {predictors: [], predictor: []}\n"},
	}
	if diff := cmp.Diff(want, pieces(docs)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	// Other formats are made from the nodes, and not from the text.
	const asJSON = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}`
	if got, faults := docs[0].JSON(); string(got) != asJSON || len(faults) > 0 {
		t.Errorf("got %s %s, want %s", got, describeAll(faults), asJSON)
	}
	// Positions are those of the file.
	_, _, faults = decoderOf(t).Deployment(docs[3])
	const wrong = "SDC110 error -:15:26: spec.predictor: unknown field \"predictor\"; did you mean predictors?\n"
	if diff := cmp.Diff(wrong, describeAll(faults)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestAnObjectThatIsCalledAListStaysWhole(t *testing.T) {
	t.Parallel()
	const text = "apiVersion: example.org/v1\nkind: AllowList\nmetadata: {name: a}\nitems:\n- {from: b}\n"
	docs, faults := read(t, text)
	if diff := cmp.Diff([]piece{{1, "AllowList", "a", text}}, pieces(docs)); diff != "" || len(faults) > 0 {
		t.Errorf("%s -want +got\n%s", describeAll(faults), diff)
	}
}
