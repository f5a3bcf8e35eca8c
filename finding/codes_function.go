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
			"A KRM function reads a ResourceList from standard input, as kustomize and kpt pass it, but the input is something else, such as plain manifests.",
			"Run the function with kustomize or kpt; to render files, use seldonctl render."},
		{BadFunctionConfig, Error, "unsupported kind of functionConfig",
			"The function supports a SeldonRender, a ConfigMap, a SeldonDeployment, or no functionConfig.",
			"Use apiVersion: seldonctl.io/v1alpha1 and kind: SeldonRender."},
		{UnknownOption, Error, "unknown option in the functionConfig",
			"The name of an option is misspelt, or the option is not under spec (in a ConfigMap: data).",
			"Use one of the options in the finding; docs/krm.md describes them."},
		{WrongOption, Error, "invalid option in the functionConfig",
			"The value has the wrong type, is not one of the allowed values, or is set twice.",
			"Write the value as shown in docs/krm.md. Quote versions: without quotes 1.30 is the number 1.3."},
		{ForeignObject, Error, "an object not rendered by the function",
			"The items contain an object with the same group, kind, namespace and name as a rendered one, but without the annotation with which the function marks its objects. Unmarked objects are never replaced.",
			"Rename one of the two. An object written by seldonctl render can be deleted: the function creates it again."},
		{ObjectRemoved, Note, "a stale object was removed",
			"An earlier run of the function created the object, but its SeldonDeployment no longer yields it or was removed.",
			"No action is needed."},
		{NothingToRender, Warning, "no SeldonDeployment to render",
			"Neither the items nor the functionConfig contain a SeldonDeployment. kustomize passes no resources to generators, only their configuration.",
			"Run the function as a transformer, or list SeldonDeployments in the functionConfig under files or deployments."},
		{FunctionCrashed, Error, "internal error of the function",
			"This is a bug in seldonctl; the items are returned unchanged.",
			"Please report it with the message and the SeldonDeployment."},
	}
}
