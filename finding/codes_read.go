package finding

// Codes about reading documents.
const (
	UnreadableInput  Code = "SDC101"
	EmptyFolder      Code = "SDC102"
	NotUTF8          Code = "SDC103"
	BadSyntax        Code = "SDC104"
	TooLarge         Code = "SDC105"
	NotAnObject      Code = "SDC106"
	UnknownKind      Code = "SDC107"
	OutsideFolder    Code = "SDC108"
	FileLeftOut      Code = "SDC109"
	UnknownField     Code = "SDC110"
	FieldTooNew      Code = "SDC111"
	DuplicateKey     Code = "SDC112"
	WrongType        Code = "SDC113"
	BadQuantity      Code = "SDC114"
	OutOfRange       Code = "SDC115"
	BadFormat        Code = "SDC116"
	MissingField     Code = "SDC117"
	KeyNotText       Code = "SDC118"
	ListItemReworded Code = "SDC119"
	TypographicQuote Code = "SDC120"
	Placeholder      Code = "SDC121"
	StraySpace       Code = "SDC122"
	FieldPruned      Code = "SDC123"
)

func readCodes() []Definition {
	return []Definition{
		{UnreadableInput, Error, "An input cannot be read",
			"A file or folder does not exist, cannot be read, or is part of a loop of symbolic links.",
			"Check the name and the permissions; specify each folder of a loop once."},
		{EmptyFolder, Warning, "A folder contains no manifests",
			"The folder contains no file that ends in .yaml, .yml or .json.",
			"Check the path, or pass -R to include subfolders."},
		{NotUTF8, Error, "A file is not UTF-8 text",
			"The file contains bytes that are not UTF-8, is UTF-16, or contains control characters that YAML does not allow.",
			"Save the file as UTF-8."},
		{BadSyntax, Error, "A document is not YAML or JSON",
			"The text is not valid YAML: for example a tab in the indentation, a missing closing quote, or inconsistent indentation.",
			"Fix the line in the message; the cause may be in the line above it."},
		{TooLarge, Error, "A document is too large or nested too deeply",
			"Kubernetes does not store objects of this size. The limits also protect against input that is crafted to exhaust memory.",
			"Split the document; expand aliases that refer to each other."},
		{NotAnObject, Error, "A document is not a Kubernetes object",
			"The document is not a mapping, or apiVersion or kind is missing. The file may be a values file or a kustomization.",
			"Pass only manifests, or add apiVersion and kind."},
		{UnknownKind, Error, "An unknown kind or version of Seldon Core",
			"The document belongs to the group machinelearning.seldon.io, but its version or kind does not exist.",
			"Use apiVersion: machinelearning.seldon.io/v1 and kind: SeldonDeployment."},
		{OutsideFolder, Error, "A file is outside the folder that the run is confined to",
			"With --confine or the variable SELDONCTL_CONFINE, no file outside a folder is read or written, whether by its name, by a link, or because a values file refers to it.",
			"Move the file into the folder; a link must not lead out of it."},
		{FileLeftOut, Note, "A file or folder is left out",
			"A kustomization is for kustomize, and a folder whose name begins with a dot holds files of other programs.",
			"No change is needed. Name the file or folder explicitly to read it. A kustomization with patches changes what is beside it: build it and render what kustomize writes."},
		{UnknownField, Error, "An unknown field",
			"The name is misspelt, has the wrong case, or is at the wrong level of indentation. A cluster drops such a field.",
			"Use the suggested name, or indent the field correctly. --validate=warn and --validate=ignore drop it as a cluster would."},
		{FieldTooNew, Error, "A field is newer than the release",
			"The release of Seldon Core was built with an older version of the Kubernetes types and drops the field.",
			"Remove the field, or render for a release that supports it. --validate=warn and --validate=ignore drop it as the operator would."},
		{DuplicateKey, Error, "A duplicate key",
			"A mapping contains the same key more than once; all values but the last are lost.",
			"Keep one of them."},
		{WrongType, Error, "A value has the wrong type",
			"For example, the field is a string and the value a number or boolean, or the field is a mapping and the value a list. Kubernetes reads YAML 1.1, in which yes, no, on and off are booleans.",
			"Quote strings; check the indentation of lists and mappings."},
		{BadQuantity, Error, "An invalid quantity",
			"A quantity is a number with an optional suffix such as m, Ki, Mi, Gi, k, M or G.",
			"Use for example 500m, 2 or 1Gi."},
		{OutOfRange, Error, "A number does not fit its field",
			"The number exceeds the 32 or 64 bits of the field, or has a fraction although the field is an integer.",
			"Use an integer within the range."},
		{BadFormat, Error, "A value has the wrong format for its field",
			"The field has a specific format, such as a time or base64, and the value does not match it.",
			"Write times as 2006-01-02T15:04:05Z; encode the data of Secrets with base64, or use stringData."},
		{MissingField, Warning, "A required field is missing",
			"The custom resource definition requires the field, so a cluster would reject the SeldonDeployment. It is rendered nevertheless.",
			"Add the field."},
		{KeyNotText, Warning, "A key is not a string",
			"The key of a label or annotation is a number or a YAML 1.1 boolean such as y or on, which Kubernetes reads as something other than what is written.",
			"Quote the key."},
		{ListItemReworded, Note, "An item of a List is rewritten",
			"The item uses anchors of the surrounding List, or a layout that is not valid on its own, so it is written as JSON and its comments are lost.",
			"Move the item to a document of its own."},
		{TypographicQuote, Warning, "A value has the quotes of a word processor",
			"The only quotes in YAML are \" and '. Others, such as those of a word processor or a web page, are part of the value.",
			"Type \" or ' in their place."},
		{Placeholder, Warning, "A value holds a variable, a template or a placeholder",
			"An address, an image or the name of an object has the form ${NAME}, $NAME, {{ ... }} or <name>. Rendering replaces nothing, and what replaces text in rendered manifests does not reach ENGINE_PREDICTOR, where the value stands in base64.",
			"Replace it before rendering: envsubst, helm template, a kustomize replacement."},
		{StraySpace, Warning, "A value begins or ends with white space",
			"Quotes keep the space around a value, and so does a block of text (| or >) its last line break. In an address, an image or a name it is taken for a part of it.",
			"Remove the space, or the quotes around it."},
		{FieldPruned, Note, "A cluster with the operator drops a field",
			"The schema of the release's custom resource is older than the operator's types: an API server removes the field, although the operator would use it. seldonctl renders it unless the finding says that it is left out.",
			"No change is needed to use the field. To get what the cluster runs today, remove it."},
	}
}
