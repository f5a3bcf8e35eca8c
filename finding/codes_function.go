package finding

// Codes about KRM functions.
const (
	BadResourceList   Code = "SDC801"
	BadFunctionConfig Code = "SDC802"
	UnknownOption     Code = "SDC803"
	WrongOption       Code = "SDC804"
	ForeignObject     Code = "SDC811"
	ObjectRemoved     Code = "SDC812"
	NothingToRender   Code = "SDC813"
	FunctionCrashed   Code = "SDC821"
)

func functionCodes() []Definition {
	return []Definition{
		{BadResourceList, Error, "the function was not given a ResourceList",
			"A KRM function reads a ResourceList on standard input, as kustomize and kpt pass it; something else came, such as plain manifests.",
			"Run the function by kustomize or kpt; to render files use seldonctl render."},
		{BadFunctionConfig, Error, "the functionConfig is of a kind that is not understood",
			"The function takes a SeldonRender, a ConfigMap, a SeldonDeployment, or nothing.",
			"Write apiVersion: seldonctl.io/v1alpha1 and kind: SeldonRender."},
		{UnknownOption, Error, "the functionConfig has a field that is not known",
			"The name of an option is misspelt, or the option does not stand below spec (in a ConfigMap: data).",
			"Use one of the options that the finding lists; docs/krm.md describes them."},
		{WrongOption, Error, "an option of the functionConfig cannot be used",
			"The value is of another type than the option has, is none of those that are allowed, or is given twice.",
			"Write the value as docs/krm.md shows it. Versions need quotes: without them 1.30 is the number 1.3."},
		{ForeignObject, Error, "an object that was not rendered is in the way",
			"Among the items is an object of the same group, kind, namespace and name as one that is rendered, without the annotation that the function marks its objects with. Nothing unmarked is ever replaced.",
			"Rename one of the two. An object that an earlier seldonctl render wrote can be deleted: the function makes it again."},
		{ObjectRemoved, Note, "an object that is not rendered any more was removed",
			"An earlier run of the function made it, and its SeldonDeployment does not yield it any more or is gone.",
			"Nothing needs to be done."},
		{NothingToRender, Warning, "there is no SeldonDeployment to render",
			"None is among the items that the function was given, and the functionConfig names none. Generators of kustomize see no resources, only their configuration.",
			"Run the function as a transformer, or name SeldonDeployments in the functionConfig under files or deployments."},
		{FunctionCrashed, Error, "the function failed by a fault of its own",
			"This is a fault of seldonctl; the items went back as they came.",
			"Please report it, with the message and the SeldonDeployment."},
	}
}
