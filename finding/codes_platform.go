package finding

// Codes about platform files.
const (
	BadPlatform       Code = "SDC851"
	PlatformConflict  Code = "SDC852"
	PlatformUnused    Code = "SDC853"
	PlatformForbidden Code = "SDC854"
	PlatformUser      Code = "SDC855"
	PlatformUnwritten Code = "SDC856"
)

func platformCodes() []Definition {
	return []Definition{
		{BadPlatform, Error, "invalid platform file",
			"The file is not a SeldonPlatform, or one of its rules holds what Kubernetes would refuse: two handlers of a probe, a negative number, an unknown word, a label of the wrong form.",
			"Correct the rule; docs/platform.md has examples."},
		{PlatformConflict, Error, "two rules enforce different values",
			"Both rules match the same object, and what is enforced has no order of precedence.",
			"Let one of the rules match less, or move one of the values to defaults."},
		{PlatformUnused, Warning, "a rule that matched nothing",
			"No SeldonDeployment of the input has what the rule asks for, such as its namespace or its server.",
			"Correct match, or remove the rule."},
		{PlatformForbidden, Error, "a pod that a Pod Security Standard forbids",
			"podSecurity fills in what the standard asks for. It does not take away what a pod was given on purpose, such as a folder of the node: the pod would start without it and fail.",
			"Remove it from the SeldonDeployment, replace it with enforce, or let the rule not match it."},
		{PlatformUser, Note, "a container that may run as root",
			"The restricted standard asks for runAsNonRoot. Without runAsUser a node starts the container only if the image names its user by number, and not as root.",
			"Set runAsUser, unless the cluster assigns one, as OpenShift does."},
		{PlatformUnwritten, Warning, "a field that the object's API version lacks",
			"Rules are written in the types of current clusters. A HorizontalPodAutoscaler that is rendered for an old one, in autoscaling/v2beta1, has no behavior, and metrics of another form.",
			"Render for a newer Kubernetes, or let the rule not match it."},
	}
}
