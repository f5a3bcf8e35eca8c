package finding

// Codes about the values.
const (
	ValuesSyntax           Code = "SDC301"
	ValuesRepeatedKey      Code = "SDC302"
	ValuesExtraDocument    Code = "SDC303"
	ValuesSetSyntax        Code = "SDC304"
	ValuesUnknownKey       Code = "SDC305"
	ValuesOtherReleaseKey  Code = "SDC306"
	ValuesKeyWithoutEffect Code = "SDC307"
	ValuesWrongKind        Code = "SDC308"
	ValuesUnquoted         Code = "SDC309"
	ValuesApostrophe       Code = "SDC310"
	ValuesExponent         Code = "SDC311"
	ValuesConfigIgnored    Code = "SDC312"
	ValuesOtherImage       Code = "SDC313"
	ValuesOtherInitializer Code = "SDC314"
	ValuesUnknownVariable  Code = "SDC315"
	OperatorFileSyntax     Code = "SDC316"
	OperatorFileEmpty      Code = "SDC317"
	OperatorFileReference  Code = "SDC318"
	ValuesUnquotedAhead    Code = "SDC319"
	ValuesIsManifest       Code = "SDC320"
	ValuesNotASwitch       Code = "SDC321"
)

func valuesCodes() []Definition {
	return []Definition{
		{
			ValuesSyntax, Error, "values file cannot be read",
			"The file is not valid YAML, or its top level is a list or a string instead of a map.",
			"Fix the file; `helm template --values FILE` rejects it too.",
		},
		{
			ValuesRepeatedKey, Warning, "duplicate key in the values",
			"Helm silently uses the last of equal keys; the others are lost.",
			"Merge the two entries.",
		},
		{
			ValuesExtraDocument, Warning, "values file has more than one document",
			"Helm reads only the first document of a values file and ignores everything after the --- line.",
			"Move the others to separate files and pass --values for each.",
		},
		{
			ValuesSetSyntax, Error, "--set expression cannot be read",
			"The expression is not a list of key=value pairs in Helm's syntax.",
			"Write key.sub=value,other=value; escape a comma in a value with a backslash, and quote the expression for the shell.",
		},
		{
			ValuesUnknownKey, Warning, "unknown key",
			"The key is misspelt or at the wrong level; the chart does not read it, so it has no effect.",
			"Use the suggested key, or remove it; docs/values.md lists all keys.",
		},
		{
			ValuesOtherReleaseKey, Warning, "key belongs to another release's chart",
			"The values were written for another release of Seldon Core, whose chart has the key; in this release it has no effect.",
			"Pass the release of the values with --seldon-version, or remove the key.",
		},
		{
			ValuesKeyWithoutEffect, Note, "key has no effect",
			"The chart passes the value to the manager under a name that the operator does not read.",
			"No change is needed; remove the key to avoid confusion.",
		},
		{
			ValuesWrongKind, Error, "value has the wrong type",
			"The value is a map where the chart expects a string or the reverse, or null removed a map that the chart reads keys from.",
			"Use the type shown for the key in docs/values.md; to use the default, remove the key.",
		},
		{
			ValuesUnquoted, Error, "value of the operator's configuration is not a string",
			"The operator parses the values of this subtree as strings; an unquoted number or boolean, or a map in place of a string, makes it crash on every SeldonDeployment that needs the subtree.",
			`Quote the value: cpuLimit: "1", or --set-string.`,
		},
		{
			ValuesApostrophe, Error, "value of the operator's configuration has an apostrophe",
			"The chart writes the subtree in single quotes without escaping, so the result is invalid YAML.",
			"Remove the apostrophe.",
		},
		{
			ValuesExponent, Warning, "number is printed with an exponent",
			"Helm reads unquoted numbers in a values file as floating point, and its templates print numbers from 1000000 with an exponent, which the operator cannot parse as an integer.",
			"Quote the number, or use --set.",
		},
		{
			ValuesConfigIgnored, Warning, "values are ignored because of managerCreateResources",
			"With managerCreateResources the chart does not create seldon-config; the manager creates it from its own defaults.",
			"Set managerCreateResources to false, or remove the ignored parts.",
		},
		{
			ValuesOtherImage, Warning, "image of another release",
			"The values set images of a release of Seldon Core other than the one rendered; arguments and environment may not match them.",
			"Pass that release with --seldon-version, or use the images of the release that is rendered.",
		},
		{
			ValuesOtherInitializer, Warning, "storage initializer of another kind",
			"Up to release 1.7 models are fetched by kfserving's storage initializer, later by rclone; they read different variables from the Secret.",
			"Make sure that envSecretRefName is a Secret for this storage initializer, or use the release's own image.",
		},
		{
			ValuesUnknownVariable, Warning, "unknown variable",
			"A name under seldonctl.operator is not an environment variable that the release's manager reads.",
			"Use the suggested name, or remove it; docs/values.md lists the variables.",
		},
		{
			OperatorFileSyntax, Error, "saved operator settings cannot be read",
			"The file passed with --operator is not YAML or JSON as printed by kubectl, or a key of the ConfigMap is not valid JSON.",
			"Save it again: kubectl get configmap seldon-config -o yaml > FILE.",
		},
		{
			OperatorFileEmpty, Error, "file without operator settings",
			"The file contains neither the ConfigMap seldon-config nor the manager's Deployment.",
			"Save them with kubectl -n seldon-system get configmap/seldon-config deployment/seldon-controller-manager -o yaml > FILE.",
		},
		{
			OperatorFileReference, Warning, "variable of the manager refers to something that is not in the file",
			"The variable takes its value from a Secret, a ConfigMap or a field, so its value is unknown.",
			"Set the value under seldonctl.operator in a values file.",
		},
		{
			ValuesUnquotedAhead, Warning, "value of the operator's configuration that can make it crash",
			"The operator parses the values of this subtree as strings. SeldonDeployments that do not need the subtree are rendered.",
			`Quote the value: cpuLimit: "1", or --set-string.`,
		},
		{
			ValuesIsManifest, Error, "manifest given as values",
			"The file passed with --values has apiVersion and kind: it is a Kubernetes object, of which the chart would read nothing.",
			"Pass the file with -f or as an argument, and the values of the chart with --values.",
		},
		{
			ValuesNotASwitch, Warning, "text in place of true or false",
			"The chart has true or false there, and the operator takes any text but true for false. Quotes of a word processor are part of the text.",
			"Write true or false, without quotes.",
		},
	}
}
