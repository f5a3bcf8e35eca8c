package explain

import (
	"strings"
	"sync"
)

// Rule is what the operator does at a place of an object, whatever the input.
type Rule struct {
	// Section is where docs/behaviour tells more: a document and a section.
	Section string
	// Text is the rule in a sentence, without full stop.
	Text string
	// Quirk says that this looks wrong and is rendered all the same.
	Quirk bool
	// Change is how a user can change what the rule does, empty if only a field or
	// a value does that, or nothing.
	Change string
}

// row is a rule with the kinds of objects and the paths that it is for.
type row struct {
	kind, path string
	Rule
}

// Rules returns all rules, in the order in which they are asked.
func Rules() []Rule {
	var out []Rule
	for _, r := range table() {
		out = append(out, r.Rule)
	}
	return out
}

// ruleOf returns the first rule for a place; the last rows are for any.
func ruleOf(kind, named string) Rule {
	for _, r := range table() {
		if (r.kind == "" || r.kind == kind) && matches(r.path, named) {
			return r.Rule
		}
	}
	return Rule{}
}

var table = sync.OnceValue(rows)

// matches reports whether a path has a form; a star stands for any text, and bars
// divide forms.
func matches(forms, path string) bool {
	for form := range strings.SplitSeq(forms, "|") {
		if matchesForm(form, path) {
			return true
		}
	}
	return false
}

func matchesForm(form, path string) bool {
	start, rest, star := strings.Cut(form, "*")
	path, ok := strings.CutPrefix(path, start)
	if !ok || !star {
		return ok && path == ""
	}
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(path, part)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path, rest = path[i+len(part):], after
	}
}

const (
	anyPod    = "spec.template.spec."
	anyEngine = anyPod + "containers[seldon-container-engine]."
)

// rows are the rules, by kind and path: those of an object's own first, then
// those of parts that several kinds have.
func rows() []row {
	var all []row
	for _, group := range [][]row{payloadRows(), orchestratorRows(), initializerRows(), containerRows(), podRows(), deploymentRows(), otherRows()} {
		all = append(all, group...)
	}
	return all
}

func payloadRows() []row {
	return []row{
		{"Deployment", anyEngine + "env[ENGINE_PREDICTOR].value", Rule{"orchestrator-ingress.md, 1.5",
			"the predictor as the orchestrator sees it, as JSON in base64", false, ""}},
		{"Deployment", anyEngine + "env[ENGINE_PREDICTOR].value.traffic|" + anyEngine + "env[ENGINE_PREDICTOR].value.replicas", Rule{"orchestrator-ingress.md, 1.5",
			"the orchestrator is shown neither traffic nor replicas, so that changing them restarts nothing", false, ""}},
		{"Deployment", anyEngine + "env[ENGINE_PREDICTOR].value.graph.*", Rule{"core.md, 3.2",
			"the graph after defaulting: types, methods and endpoints are filled in", false, ""}},
		{"Deployment", anyEngine + "env[ENGINE_PREDICTOR].value.componentSpecs*", Rule{"core.md, 12.3",
			"a snapshot of the pods before the orchestrator joins them", false, ""}},
		{"Deployment", anyEngine + "env[ENGINE_PREDICTOR].value.*", Rule{"orchestrator-ingress.md, 1.5",
			"every field of the predictor that the release's types always write", false, ""}},
	}
}

func orchestratorRows() []row {
	return []row{
		{"Deployment", anyEngine + "env*", Rule{"orchestrator-ingress.md, 1.3",
			"variables of the orchestrator, in a fixed order: its own, those of svcOrchSpec, those of annotations", false,
			"add variables under svcOrchSpec.env of the predictor"}},
		{"Deployment", anyEngine + "resources*", Rule{"orchestrator-ingress.md, 1.4",
			"resources of the orchestrator: those of svcOrchSpec, else those of the values", false,
			"set svcOrchSpec.resources of the predictor"}},
		{"Deployment", anyEngine + "ports*", Rule{"orchestrator-ingress.md, 1.1",
			"the orchestrator's HTTP, metrics and gRPC ports", true, ""}},
		{"Deployment", anyEngine + "*", Rule{"orchestrator-ingress.md, 1.1",
			"the service orchestrator, which leads requests through the graph", false,
			`leave it out with the annotation seldon.io/no-engine: "true" on the predictor`}},
	}
}

func initializerRows() []row {
	return []row{
		{"Deployment", anyPod + "initContainers[*-model-initializer].env*", Rule{"core.md, 10",
			"credentials of the ServiceAccount's Secrets, for the program that fetches the model", false,
			"name a Secret with envSecretRefName of the unit, or another serviceAccountName"}},
		{"Deployment", anyPod + "initContainers[*-model-initializer].args*", Rule{"core.md, 9",
			"what to fetch, and where to put it", false, ""}},
		{"Deployment", anyPod + "initContainers[*-model-initializer].resources*", Rule{"core.md, 9",
			"resources of the storage initializer, from the values", false, ""}},
		{"Deployment", anyPod + "initContainers[*-model-initializer]*", Rule{"core.md, 9",
			"the storage initializer, which fetches the model before the server starts", false,
			"bring an init container of that name in the component spec"}},
		{"Deployment", "*[*-provision-location]*|*[kfserving-pvc-source]*", Rule{"core.md, 9",
			"the volume through which the storage initializer hands over the model", false, ""}},
		{"Deployment", anyPod + "volumes[user-gcp-sa]*|" + anyPod + "*volumeMounts[user-gcp-sa]*", Rule{"core.md, 10.2",
			"the file with Google credentials", false, ""}},
	}
}

func containerRows() []row {
	const anyContainer = anyPod + "containers[*]."
	return []row{
		{"Deployment", "*[seldon-cert-volume]*|" + anyPod + "*env[SELDON_CERT_MOUNT_PATH]*", Rule{"core.md, 12.4",
			"the certificate of the predictor", false, ""}},
		{"Deployment", anyContainer + "env[PREDICTIVE_UNIT_*|" + anyContainer + "env[PREDICTOR_*|" + anyContainer + "env[SELDON_*|" + anyContainer + "env[MLSERVER_*",
			Rule{"core.md, 6.4", "variables that the operator tells every unit", false, ""}},
		{"Deployment", anyContainer + "env*", Rule{"core.md, 6.4",
			"the container's own variables come before those of the operator", false, ""}},
		{"Deployment", anyContainer + "ports*", Rule{"core.md, 6.3",
			"ports metrics, http and grpc are added where the container has none of that name", false,
			"give the container a port of that name in the component spec"}},
		{"Deployment", anyContainer + "livenessProbe*|" + anyContainer + "readinessProbe*", Rule{"core.md, 6.3",
			"a probe is added where the container has none", false, "give the container a probe in the component spec"}},
		{"Deployment", anyContainer + "lifecycle*", Rule{"core.md, 6.3",
			"a container sleeps ten seconds before it stops, unless it has a lifecycle", false, "give the container a lifecycle in the component spec"}},
		{"Deployment", anyContainer + "image", Rule{"core.md, 8.2",
			"the image of the server for the protocol, where the container has none", false, "give the container an image in the component spec"}},
		{"Deployment", anyContainer + "volumeMounts[seldon-podinfo]*", Rule{"core.md, 3.4",
			"every unit can read the annotations of its pod", false, ""}},
		{"Deployment", anyContainer + "args*|" + anyContainer + "command*", Rule{"core.md, 8",
			"how a model server is started", false, "give the container args in the component spec"}},
		{"Deployment", anyContainer + "imagePullPolicy|" + anyContainer + "terminationMessage*", Rule{"differences.md, 3",
			"what a cluster would fill in", false, "set it in the component spec"}},
		{"Deployment", anyContainer + "resources*|" + anyContainer + "securityContext*", Rule{"core.md, 8",
			"as the component spec has it, completed for some servers", false, "set it in the component spec"}},
		{"Deployment", anyContainer + "*", Rule{"core.md, 8",
			"a container of the component spec, completed for its server", false, "set it in the component spec"}},
	}
}

func podRows() []row {
	return []row{
		{"Deployment", anyPod + "volumes[seldon-podinfo]*|" + anyPod + "volumes[podinfo]*", Rule{"core.md, 5.6",
			"the volume with the annotations of the pod", false, ""}},
		{"Deployment", anyPod + "securityContext*", Rule{"core.md, 5.6",
			"the user that the values name, in place of the component spec's or where it names none", true, ""}},
		{"Deployment", anyPod + "terminationGracePeriodSeconds", Rule{"core.md, 5.6",
			"20 seconds, unless the component spec says otherwise", false, "set it in the component spec"}},
		{"Deployment", anyPod + "restartPolicy|" + anyPod + "dnsPolicy|" + anyPod + "schedulerName", Rule{"core.md, 5.6",
			"what a cluster would fill in", false, "set it in the component spec"}},
		{"Deployment", anyPod + "serviceAccountName|" + anyPod + "serviceAccount", Rule{"core.md, 8.1",
			"the account of the unit, else that of the component spec", false, "set serviceAccountName of the unit"}},
		{"Deployment", anyPod + "*", Rule{"core.md, 5.6",
			"as the component spec has it", false, "set it in the component spec"}},
	}
}

func deploymentRows() []row {
	return []row{
		{"Deployment", "spec.strategy*", Rule{"core.md, 5",
			"no pod goes before its successor is ready: a percentage is meant, and 0 is written", true, ""}},
		{"Deployment", "spec.replicas", Rule{"core.md, 5.5",
			"the most specific replicas: of the component spec, the predictor or the SeldonDeployment", false, "set replicas"}},
		{"Deployment", "spec.selector*", Rule{"core.md, 5.1",
			"the labels of the pods that no user label reaches", false, ""}},
		{"Deployment", "spec.progressDeadlineSeconds", Rule{"core.md, 1.3", "as the predictor has it", false, ""}},
		{"Deployment", "metadata.annotations[prometheus.io/*|spec.template.metadata.annotations[prometheus.io/*", Rule{"core.md, 5.3",
			"Prometheus scrapes every pod at the path of the values", false, "set the annotation on the component spec"}},
		{"Deployment", "metadata.annotations*|spec.template.metadata.annotations*", Rule{"core.md, 5.3",
			"annotations of the SeldonDeployment's spec, the predictor and the component spec", false, ""}},
		{"", "*seldon-app-svc*", Rule{"core.md, 6.2",
			"the Service of a container; under one key the last container of a pod wins", true, ""}},
		{"", "*labels[seldon.io/*|*labels[app.kubernetes.io/managed-by]", Rule{"core.md, 7",
			"what the unit is, how much traffic it gets, and who made this", false, ""}},
		{"Deployment", "metadata.labels*|spec.template.metadata.labels*", Rule{"core.md, 5.2",
			"labels of the operator, the predictor and the component spec, later ones winning", false,
			"add labels to the predictor, or to the metadata of the component spec"}},
		{"Deployment", "metadata.name", Rule{"core.md, 2",
			"the names of SeldonDeployment, predictor and containers, or a hash of them beyond 63 characters", false,
			"set metadata.name of the component spec"}},
	}
}

func otherRows() []row {
	return []row{
		{"Service", "metadata.annotations[getambassador.io/config]*", Rule{"orchestrator-ingress.md, 7",
			"routes of Ambassador, as the text that it reads", false,
			"set annotations of Ambassador on the SeldonDeployment, or ambassador.enabled in the values"}},
		{"Service", "metadata.annotations*", Rule{"core.md, 6.1", "annotations of the predictor", false, ""}},
		{"Service", "metadata.name", Rule{"core.md, 2",
			"the names of SeldonDeployment, predictor and container, or a hash of them beyond 63 characters", false,
			"set the annotation seldon.io/svc-name on the predictor"}},
		{"Service", "metadata.labels*", Rule{"core.md, 6.1", "labels of the operator", false, ""}},
		{"Service", "spec.ports*", Rule{"core.md, 6.1",
			"ports of the unit, or of the orchestrator", false, ""}},
		{"Service", "*", Rule{"core.md, 6.1", "a Service of a unit, a predictor or an explainer", false, ""}},
		{"HorizontalPodAutoscaler", "*", Rule{"orchestrator-ingress.md, 5", "the autoscaler of a component spec with hpaSpec", false, ""}},
		{"ScaledObject", "*", Rule{"orchestrator-ingress.md, 5", "the autoscaler of a component spec with kedaSpec", false, ""}},
		{"PodDisruptionBudget", "spec.selector*", Rule{"core.md, 12.2",
			"all pods of the SeldonDeployment, not only those of the component spec", true, ""}},
		{"PodDisruptionBudget", "*", Rule{"orchestrator-ingress.md, 5", "the budget of a component spec with pdbSpec", false, ""}},
		{"VirtualService", "*", Rule{"orchestrator-ingress.md, 6", "routes of Istio, with the share of each predictor", false, ""}},
		{"DestinationRule", "*", Rule{"orchestrator-ingress.md, 6", "the subset of a predictor for Istio", false, ""}},
		{"Mapping", "*", Rule{"differences.md, 16.3", "routes of Ambassador, as objects", false, ""}},
		{"TLSContext", "*", Rule{"orchestrator-ingress.md, 7.3", "the certificate of a predictor for Ambassador", false, ""}},
		{"Deployment", "*", Rule{"core.md, 5", "a Deployment for each component spec, explainer and separate orchestrator", false, ""}},
	}
}
