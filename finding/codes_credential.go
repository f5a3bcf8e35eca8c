package finding

// Codes about credentials.
const (
	CredentialMissing      Code = "SDC601"
	CredentialInvalid      Code = "SDC602"
	CredentialFile         Code = "SDC603"
	CredentialObject       Code = "SDC604"
	CredentialSuspicious   Code = "SDC605"
	CredentialMisspelt     Code = "SDC606"
	CredentialReader       Code = "SDC607"
	CredentialOnArgs       Code = "SDC608"
	CredentialInline       Code = "SDC609"
	CredentialDeclaration  Code = "SDC610"
	CredentialUnused       Code = "SDC611"
	CredentialNamespace    Code = "SDC612"
	InitializerOtherSecret Code = "SDC621"
	InitializerOtherRemote Code = "SDC622"
	InitializerScheme      Code = "SDC623"
	InitializerNoSecret    Code = "SDC624"
	InitializerNoRemote    Code = "SDC625"
	AttachedSecretIgnored  Code = "SDC626"
	OwnInitializer         Code = "SDC627"
	ModelURIPlace          Code = "SDC628"
	SecretNotInInput       Code = "SDC631"
	AccountNotInInput      Code = "SDC632"
	SecretMalformed        Code = "SDC633"
	SecretKeysUnknown      Code = "SDC634"
	IdentityUnused         Code = "SDC635"
	SecretKeyMissing       Code = "SDC636"
	Migrated               Code = "SDC641"
	MigrationStays         Code = "SDC642"
	MigrationByHand        Code = "SDC643"
)

func credentialCodes() []Definition {
	return []Definition{
		{
			CredentialMissing, Error, "values of a Secret are missing",
			"The storage initializer needs all of the named values; with one missing it falls back to anonymous access or does not start.",
			"Give the values in one of the ways that the finding lists.",
		},
		{
			CredentialInvalid, Error, "value of a Secret cannot be right",
			"The value has a form that the storage initializer cannot use, such as an endpoint without http:// or https://, or a line break in a key.",
			"Mend the value; the finding says what is wrong with it, never the value itself.",
		},
		{
			CredentialFile, Error, "file with credentials cannot be used",
			"The file is not of the kind that is wanted, or something in it is missing.",
			"See the finding for what is missing and for the command that makes such a file.",
		},
		{
			CredentialObject, Error, "name, label or annotation of a Secret is one that Kubernetes refuses",
			"Names have lower-case letters, digits, dashes and dots only; labels and annotations have rules of their own.",
			"Choose another; the finding says which rule is broken.",
		},
		{
			CredentialSuspicious, Warning, "value of a Secret looks wrong",
			"The Secret can be written, but the storage initializer will probably not get in with it: keys that are swapped, temporary keys without their token, quotes that belong to the value.",
			"Check the value; nothing needs to be done if it is meant.",
		},
		{
			CredentialMisspelt, Warning, "variable of an environment file is not used",
			"The file has a name that is nearly that of a variable which is missing, so it is probably misspelt.",
			"Rename the variable in the file.",
		},
		{
			CredentialReader, Note, "which storage initializer the Secret is for",
			"Storage initializers read different variables: up to Seldon Core 1.7 that of kfserving, later rclone.",
			"Nothing needs to be done if the release is the one you use.",
		},
		{
			CredentialOnArgs, Warning, "secret stands in the command line",
			"Arguments of a program are kept in the shell's history, and other users of the machine can see them while it runs.",
			"Give the secret as a file, on standard input or in the environment, and change it if it was seen.",
		},
		{
			CredentialInline, Warning, "secret stands in the values",
			"Values files are kept in version control and in CI logs, where many can read them.",
			"Let the values name an environment variable or a file instead, see docs/credentials.md.",
		},
		{
			CredentialDeclaration, Error, "declaration under seldonctl.credentials cannot be used",
			"A key is unknown or of the wrong kind, or a name is missing or given twice.",
			"Write it as docs/credentials.md shows.",
		},
		{
			CredentialUnused, Warning, "declared credential is used by nothing",
			"An entry of seldonctl.credentials has no namespace, and no SeldonDeployment names its Secret or ServiceAccount: it is written nowhere.",
			"Name the Secret in envSecretRefName, or the ServiceAccount in serviceAccountName; or give the entry a namespace.",
		},
		{
			CredentialNamespace, Warning, "declared credential is for a namespace without SeldonDeployments",
			"An entry of seldonctl.credentials names a namespace that no SeldonDeployment of the input is in. Its Secret is written there all the same: into a namespace that may be somebody else's.",
			"Correct the namespace, or leave it out: the Secret is then written where SeldonDeployments use it.",
		},
		{
			InitializerOtherSecret, Warning, "Secret is for another storage initializer",
			"The unit's Secret has the variables of one storage initializer, but another fetches the model: it sees none of them.",
			"Make the Secret with the provider that the finding names, or choose the other initializer's image.",
		},
		{
			InitializerOtherRemote, Warning, "Secret does not fit the scheme of the modelUri",
			"rclone takes the scheme of the URI for the name of a remote, and each remote needs its own variables with _TYPE among them; other initializers have fixed variables for each scheme.",
			"Rename the remote with --remote, or change the scheme of the modelUri.",
		},
		{
			InitializerScheme, Warning, "storage initializer cannot read the modelUri",
			"The scheme is none of those that the release's storage initializer knows.",
			"Use one of the schemes that the finding lists, or a storageInitializerImage that knows this one.",
		},
		{
			InitializerNoSecret, Note, "model is fetched without credentials",
			"Places with this scheme are usually private, and the unit has no Secret to get in with.",
			"Name a Secret with envSecretRefName; nothing needs to be done for a public model.",
		},
		{
			InitializerNoRemote, Warning, "nothing configures rclone for the modelUri",
			"rclone takes the scheme of the URI for the name of a remote. Of its remotes only gs is built into the initializer's image; any other comes from a Secret.",
			"Name a Secret with envSecretRefName that has the remote's variables; `seldonctl secret rclone` makes it.",
		},
		{
			AttachedSecretIgnored, Warning, "Secret of a ServiceAccount brings no credentials",
			"The operator looks for two keys in the Secrets of a ServiceAccount, whose names are values of its chart. It passes over any other Secret without a word, and the model is fetched anonymously.",
			"Give the key the name that the finding tells, or tell the operator the name.",
		},
		{OwnInitializer, Warning, "init container in place of the storage initializer lacks something",
			"An init container with the operator's name for it, the unit's name and -model-initializer, replaces the storage initializer. The operator adds nothing to it: no mount, no argument, no credentials.",
			"Add what the finding names, or remove the init container and set storageInitializerImage."},
		{ModelURIPlace, Warning, "the modelUri names no place that has a model",
			"There is no bucket or claim in it, the claim's name is one that Kubernetes refuses, or it is a file of Google Cloud Storage, where the initializer looks for a folder.",
			"Name the bucket or claim, and the folder that holds the model."},
		{
			SecretNotInInput, Warning, "Secret is neither in the input nor declared",
			"A unit takes variables from a Secret that is not written by this run.",
			"See that the cluster has it, put it into the input, or declare it under seldonctl.credentials.",
		},
		{
			AccountNotInInput, Warning, "ServiceAccount is neither in the input nor declared",
			"A pod runs as a ServiceAccount that is not written by this run; without it no pod starts, and its Secrets are unknown here.",
			"See that the cluster has it, put it into the input, declare it, or let --create-service-accounts write a plain one.",
		},
		{
			SecretMalformed, Error, "Secret is malformed",
			"A cluster takes base64 only under data, and strings only under stringData; it refuses the Secret, and the init container waits for it.",
			"Write plain text under stringData and quote numbers and booleans.",
		},
		{
			SecretKeysUnknown, Warning, "keys of a ServiceAccount's Secret are not known",
			"What the operator adds to the init container depends on the keys of the Secret, and those of an ExternalSecret with dataFrom, or of a Secret that is malformed, cannot be told.",
			"Name the keys: under spec.target.template.data or spec.data of an ExternalSecret.",
		},
		{
			IdentityUnused, Warning, "pods do not get the identity of their ServiceAccount",
			"The ServiceAccount has the annotation azure.workload.identity/client-id, but the webhook of Azure gives a token to pods only that have the label azure.workload.identity/use. Without it the storage initializer has no credentials.",
			"Add azure.workload.identity/use: \"true\" to the labels of the predictor, or to metadata.labels of the component spec.",
		},
		{
			SecretKeyMissing, Warning, "a Secret lacks a key that a pod refers to",
			"A variable of a container takes its value from a key that the Secret of the input does not have. The container does not start.",
			"Correct the name of the key, add it to the Secret, or mark the reference as optional.",
		},
		{
			Migrated, Note, "model was migrated to rclone",
			"The model is fetched by rclone, with a new Secret that was made from the old one.",
			"Apply the new Secret before the model. Keep the old one as long as pods use it.",
		},
		{
			MigrationStays, Warning, "model cannot be migrated to rclone as it is",
			"The place of the model, its credentials or a setting of theirs has no equivalent for rclone, or is not in the input.",
			"The finding gives the reason. Add what is missing to the input, or make the Secret with `seldonctl secret rclone`.",
		},
		{
			MigrationByHand, Error, "text cannot be edited",
			"A value is an alias, stands on several lines, or is written in a way that an edit would change more than the value. Nothing was written.",
			"Write the value by hand, as the finding says, and run the command again.",
		},
	}
}
