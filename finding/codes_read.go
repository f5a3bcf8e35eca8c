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
)

func readCodes() []Definition {
	return []Definition{
		{UnreadableInput, Error, "An input cannot be read",
			"A file or folder that was named does not exist, may not be read, or is a loop of symbolic links.",
			"Check the name and the permissions; name each folder of a loop once."},
		{EmptyFolder, Warning, "A folder holds no manifests",
			"A folder that was named has no file ending in .yaml, .yml or .json.",
			"Name the right folder, or pass -R to look into the folders below it."},
		{NotUTF8, Error, "A file is not UTF-8 text",
			"The file holds bytes that are not UTF-8, is UTF-16, or holds control characters that YAML forbids.",
			"Save the file as UTF-8."},
		{BadSyntax, Error, "A document is not YAML or JSON",
			"The text breaks a rule of YAML: a tab in the indentation, a quote that is never closed, lines that are indented unevenly.",
			"Mend the line that is named; the fault may lie in the line above it."},
		{TooLarge, Error, "A document is too large or nested too deeply",
			"Kubernetes would not store an object of this size; limits keep hostile input from using up memory.",
			"Split the document; write out aliases that repeat each other."},
		{NotAnObject, Error, "A document is not a Kubernetes object",
			"The document is no mapping, or lacks apiVersion or kind: a values file or a kustomization may have been named by mistake.",
			"Name manifests only, or add apiVersion and kind."},
		{UnknownKind, Error, "A kind or version of Seldon Core that is not known",
			"The document is of the group machinelearning.seldon.io, but its version or kind is misspelt.",
			"Write apiVersion: machinelearning.seldon.io/v1 and kind: SeldonDeployment."},
		{OutsideFolder, Error, "A file is outside the folder that the run is confined to",
			"With --confine, or the variable SELDONCTL_CONFINE, nothing outside of a folder is read or written: by its name, by a link, or because a values file names it.",
			"Put the file into the folder, as a file and not as a link that leads out of it."},
		{UnknownField, Error, "A field is not known",
			"The name is misspelt, is written with other capitals, or stands at the wrong level of indentation. A cluster drops such a field.",
			"Write the name that is suggested, or indent the field to where it belongs; --validate=warn or --validate=ignore drop it as a cluster would."},
		{FieldTooNew, Error, "A field is newer than the release",
			"The release of Seldon Core was built with an older version of the Kubernetes types and drops the field.",
			"Remove the field, or render for a release that knows it; --validate=warn or --validate=ignore drop it as the operator would."},
		{DuplicateKey, Error, "A key is given twice",
			"A mapping has the same key more than once; all but the last are lost.",
			"Keep one of them."},
		{WrongType, Error, "A value is of the wrong type",
			"A number or a boolean stands where text is wanted, or a list where a mapping is. Kubernetes reads YAML 1.1: yes, no, on and off are booleans.",
			"Put text in quotes; check the indentation of lists and mappings."},
		{BadQuantity, Error, "A quantity cannot be read",
			"A quantity is a number with an optional suffix such as m, Ki, Mi, Gi, k, M or G.",
			"Write for example 500m, 2 or 1Gi."},
		{OutOfRange, Error, "A number does not fit its field",
			"The number is beyond the 32 or 64 bits of the field, or has a fraction where the field holds whole numbers.",
			"Give a whole number within the range."},
		{BadFormat, Error, "A value is not in the format of its field",
			"The field holds a time, base64 or another format of its own, and the value does not follow it.",
			"Write times as 2006-01-02T15:04:05Z; encode Secret data with base64, or use stringData."},
		{MissingField, Warning, "A required field is missing",
			"The custom resource definition requires the field, so a cluster would refuse the SeldonDeployment. It can be rendered all the same.",
			"Add the field."},
		{KeyNotText, Warning, "A key is not text",
			"The key of a label or annotation is a number or a YAML 1.1 boolean such as y or on; Kubernetes reads it as something other than what is written.",
			"Put the key in quotes."},
		{ListItemReworded, Note, "An item of a List is passed through in other words",
			"The item uses anchors of the List around it, or a layout that cannot stand alone, so it is written as JSON and its comments are lost.",
			"Make the item a document of its own."},
	}
}
