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
)

func valuesCodes() []Definition {
	return []Definition{
		{
			ValuesSyntax, Error, "values file cannot be read",
			"The file is no YAML, or its top is a list or a text where the chart wants a map.",
			"Mend the file; `helm template --values FILE` refuses it too.",
		},
		{
			ValuesRepeatedKey, Warning, "key stands twice in a map of the values",
			"Helm silently takes the last one of equal keys, the others are lost.",
			"Join the two places into one.",
		},
		{
			ValuesExtraDocument, Warning, "values file has more than one document",
			"Helm reads the first document of a values file and ignores what follows the line ---.",
			"Put the others into files of their own and give --values for each.",
		},
		{
			ValuesSetSyntax, Error, "--set expression cannot be read",
			"The expression is no list of key=value pairs in Helm's syntax.",
			"Write key.sub=value,other=value; put a backslash before a comma that belongs to a value, and quote the whole for the shell.",
		},
		{
			ValuesUnknownKey, Warning, "chart does not know the key",
			"The key is misspelt or stands at another level than the chart reads it from; it has no effect.",
			"Use the key that is offered, or remove it; docs/values.md lists all of them.",
		},
		{
			ValuesOtherReleaseKey, Warning, "key belongs to another release's chart",
			"The values were written for another release of Seldon Core, whose chart has the key; here it has no effect.",
			"Render the release that the values are for with --seldon-version, or remove the key.",
		},
		{
			ValuesKeyWithoutEffect, Note, "key is the chart's, but the operator never reads it",
			"The chart passes the value to the manager under a name that the operator does not look at.",
			"Nothing needs to be done; remove the key to avoid the impression that it works.",
		},
		{
			ValuesWrongKind, Error, "value is of a kind that the chart cannot use",
			"A map stands where text is wanted or the other way round, or null took a map away that the chart reads keys of.",
			"Give the kind that docs/values.md shows for the key; to go back to the default remove the key.",
		},
		{
			ValuesUnquoted, Error, "value of the operator's configuration is no string",
			"The subtree becomes JSON that the operator reads as strings only; a bare number or boolean makes it crash on each SeldonDeployment that needs the subtree.",
			`Quote the value: cpuLimit: "1", or --set-string.`,
		},
		{
			ValuesApostrophe, Error, "value of the operator's configuration has an apostrophe",
			"The chart writes the subtree between apostrophes without escaping, so the result is broken YAML.",
			"Remove the apostrophe.",
		},
		{
			ValuesExponent, Warning, "number is printed with an exponent",
			"Helm reads bare numbers of a values file as floating point, and its templates print those from 1000000 on with an exponent; the operator then finds no integer.",
			"Quote the number, or give it with --set.",
		},
		{
			ValuesConfigIgnored, Warning, "parts of the values are ignored because of managerCreateResources",
			"With managerCreateResources the chart writes no seldon-config; the manager makes one from its own defaults.",
			"Set managerCreateResources to false, or remove the ignored parts.",
		},
		{
			ValuesOtherImage, Warning, "image is of another release than the one rendered",
			"The values name images of another release of Seldon Core; arguments and environment may not fit them.",
			"Render that release with --seldon-version, or take the release's own images.",
		},
		{
			ValuesOtherInitializer, Warning, "storage initializer is of another kind than the release's",
			"Releases up to 1.7 fetch models with kfserving's initializer, later ones with rclone; they read different variables from the Secret.",
			"See that envSecretRefName names a Secret for this initializer, or take the release's own image.",
		},
		{
			ValuesUnknownVariable, Warning, "operator does not know the variable",
			"A name under seldonctl.operator is none of the environment variables that the release's manager reads.",
			"Use the name that is offered, or remove it; docs/values.md lists the variables.",
		},
		{
			OperatorFileSyntax, Error, "saved operator settings cannot be read",
			"The file given with --operator is no YAML or JSON as kubectl prints it, or a key of the ConfigMap holds no JSON.",
			"Save it again: kubectl get configmap seldon-config -o yaml > FILE.",
		},
		{
			OperatorFileEmpty, Error, "file holds no operator settings",
			"Neither the ConfigMap seldon-config nor the manager's Deployment is in the file.",
			"Save them with kubectl -n seldon-system get configmap/seldon-config deployment/seldon-controller-manager -o yaml > FILE.",
		},
		{
			OperatorFileReference, Warning, "variable of the manager refers to something that is not in the file",
			"The variable takes its value from a Secret, a ConfigMap or a field, so that its text is unknown here.",
			"Set the text under seldonctl.operator in a values file.",
		},
		{
			ValuesUnquotedAhead, Warning, "value of the operator's configuration will make it crash where it is needed",
			"The subtree becomes JSON that the operator reads as strings only. SeldonDeployments that do not need the subtree are rendered all the same.",
			`Quote the value: cpuLimit: "1", or --set-string.`,
		},
	}
}
