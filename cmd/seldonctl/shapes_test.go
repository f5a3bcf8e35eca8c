package main

import (
	"fmt"
	"strings"
)

// shape is a kind of large input that grows with n.
type shape struct {
	name string
	// make returns an input with n of what the shape is called after.
	make func(n int) string
	// values says that it is a values file.
	values bool
	// basic says that it is tested always.
	basic bool
}

// repeat joins n lines that are formatted with their number, as often as the
// format asks for it.
func repeat(n int, format string) string {
	var text strings.Builder
	verbs := strings.Count(format, "%[1]d")
	for i := range n {
		if verbs > 0 {
			fmt.Fprintf(&text, format, i)
		} else {
			text.WriteString(format)
		}
	}
	return text.String()
}

// deployment returns a SeldonDeployment with predictors.
func deployment(predictors string) string {
	return hostileHead + "spec:\n  predictors:\n" + predictors
}

// predictor returns one predictor with keys of its own.
func predictor(keys string) string {
	return deployment("  - name: p\n    graph: {name: c, type: MODEL}\n" + keys)
}

// inPod returns one predictor whose pod has a container c and keys of its own.
func inPod(keys string) string {
	return predictor("    componentSpecs:\n    - spec:\n        containers:\n        - {name: c, image: i}\n" + keys)
}

// inContainer returns one predictor whose container has keys of its own.
func inContainer(keys string) string {
	return predictor("    componentSpecs:\n    - spec:\n        containers:\n        - name: c\n          image: i\n" + keys)
}

const plainModel = "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: m%[1]d}\nspec: {predictors: [{name: p, graph: {name: c, implementation: SKLEARN_SERVER, modelUri: 's3://b/m', envSecretRefName: s}}]}\n"

// shapes are inputs that are large in one way each.
func shapes() []shape {
	of := func(name string, make func(n int) string) shape { return shape{name: name, make: make} }
	basic := func(name string, make func(n int) string) shape { return shape{name: name, make: make, basic: true} }
	values := func(name string, make func(n int) string) shape { return shape{name: name, make: make, values: true} }
	return []shape{
		// The predictors of a SeldonDeployment and their graphs.
		basic("predictors", func(n int) string {
			return deployment(repeat(n, "  - {name: p%[1]d, graph: {name: c}, componentSpecs: [{spec: {containers: [{name: c}]}}]}\n"))
		}),
		of("predictors of one name", func(n int) string { return deployment(repeat(n, "  - {name: p, graph: {name: c}}\n")) }),
		of("predictors with servers", func(n int) string {
			return deployment(repeat(n, "  - {name: p%[1]d, traffic: 1, graph: {name: c, implementation: SKLEARN_SERVER, modelUri: 'gs://b/m'}}\n"))
		}),
		of("predictors with explainers", func(n int) string {
			return deployment(repeat(n, "  - {name: p%[1]d, explainer: {type: AnchorText}, graph: {name: c, implementation: SKLEARN_SERVER, modelUri: 'gs://b/m'}}\n"))
		}),
		of("shadows", func(n int) string {
			return deployment(repeat(n, "  - {name: p%[1]d, shadow: true, graph: {name: c}}\n"))
		}),
		basic("component specs", func(n int) string {
			return predictor("    componentSpecs:\n" + repeat(n, "    - {spec: {containers: [{name: c%[1]d}]}}\n"))
		}),
		of("component specs that scale", func(n int) string {
			return predictor("    componentSpecs:\n" + repeat(n, "    - {hpaSpec: {maxReplicas: 2}, spec: {containers: [{name: c%[1]d}]}}\n"))
		}),
		of("component specs of one container", func(n int) string {
			return predictor("    componentSpecs:\n" + repeat(n, "    - {spec: {containers: [{name: c}]}}\n"))
		}),
		of("empty component specs", func(n int) string { return predictor("    componentSpecs:\n" + repeat(n, "    - {}\n")) }),
		of("children", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      children:\n" + repeat(n, "      - {name: u%[1]d}\n"))
		}),
		basic("children with servers", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      children:\n" + repeat(n, "      - {name: u%[1]d, implementation: SKLEARN_SERVER, modelUri: 's3://b/m', envSecretRefName: s}\n"))
		}),
		basic("children with containers", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      children:\n" + repeat(n, "      - {name: u%[1]d}\n") +
				"    componentSpecs:\n    - spec:\n        containers:\n" + repeat(n, "        - {name: u%[1]d}\n"))
		}),
		of("children of one name", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      children:\n" + repeat(n, "      - {name: c}\n"))
		}),
		of("parameters", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      parameters:\n" + repeat(n, "      - {name: n%[1]d, value: v, type: STRING}\n"))
		}),
		of("methods", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      methods:\n" + repeat(n, "      - TRANSFORM_INPUT\n"))
		}),
		// Pods.
		basic("containers", func(n int) string { return inPod(repeat(n, "        - {name: u%[1]d}\n")) }),
		of("containers of one name", func(n int) string { return inPod(repeat(n, "        - {name: c}\n")) }),
		of("containers with a port", func(n int) string {
			return inPod(repeat(n, "        - {name: u%[1]d, ports: [{name: http, containerPort: 80}]}\n"))
		}),
		basic("init containers", func(n int) string {
			return inPod("        initContainers:\n" + repeat(n, "        - {name: u%[1]d}\n"))
		}),
		of("init containers of one name", func(n int) string {
			return inPod("        initContainers:\n" + repeat(n, "        - {name: u}\n"))
		}),
		basic("volumes", func(n int) string {
			return inPod("        volumes:\n" + repeat(n, "        - {name: v%[1]d, emptyDir: {}}\n"))
		}),
		of("volumes of Secrets", func(n int) string {
			return inPod("        volumes:\n" + repeat(n, "        - {name: v%[1]d, secret: {secretName: s%[1]d}}\n"))
		}),
		of("volumes of one name", func(n int) string {
			return inPod("        volumes:\n" + repeat(n, "        - {name: v, emptyDir: {}}\n"))
		}),
		of("tolerations", func(n int) string {
			return inPod("        tolerations:\n" + repeat(n, "        - {key: k%[1]d}\n"))
		}),
		of("pull secrets", func(n int) string {
			return inPod("        imagePullSecrets:\n" + repeat(n, "        - {name: s%[1]d}\n"))
		}),
		of("topology constraints", func(n int) string {
			return inPod("        topologySpreadConstraints:\n" + repeat(n, "        - {maxSkew: 1, topologyKey: k%[1]d, whenUnsatisfiable: DoNotSchedule}\n"))
		}),
		of("affinity terms", func(n int) string {
			return inPod("        affinity:\n          podAntiAffinity:\n            requiredDuringSchedulingIgnoredDuringExecution:\n" + repeat(n, "            - {topologyKey: k%[1]d}\n"))
		}),
		// Containers.
		basic("variables", func(n int) string {
			return inContainer("          env:\n" + repeat(n, "          - {name: n%[1]d, value: v}\n"))
		}),
		of("variables of one name", func(n int) string {
			return inContainer("          env:\n" + repeat(n, "          - {name: n, value: v}\n"))
		}),
		of("variables of the orchestrator", func(n int) string {
			return predictor("    svcOrchSpec:\n      env:\n" + repeat(n, "      - {name: n%[1]d, value: v}\n"))
		}),
		of("variables that use each other", func(n int) string {
			return inContainer("          env:\n" + repeat(n, "          - {name: n%[1]d, value: $(n0)$(z)}\n"))
		}),
		of("variables of Secrets", func(n int) string {
			return inContainer("          envFrom:\n" + repeat(n, "          - {secretRef: {name: s%[1]d}}\n"))
		}),
		of("variables of keys", func(n int) string {
			return inContainer("          env:\n" + repeat(n, "          - {name: n%[1]d, valueFrom: {secretKeyRef: {name: s, key: k%[1]d}}}\n"))
		}),
		basic("ports", func(n int) string {
			return inContainer("          ports:\n" + repeat(n, "          - {name: p%[1]d, containerPort: %[1]d}\n"))
		}),
		of("ports of one number", func(n int) string {
			return inContainer("          ports:\n" + repeat(n, "          - {name: http, containerPort: 80}\n"))
		}),
		of("mounts", func(n int) string {
			return inContainer("          volumeMounts:\n" + repeat(n, "          - {name: v%[1]d, mountPath: /m%[1]d}\n"))
		}),
		of("mounts at one path", func(n int) string {
			return inContainer("          volumeMounts:\n" + repeat(n, "          - {name: v, mountPath: /m}\n"))
		}),
		of("arguments", func(n int) string { return inContainer("          args:\n" + repeat(n, "          - a%[1]d\n")) }),
		of("resources", func(n int) string {
			return inContainer("          resources:\n            limits:\n" + repeat(n, "              r%[1]d: 1\n"))
		}),
		// Maps.
		of("annotations", func(n int) string {
			return strings.Replace(predictor(""), "spec:\n", "spec:\n  annotations:\n"+repeat(n, "    k%[1]d: v\n"), 1)
		}),
		basic("annotations of Seldon", func(n int) string {
			return strings.Replace(predictor(""), "spec:\n", "spec:\n  annotations:\n"+repeat(n, "    seldon.io/k%[1]d: v\n"), 1)
		}),
		of("annotations of a predictor", func(n int) string { return predictor("    annotations:\n" + repeat(n, "      k%[1]d: v\n")) }),
		of("labels of a predictor", func(n int) string { return predictor("    labels:\n" + repeat(n, "      k%[1]d: v\n")) }),
		of("labels that are wrong", func(n int) string { return predictor("    labels:\n" + repeat(n, "      -k%[1]d-: -v-\n")) }),
		of("labels of a pod", func(n int) string {
			return predictor("    componentSpecs:\n    - metadata:\n        labels:\n" + repeat(n, "          k%[1]d: v\n") + "      spec: {containers: [{name: c}]}\n")
		}),
		of("merged keys", func(n int) string {
			return predictor("    labels:\n      <<: &a\n" + repeat(n, "        k%[1]d: v\n"))
		}),
		basic("merged mappings", func(n int) string {
			return predictor("    labels:\n      <<: [" + repeat(n, "{k%[1]d: v},") + "]\n")
		}),
		of("merge keys", func(n int) string {
			return predictor("    labels:\n" + repeat(n, "      <<: {k%[1]d: v}\n"))
		}),
		of("aliases", func(n int) string {
			return predictor("    annotations: {x: &a v}\n    labels:\n" + repeat(n, "      k%[1]d: *a\n"))
		}),
		of("anchors", func(n int) string { return predictor("    labels:\n" + repeat(n, "      k%[1]d: &a%[1]d v\n")) }),
		of("annotations and predictors", func(n int) string {
			return strings.Replace(deployment(repeat(n/4, "  - {name: p%[1]d, graph: {name: c}}\n")), "spec:\n", "spec:\n  annotations:\n"+repeat(n/2, "    k%[1]d: v\n"), 1)
		}),
		of("an annotation and predictors", func(n int) string {
			return strings.Replace(deployment(repeat(n/2, "  - {name: p%[1]d, graph: {name: c}}\n")), "spec:\n", "spec:\n  annotations:\n    k: "+strings.Repeat("0123456789", 2*n)+"\n", 1)
		}),
		of("children and component specs", func(n int) string {
			return deployment("  - name: p\n    graph:\n      name: c\n      children:\n" + repeat(n, "      - {name: u%[1]d}\n") +
				"    componentSpecs:\n" + repeat(n, "    - {spec: {containers: [{name: u%[1]d}]}}\n"))
		}),
		// Scaling.
		of("metrics", func(n int) string {
			return predictor("    componentSpecs:\n    - hpaSpec:\n        maxReplicas: 2\n        metrics:\n" + repeat(n, "        - {type: Resource, resource: {name: r%[1]d, targetAverageUtilization: 1}}\n") + "      spec: {containers: [{name: c}]}\n")
		}),
		of("triggers", func(n int) string {
			return predictor("    componentSpecs:\n    - kedaSpec:\n        triggers:\n" + repeat(n, "        - {type: t%[1]d, metadata: {a: b}}\n") + "      spec: {containers: [{name: c}]}\n")
		}),
		// Faults.
		of("unknown fields", func(n int) string { return predictor(repeat(n, "    unknown%[1]d: x\n")) }),
		of("repeated keys", func(n int) string { return predictor("    labels:\n" + repeat(n, "      k: v\n")) }),
		of("wrong types", func(n int) string { return predictor("    labels:\n" + repeat(n, "      k%[1]d: 1\n")) }),
		of("keys that are not text", func(n int) string { return predictor("    labels:\n" + repeat(n, "      %[1]d: v\n")) }),
		of("wrong names", func(n int) string { return inPod(repeat(n, "        - {name: _%[1]d_}\n")) }),
		// Documents.
		basic("documents", func(n int) string {
			return repeat(n, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: n%[1]d}\n")
		}),
		of("documents of one name", func(n int) string {
			return repeat(n, "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: n}\n")
		}),
		of("documents that are faulty", func(n int) string { return repeat(n, "---\na: [\n") }),
		of("documents that are not objects", func(n int) string { return repeat(n, "---\na%[1]d: b\n") }),
		basic("models", func(n int) string { return repeat(n, "---\n"+plainModel) }),
		of("models that are faulty", func(n int) string {
			return repeat(n, "---\napiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: m%[1]d}\nspec: {a: b}\n")
		}),
		of("ServiceAccounts", func(n int) string {
			return plainModel + repeat(n, "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s%[1]d}\n")
		}),
		of("secrets of a ServiceAccount", func(n int) string {
			return hostileHead + "spec: {predictors: [{name: p, graph: {name: c, implementation: SKLEARN_SERVER, modelUri: 's3://b/m', serviceAccountName: s}}]}\n" +
				"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: s}\nsecrets:\n" + repeat(n, "- name: x%[1]d\n")
		}),
		of("Secrets", func(n int) string {
			return plainModel + repeat(n, "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s%[1]d}\ndata: {a: Yg==}\n")
		}),
		of("keys of a Secret", func(n int) string {
			return plainModel + "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n" + repeat(n, "  k%[1]d: v\n")
		}),
		basic("items of a List", func(n int) string {
			return "apiVersion: v1\nkind: List\nitems:\n" + repeat(n, "- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: n%[1]d}\n")
		}),
		of("items of a List in JSON", func(n int) string {
			return `{"apiVersion":"v1","kind":"List","items":[` + strings.TrimSuffix(repeat(n, `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"n%[1]d"}},`), ",") + "]}\n"
		}),
		of("items of a ConfigMapList", func(n int) string {
			return "apiVersion: v1\nkind: ConfigMapList\nitems:\n" + repeat(n, "- metadata: {name: n%[1]d}\n")
		}),
		of("objects in JSON", func(n int) string {
			return repeat(n, `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"n%[1]d"}}`) + "\n"
		}),
		// Texts.
		of("a long scalar", func(n int) string {
			return predictor("    annotations: {k: " + strings.Repeat("0123456789", n) + "}\n")
		}),
		of("a long block", func(n int) string {
			return predictor("    annotations:\n      k: |\n" + strings.Repeat("        0123456789\n", n))
		}),
		of("a long flow", func(n int) string { return predictor("    labels: {" + repeat(n, "k%[1]d: v,") + "}\n") }),
		of("comments", func(n int) string { return strings.Repeat("# comment\n", n) + predictor("") }),
		of("escapes", func(n int) string {
			return predictor(`    annotations: {k: "` + strings.Repeat(`\u0001\"`, n) + "\"}\n")
		}),
		of("blank lines", func(n int) string { return predictor(strings.Repeat("\n", n)) }),
		// Values.
		values("unknown values", func(n int) string { return repeat(n, "k%[1]d: v\n") }),
		values("repeated values", func(n int) string { return repeat(n, "k: v\n") }),
		values("servers", func(n int) string {
			return "predictor_servers:\n" + repeat(n, "  S%[1]d: {protocols: {seldon: {image: i, defaultImageVersion: '1'}}}\n")
		}),
		values("credentials", func(n int) string {
			return "seldonctl:\n  credentials:\n" + repeat(n, "  - {name: s%[1]d, kind: ServiceAccount}\n")
		}),
		values("credentials of one name", func(n int) string {
			return "seldonctl:\n  credentials:\n" + repeat(n, "  - {name: s, kind: ServiceAccount}\n")
		}),
		values("credentials with a namespace", func(n int) string {
			return "seldonctl:\n  credentials:\n" + repeat(n, "  - {name: s%[1]d, namespace: n, kind: ServiceAccount}\n")
		}),
		values("fields of a credential", func(n int) string {
			return "seldonctl:\n  credentials:\n  - name: s\n    provider: minio\n    fields:\n" + repeat(n, "      f%[1]d: v\n")
		}),
		values("merged values", func(n int) string { return "manager:\n  <<: &a\n" + repeat(n, "    k%[1]d: v\n") }),
		values("a list", func(n int) string { return "manager:\n" + repeat(n, "- v%[1]d\n") }),
	}
}
