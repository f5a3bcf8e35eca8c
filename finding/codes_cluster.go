package finding

import "slices"

// Codes about what a cluster refuses or breaks.
const (
	IllegalName       Code = "SDC501"
	IllegalLabel      Code = "SDC502"
	IllegalAnnotation Code = "SDC503"
	RepeatedObject    Code = "SDC504"
	SelectorMismatch  Code = "SDC505"

	DuplicateContainer Code = "SDC511"
	DuplicateVolume    Code = "SDC512"
	DuplicateVariable  Code = "SDC513"
	DuplicatePort      Code = "SDC514"
	DuplicateMount     Code = "SDC515"
	MountWithoutVolume Code = "SDC516"
	PortCollision      Code = "SDC517"
	PortOutOfRange     Code = "SDC518"
	PortsExhausted     Code = "SDC519"
	UselessProbe       Code = "SDC520"
	PodField           Code = "SDC521"
	DuplicateEntry     Code = "SDC522"
	PortName           Code = "SDC523"
	VariableName       Code = "SDC524"
	SharedPortName     Code = "SDC525"

	MissingImage         Code = "SDC531"
	UnpinnedImage        Code = "SDC532"
	ContainerWithoutUnit Code = "SDC533"
	PodWord              Code = "SDC534"
	RequestsOverLimits   Code = "SDC535"
	FractionalBytes      Code = "SDC536"
	IllegalImage         Code = "SDC537"

	ServiceSelectsNothing Code = "SDC541"
	UncalledService       Code = "SDC542"
	ServiceWithoutPorts   Code = "SDC543"
	ServicePortUnserved   Code = "SDC544"
	SelectorMissing       Code = "SDC545"
	NothingListens        Code = "SDC546"

	AutoscalerBounds Code = "SDC551"
	AutoscalerMetric Code = "SDC552"
	BudgetForm       Code = "SDC553"
	ReplicaCount     Code = "SDC554"
	TrafficRange     Code = "SDC555"

	ReferenceWithoutNamespace Code = "SDC561"
	IllegalReference          Code = "SDC562"
)

func clusterCodes() []Definition {
	return slices.Concat(objectCodes(), podCodes(), containerCodes(), serviceCodes(), scalingCodes(), referenceCodes())
}

func objectCodes() []Definition {
	return []Definition{
		{IllegalName, Warning, "an invalid name",
			"Objects are named after the SeldonDeployment, its predictors and containers. The API server rejects names with characters other than lower-case letters, digits and \"-\", and Service names that do not start with a letter. This is an error unless the name is a container's.",
			"Change the name in the finding."},
		{IllegalLabel, Warning, "an invalid label",
			"Label keys and values have at most 63 characters: letters, digits, \".\", \"-\" and \"_\", and start and end with a letter or digit.",
			"Change the key or value in the finding."},
		{IllegalAnnotation, Warning, "an invalid annotation",
			"Annotation keys follow the rules of label keys, and all annotations of an object together have at most 256 KiB. The operator of 1.7.0 also uses the values of predictor annotations as keys.",
			"Correct the key. Move an annotation whose value becomes a key to spec.annotations."},
		{RepeatedObject, Warning, "a duplicate object",
			"Two rendered objects have the same kind and name: the second overwrites the first.",
			"Change one of the names in the finding."},
		{SelectorMismatch, Warning, "a Deployment that does not select its own pods",
			"A label in the manifest overrides one by which the Deployment selects its pods; the API server rejects the Deployment.",
			"Remove the label."},
	}
}

func podCodes() []Definition {
	return []Definition{
		{DuplicateContainer, Warning, "a duplicate container name",
			"Names of containers and init containers must be unique in a pod; the API server rejects the Deployment.",
			"Rename or remove one."},
		{DuplicateVolume, Warning, "a duplicate volume name",
			"The API server rejects the Deployment. The operator's volumes have fixed names, so two models on persistent volume claims, or two with Google keys, cannot share a pod.",
			"Give each unit its own component spec, or rename your volume."},
		{DuplicateVariable, Warning, "a duplicate environment variable",
			"The last value is used. kubectl apply prints a warning, and server-side apply rejects the object.",
			"Remove one. Rendering with --server-side-apply keeps the last."},
		{DuplicatePort, Warning, "a duplicate port",
			"Two ports of a container have the same number and protocol, which server-side apply rejects, or the same name, which the API server always rejects.",
			"Remove or rename one. Rendering with --server-side-apply keeps one port for each number."},
		{DuplicateMount, Warning, "a duplicate mount path",
			"The API server rejects a container that mounts two volumes at the same path.",
			"Mount your volume at another path."},
		{MountWithoutVolume, Warning, "a mount without a volume",
			"The API server rejects a container that mounts a volume the pod does not have. If an init container in the manifest has the name of the storage initializer, the operator does not add the model's volume.",
			"Add the volume to the component spec."},
		{PortCollision, Warning, "containers of a pod that use the same port",
			"The containers of a pod share one network namespace; the second one to listen on a port fails.",
			"Use another port for one of them."},
		{PortOutOfRange, Warning, "an invalid port number",
			"Ports are between 1 and 65535; the API server rejects other numbers.",
			"Correct the number."},
		{PortsExhausted, Error, "too many containers for the available ports",
			"The operator assigns ports to containers in ascending order and does not stop at 65535.",
			"Use lower first ports, or split the SeldonDeployment."},
		{UselessProbe, Warning, "a probe that cannot work",
			"The probe has no handler, which the API server rejects, or refers to a port name that the container does not have.",
			"Use a port number, or remove the probe."},
		{PodField, Warning, "a field that a Deployment does not support",
			"The API server rejects Deployments whose pods have a restartPolicy other than Always, an activeDeadlineSeconds or ephemeral containers, or whose init containers have probes or a lifecycle without restartPolicy Always.",
			"Remove the field."},
		{DuplicateEntry, Warning, "a duplicate list entry",
			"Server-side apply merges the list by a key and rejects entries with the same key.",
			"Remove one."},
		{PortName, Error, "an invalid port name",
			"Port names have at most 15 characters: lower-case letters, digits and \"-\", at least one letter.",
			"Rename the port."},
		{VariableName, Warning, "an invalid variable name",
			"Variable names consist of letters, digits, \".\", \"-\" and \"_\", and do not start with a digit.",
			"Rename the variable. Annotations that start with seldon.io/engine- become variables of the orchestrator."},
		{SharedPortName, Note, "containers of a pod that use the same port name",
			"Two containers in the manifest have a port with the same name. The name refers to the first of them, and Kubernetes 1.34 and later prints a warning.",
			"Rename one of the ports, or use port numbers in your own Services. Rendered Services and probes are not affected."},
	}
}

func containerCodes() []Definition {
	return []Definition{
		{MissingImage, Warning, "a container without image",
			"Neither the container nor the values set an image; the API server rejects the Deployment. Model servers have images for some protocols only.",
			"Set an image, use another protocol, or add the protocol to the server's entry in predictor_servers."},
		{UnpinnedImage, Note, "an image without a version",
			"Without a tag, or with the tag latest, pods of one Deployment can run different versions.",
			"Use a tag or a digest."},
		{ContainerWithoutUnit, Note, "a container that is not a unit",
			"No unit of the graph has the container's name, so it runs as a sidecar and is not called. A name that is nearly a unit's is a warning.",
			"No change is needed for a sidecar; otherwise give unit and container the same name."},
		{PodWord, Error, "an unknown word in a pod",
			"The field takes a few words only, such as Always, IfNotPresent and Never for imagePullPolicy or Exists and Equal for the operator of a toleration. Case matters. The API server rejects the Deployment.",
			"Use one of the words in the finding."},
		{RequestsOverLimits, Warning, "a container requests more than its limit",
			"The API server rejects the Deployment.",
			"Raise the limit or lower the request."},
		{FractionalBytes, Warning, "memory in fractions of a byte",
			"The suffix m means thousandths, also for memory: 512m is half a byte.",
			"Use a suffix such as Mi or Gi."},
		{IllegalImage, Warning, "an impossible name of an image",
			"No container runtime can read the name, so the pod never starts (InvalidImageName). Names have no scheme and no capitals, and nothing around them.",
			"Write [REGISTRY/]NAME[:TAG]."},
	}
}

func serviceCodes() []Definition {
	return []Definition{
		{ServiceSelectsNothing, Warning, "a Service without pods",
			"No rendered pod has the label that the Service selects. In release 1.7.0 the containers of a pod share one such label, which has the value for the last container.",
			"Move the unit's container to its own component spec."},
		{UncalledService, Note, "an unused Service without pods",
			"In release 1.7.0 the containers of a pod share one label, and only the Service of the last container selects the pod. The orchestrator calls units in its own pod directly, so predictions work.",
			"No change is needed, unless you call the Service yourself."},
		{ServiceWithoutPorts, Warning, "a Service without ports",
			"Both ports of the Service are 0; the API server rejects a Service without ports.",
			"Correct the ports in the values."},
		{ServicePortUnserved, Warning, "a Service port that no container has",
			"The Service targets a port that no container of its pods has.",
			"Use the same number for the container port and the Service."},
		{SelectorMissing, Warning, "a placement rule without labelSelector",
			"A rule of podAffinity, podAntiAffinity or topologySpreadConstraints without labelSelector matches no pods and has no effect.",
			"Add a labelSelector; the pods have the label seldon-deployment-id."},
		{NothingListens, Warning, "a call to a port on which nothing listens",
			"The orchestrator calls a unit on the port of its endpoint, but a variable or an argument has the unit's container listen on another: a PREDICTIVE_UNIT or MLSERVER port that is set in the manifest, or arguments of a model server without the port. Before release 1.16.0 a prepackaged unit is also called at localhost if its container is in another pod than the orchestrator.",
			"Remove the variable, or give the container a port named http or grpc with that number."},
	}
}

func scalingCodes() []Definition {
	return []Definition{
		{AutoscalerBounds, Warning, "invalid bounds of an autoscaler",
			"minReplicas and maxReplicas must be at least 1, and maxReplicas must not be less than minReplicas.",
			"Correct the numbers."},
		{AutoscalerMetric, Warning, "an invalid metric",
			"A metric requires the field for its type and exactly one target, and clusters measure only the cpu and memory of pods. The operator of 1.18.2 adds a value of 0 to an Object metric with an averageValue.",
			"Correct the metric; metricsv2 is written unchanged."},
		{BudgetForm, Error, "an invalid disruption budget",
			"A PodDisruptionBudget has either minAvailable or maxUnavailable.",
			"Remove one of them."},
		{ReplicaCount, Error, "invalid replicas",
			"replicas must not be negative, and progressDeadlineSeconds must be positive.",
			"Correct the number."},
		{TrafficRange, Warning, "invalid traffic",
			"The operator does not validate the traffic of a single predictor, but ingresses expect a percentage.",
			"Correct the number, or remove it."},
	}
}

func referenceCodes() []Definition {
	return []Definition{
		{ReferenceWithoutNamespace, Warning, "a ServiceAccount or Secret without namespace",
			"An object without a namespace is taken for one of the namespace that models without one are in, default or that of -n. The SeldonDeployment that refers to it is in another, so its credentials are not rendered.",
			"Set its metadata.namespace, or pass the namespace with -n."},
		{IllegalReference, Error, "an impossible name of a ServiceAccount or Secret",
			"No object can have the name that the manifest refers to, and the API server rejects pods that refer to it.",
			"Correct the name: lower-case letters, digits, - and . only."},
	}
}
