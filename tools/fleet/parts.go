package fleet

// annotations writes the annotations of some SeldonDeployments.
func (w *writer) annotations() {
	if !w.chance(25) {
		return
	}
	w.line(1, "annotations:")
	w.line(2, "project_name: %s", pick(w, nouns))
	w.line(2, `seldon.io/rest-timeout: "%d"`, 1000*(1+w.IntN(60)))
	if w.chance(30) {
		w.line(2, `seldon.io/engine-separate-pod: "true"`)
	}
}

// uri makes up where a model is kept.
func (w *writer) uri(model string) string {
	return pick(w, buckets) + "/" + pick(w, nouns) + "/" + model
}

// server writes a unit that a server of Seldon Core's serves.
func (w *writer) server(level int, name, implementation string) {
	w.line(level, "name: %s", name)
	w.line(level, "implementation: %s", implementation)
	w.line(level, "modelUri: %s", w.uri(name))
	if w.chance(10) {
		w.line(level, "envSecretRefName: bucket-credentials")
	}
	if w.chance(20) && implementation == "SKLEARN_SERVER" {
		w.line(level, "parameters:")
		w.line(level, "- name: method")
		w.line(level+1, "type: STRING")
		w.line(level+1, "value: decision_function")
	}
	w.line(level, "children: []")
}

// child writes a unit in a list of children, served by a container of the user's
// or by a server of Seldon Core's.
func (w *writer) child(level int, name string, own bool) {
	w.line(level, "- name: %s", name)
	if own {
		w.line(level+1, "type: MODEL")
		return
	}
	w.line(level+1, "implementation: %s", pick(w, []string{"SKLEARN_SERVER", "XGBOOST_SERVER"}))
	w.line(level+1, "modelUri: %s", w.uri(name))
}

// twoForms writes a graph of one unit, in either of the two forms.
func (w *writer) twoForms(unit string) {
	if w.chance(50) {
		w.ownModel(unit)
		return
	}
	w.line(2, "replicas: 1")
	w.line(2, "graph:")
	w.server(3, unit, "SKLEARN_SERVER")
}

// ownModel writes the parts of a predictor with one container of the user's.
func (w *writer) ownModel(unit string) {
	w.line(2, "componentSpecs:")
	w.line(2, "- spec:")
	w.line(4, "containers:")
	w.container(4, unit)
	if w.chance(40) {
		w.line(4, "terminationGracePeriodSeconds: %d", 1+w.IntN(30))
	}
	w.line(2, "graph:")
	w.line(3, "name: %s", unit)
	w.line(3, "type: MODEL")
	if w.chance(50) {
		w.line(3, "endpoint:")
		w.line(4, "type: REST")
	}
	w.line(3, "children: []")
}

// container writes a container of the user's in a list of them.
func (w *writer) container(level int, name string) {
	w.line(level, "- name: %s", name)
	w.line(level+1, "image: registry.example.com/%s/%s:%d.%d.%d", pick(w, nouns), name, w.IntN(3), w.IntN(20), w.IntN(10))
	if w.chance(35) {
		w.line(level+1, "imagePullPolicy: IfNotPresent")
	}
	if w.chance(35) {
		w.line(level+1, "env:")
		w.line(level+1, "- name: SELDON_LOG_LEVEL")
		w.line(level+2, "value: %s", pick(w, levels))
		w.line(level+1, "- name: GUNICORN_THREADS")
		w.line(level+2, `value: "%d"`, 1+w.IntN(8))
	}
	if w.chance(45) {
		w.resources(level + 1)
	}
}

func (w *writer) resources(level int) {
	w.line(level, "resources:")
	w.line(level+1, "requests:")
	w.line(level+2, "cpu: %s", pick(w, cpu))
	w.line(level+2, "memory: %s", pick(w, memory))
	if w.chance(40) {
		w.line(level+1, "limits:")
		w.line(level+2, "memory: 8Gi")
	}
}
