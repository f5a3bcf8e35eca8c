package fleet

import "fmt"

// kind is a way to deploy a model.
type kind struct {
	// weight is how often it is seen, compared with the others.
	weight int
	// write writes what follows spec.name.
	write func(*writer)
}

var kinds = []kind{
	{34, prepackaged},
	{24, ownContainer},
	{10, canary},
	{5, shadow},
	{8, transformer},
	{4, combiner},
	{3, abTest},
	{7, autoscaled},
	{3, protocols},
	{2, explained},
}

// prepackaged is a model that a server of Seldon Core's serves.
func prepackaged(w *writer) {
	w.annotations()
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "replicas: %d", 1+w.IntN(3))
	w.line(2, "graph:")
	unit := pick(w, units)
	w.server(3, unit, pick(w, []string{"SKLEARN_SERVER", "XGBOOST_SERVER", "MLFLOW_SERVER"}))
	if w.chance(25) {
		w.line(2, "componentSpecs:")
		w.line(2, "- spec:")
		w.line(4, "containers:")
		w.line(4, "- name: %s", unit)
		w.resources(5)
	}
}

// ownContainer is a model in an image of the user's.
func ownContainer(w *writer) {
	w.annotations()
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "replicas: 1")
	w.ownModel(pick(w, units))
}

// canary sends a part of the traffic to a second predictor.
func canary(w *writer) {
	share := 5 * (1 + w.IntN(9))
	unit := pick(w, units)
	w.line(1, "predictors:")
	w.line(1, "- name: main")
	w.line(2, "traffic: %d", 100-share)
	w.twoForms(unit)
	w.line(1, "- name: canary")
	w.line(2, "traffic: %d", share)
	w.twoForms(unit)
}

// shadow sends a copy of the traffic to a second predictor.
func shadow(w *writer) {
	unit := pick(w, units)
	w.line(1, "predictors:")
	w.line(1, "- name: main")
	w.twoForms(unit)
	w.line(1, "- name: shadow")
	w.line(2, "shadow: true")
	w.twoForms(unit)
}

// transformer puts a transformer of the user's before a model.
func transformer(w *writer) {
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "componentSpecs:")
	w.line(2, "- spec:")
	w.line(4, "containers:")
	w.container(4, "transformer")
	own := w.chance(50)
	if own {
		w.container(4, "model")
	}
	w.line(2, "graph:")
	w.line(3, "name: transformer")
	w.line(3, "type: TRANSFORMER")
	w.line(3, "children:")
	w.child(3, "model", own)
}

// combiner averages several models.
func combiner(w *writer) {
	n := 2 + w.IntN(2)
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "componentSpecs:")
	w.line(2, "- spec:")
	w.line(4, "containers:")
	for i := range n {
		w.container(4, fmt.Sprint("model-", i))
	}
	w.line(2, "graph:")
	w.line(3, "name: average")
	w.line(3, "implementation: AVERAGE_COMBINER")
	w.line(3, "type: COMBINER")
	w.line(3, "children:")
	for i := range n {
		w.child(3, fmt.Sprint("model-", i), true)
	}
}

// abTest draws between two models.
func abTest(w *writer) {
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "graph:")
	w.line(3, "name: split")
	w.line(3, "implementation: RANDOM_ABTEST")
	w.line(3, "parameters:")
	w.line(3, "- name: ratioA")
	w.line(4, `value: "0.%d"`, 1+w.IntN(9))
	w.line(4, "type: FLOAT")
	w.line(3, "children:")
	w.child(3, "model-a", false)
	w.child(3, "model-b", false)
}

// autoscaled is a model with a HorizontalPodAutoscaler.
func autoscaled(w *writer) {
	unit := pick(w, units)
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "componentSpecs:")
	w.line(2, "- hpaSpec:")
	w.line(4, "minReplicas: 1")
	w.line(4, "maxReplicas: %d", 2+w.IntN(8))
	w.line(4, "metrics:")
	w.line(4, "- type: Resource")
	w.line(5, "resource:")
	w.line(6, "name: cpu")
	w.line(6, "targetAverageUtilization: %d", 10*(3+w.IntN(6)))
	w.line(3, "spec:")
	w.line(4, "containers:")
	w.container(4, unit)
	w.line(2, "graph:")
	w.line(3, "name: %s", unit)
	w.line(3, "type: MODEL")
}

// protocols are the servers that speak a protocol of their own.
func protocols(w *writer) {
	protocol, server := "tensorflow", "TENSORFLOW_SERVER"
	if w.chance(50) {
		protocol, server = "kfserving", "TRITON_SERVER"
	}
	w.line(1, "protocol: %s", protocol)
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "graph:")
	w.server(3, pick(w, units), server)
}

// explained is a model with an explainer.
func explained(w *writer) {
	w.line(1, "predictors:")
	w.line(1, "- name: default")
	w.line(2, "graph:")
	w.server(3, pick(w, units), "SKLEARN_SERVER")
	w.line(2, "explainer:")
	w.line(3, "type: AnchorTabular")
	w.line(3, "modelUri: %s", w.uri("explainer"))
}
