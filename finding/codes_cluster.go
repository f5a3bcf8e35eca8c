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
	PullPolicy           Code = "SDC534"
	RequestsOverLimits   Code = "SDC535"
	FractionalBytes      Code = "SDC536"

	ServiceSelectsNothing Code = "SDC541"
	UncalledService       Code = "SDC542"
	ServiceWithoutPorts   Code = "SDC543"
	ServicePortUnserved   Code = "SDC544"
	SelectorMissing       Code = "SDC545"

	AutoscalerBounds Code = "SDC551"
	AutoscalerMetric Code = "SDC552"
	BudgetForm       Code = "SDC553"
	ReplicaCount     Code = "SDC554"
	TrafficRange     Code = "SDC555"

	ReferenceWithoutNamespace Code = "SDC561"
)

func clusterCodes() []Definition {
	return slices.Concat(objectCodes(), podCodes(), containerCodes(), serviceCodes(), scalingCodes(), referenceCodes())
}

func objectCodes() []Definition {
	return []Definition{
		{IllegalName, Warning, "a name that Kubernetes refuses",
			"Objects are named after the SeldonDeployment, its predictors and containers, and the API server refuses a name with other characters than lower-case letters, digits and hyphens, or a Service's name that does not begin with a letter.",
			"Rename what the finding points at."},
		{IllegalLabel, Warning, "a label that Kubernetes refuses",
			"Keys and values of labels have at most 63 characters: letters, digits, dots, hyphens and underscores, with a letter or digit at both ends.",
			"Shorten or rename what the finding points at."},
		{IllegalAnnotation, Warning, "annotations that Kubernetes refuses",
			"The key of an annotation follows the rules of label keys, and all annotations of an object together have at most 256 KiB. The operator of 1.7.0 also makes keys out of the values of predictor annotations.",
			"Correct the key. A value that becomes a key can be given in spec.annotations instead."},
		{RepeatedObject, Warning, "two objects of one name",
			"Two rendered objects have the same kind and name: the second overwrites the first.",
			"Rename one of the things that the finding names."},
		{SelectorMismatch, Warning, "a Deployment that does not select its own pods",
			"A label of yours overrules one that the Deployment selects its pods by; the API server refuses the Deployment.",
			"Remove the label."},
	}
}

func podCodes() []Definition {
	return []Definition{
		{DuplicateContainer, Warning, "two containers of one name",
			"Names of containers and init containers are unique in a pod; the API server refuses the Deployment.",
			"Rename or remove one."},
		{DuplicateVolume, Warning, "two volumes of one name",
			"The API server refuses the Deployment. Volumes that the operator adds have fixed names, so that two models on persistent volume claims, or two with Google keys, cannot share a pod.",
			"Give the units component specs of their own, or rename your volume."},
		{DuplicateVariable, Warning, "a variable is given twice",
			"The last one counts. kubectl apply warns about it, and server-side apply refuses the object.",
			"Remove one. Rendering with --server-side-apply keeps the last."},
		{DuplicatePort, Warning, "a port is given twice",
			"Two ports of a container have the same number and protocol, which server-side apply refuses, or the same name, which every API server refuses.",
			"Remove or rename one. Rendering with --server-side-apply keeps one port for each number."},
		{DuplicateMount, Warning, "two mounts at one path",
			"The API server refuses a container with two volumes at the same path.",
			"Mount your volume elsewhere."},
		{MountWithoutVolume, Warning, "a mount of a volume that does not exist",
			"The API server refuses a pod that mounts a volume which it does not have. An init container of yours with the name of the storage initializer keeps the operator from adding the volume of the model.",
			"Add the volume to the component spec."},
		{PortCollision, Warning, "two containers of a pod on one port",
			"The containers of a pod share one network address; the second to listen on a port fails.",
			"Move one to another port."},
		{PortOutOfRange, Warning, "a port number that does not exist",
			"Ports are numbers from 1 to 65535; the API server refuses others.",
			"Correct the number."},
		{PortsExhausted, Error, "there are not enough ports",
			"The operator counts the ports of containers upwards and does not stop at 65535.",
			"Start from lower numbers, or split the SeldonDeployment."},
		{UselessProbe, Warning, "a probe that cannot work",
			"The probe says nothing about what to ask, which the API server refuses, or it asks a port name that the container does not have.",
			"Give the probe a port by its number, or remove it."},
		{PodField, Warning, "a field that a Deployment cannot have",
			"The API server refuses Deployments whose pods are not restarted, have a deadline or ephemeral containers, or whose init containers have probes or a lifecycle without restartPolicy Always.",
			"Remove the field."},
		{DuplicateEntry, Warning, "a list has an entry twice",
			"Server-side apply merges the list by its key and refuses entries with the same key.",
			"Remove one."},
		{PortName, Warning, "a port name that Kubernetes refuses",
			"Names of ports have at most 15 characters: lower-case letters, digits and hyphens, among them a letter.",
			"Rename the port."},
		{VariableName, Warning, "a variable name that Kubernetes refuses",
			"A variable needs a name of letters, digits, dots, hyphens and underscores that does not begin with a digit.",
			"Rename the variable. Annotations that begin with seldon.io/engine- become variables of the orchestrator."},
		{SharedPortName, Note, "a port name in several containers of a pod",
			"The operator names the ports of every container alike. API servers from Kubernetes 1.34 on warn that those who ask the pod for a port by its name get the first.",
			"Nothing needs to be done: rendered Services and probes find their ports. A Service of your own should name ports by number."},
	}
}

func containerCodes() []Definition {
	return []Definition{
		{MissingImage, Warning, "a container without image",
			"Neither the container nor the values name an image; the API server refuses the Deployment. Model servers have images for some protocols only.",
			"Name an image, choose another protocol, or add the protocol to the server's entry under predictor_servers."},
		{UnpinnedImage, Note, "an image that can change",
			"Without a tag, or with the tag latest, pods of one Deployment can run different programs.",
			"Name a version or a digest."},
		{ContainerWithoutUnit, Note, "a container that is no unit",
			"No unit of the graph has the container's name: it runs as a sidecar and is not called.",
			"Nothing needs to be done for a sidecar; otherwise name unit and container alike."},
		{PullPolicy, Warning, "an unknown pull policy",
			"The API server knows Always, IfNotPresent and Never.",
			"Use one of these words."},
		{RequestsOverLimits, Warning, "a container requests more than its limit",
			"The API server refuses the Deployment.",
			"Raise the limit or lower the request."},
		{FractionalBytes, Warning, "memory in fractions of a byte",
			"The unit m means thousandths, also for memory: 512m is half a byte.",
			"Write Mi or Gi."},
	}
}

func serviceCodes() []Definition {
	return []Definition{
		{ServiceSelectsNothing, Warning, "a Service without pods",
			"No rendered pod has the label that the Service selects. In release 1.7.0 the containers of a pod share one such label, and the last container has it.",
			"Put the unit's container into a component spec of its own."},
		{UncalledService, Note, "a Service without pods that nobody calls",
			"In release 1.7.0 the containers of a pod share one label, and only the Service of the last one finds the pod. The orchestrator calls units in its own pod directly, so nothing breaks.",
			"Nothing needs to be done, unless you call the Service yourself."},
		{ServiceWithoutPorts, Warning, "a Service without ports",
			"Both ports of the Service are 0; the API server refuses a Service without ports.",
			"Correct the ports in the values."},
		{ServicePortUnserved, Warning, "a Service's port that no container has",
			"The Service leads to a port that none of its containers names.",
			"Give the container's port the Service's number."},
		{SelectorMissing, Warning, "a placement rule without labelSelector",
			"A rule of podAffinity, podAntiAffinity or topologySpreadConstraints without labelSelector matches no pod, and so does nothing.",
			"Give it a labelSelector; the pods have the label seldon-deployment-id."},
	}
}

func scalingCodes() []Definition {
	return []Definition{
		{AutoscalerBounds, Warning, "bounds of an autoscaler that Kubernetes refuses",
			"minReplicas and maxReplicas are at least 1, and maxReplicas is not the smaller one.",
			"Correct the numbers."},
		{AutoscalerMetric, Warning, "a metric that Kubernetes refuses",
			"A metric needs the part that its type names, and exactly one target. The operator of 1.18.2 writes a value of 0 next to averageValue of an Object metric.",
			"Correct the metric; metricsv2 is written as it is."},
		{BudgetForm, Warning, "a disruption budget that Kubernetes refuses",
			"A PodDisruptionBudget has minAvailable or maxUnavailable, not both.",
			"Remove one of them."},
		{ReplicaCount, Warning, "a number of replicas that Kubernetes refuses",
			"Replicas cannot be negative, and a progress deadline must be positive.",
			"Correct the number."},
		{TrafficRange, Warning, "traffic that is no percentage",
			"The operator does not check the traffic of a single predictor, and ingresses expect a share from 0 to 100.",
			"Correct the number, or remove it."},
	}
}

func referenceCodes() []Definition {
	return []Definition{
		{ReferenceWithoutNamespace, Warning, "a ServiceAccount or Secret without namespace",
			"An object without namespace goes where kubectl's context points, which nobody knows here; so it cannot be matched with the SeldonDeployment that names it, and its credentials are not rendered.",
			"Give it a metadata.namespace, or say with -n which namespace is meant."},
	}
}
