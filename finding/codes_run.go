package finding

// Codes about running and writing.
const (
	CannotWrite            Code = "SDC701"
	DiskFull               Code = "SDC702"
	PipeClosed             Code = "SDC703"
	OutputDiffers          Code = "SDC711"
	StaleFile              Code = "SDC712"
	ForeignFile            Code = "SDC713"
	StaleInput             Code = "SDC714"
	RecordInvalid          Code = "SDC715"
	SavedObjectsPartial    Code = "SDC716"
	NothingRendered        Code = "SDC721"
	DuplicateObject        Code = "SDC722"
	CannotEncode           Code = "SDC723"
	OperatorRelease        Code = "SDC724"
	Interrupted            Code = "SDC725"
	PassedWithoutNamespace Code = "SDC726"
	ForeignKinds           Code = "SDC727"
	ConfigurationLeftOut   Code = "SDC728"
	NamespaceAssumed       Code = "SDC729"
	UnknownKubeVersion     Code = "SDC730"
	LockUnreadable         Code = "SDC731"
	ImageNotLocked         Code = "SDC732"
	ImageLicense           Code = "SDC733"
)

func runCodes() []Definition {
	return []Definition{
		{CannotWrite, Error, "the output cannot be written",
			"The system could not create, write or rename a file; the message has the reason.",
			"Check the permissions of the folder and the file, or use another one with --output or --output-dir. No partial output was left behind."},
		{DiskFull, Error, "no space left",
			"The disk of the output is full, or the disk for temporary files, where large outputs are kept until a run has succeeded.",
			"Free some space. Use the variable TMPDIR to choose another disk for temporary files."},
		{PipeClosed, Error, "the reader of the output has exited",
			"The program that reads the pipe, such as kubectl, exited before it had read everything.",
			"See the message of that program. No action is needed if it was meant to exit early, as head does."},
		{OutputDiffers, Error, "a file is out of date",
			"--check compares a folder with what a run would write there. A file is missing or its content differs: the input, the values or the release changed since it was written, or the file was edited.",
			"Run the same command with --output-dir instead of --check and commit the result. Edit the SeldonDeployment, not the rendered files."},
		{StaleFile, Error, "a stale file",
			"--check found a file with the header of seldonctl that the run would not write: its SeldonDeployment was removed, or the object was renamed.",
			"Run the same command with --output-dir and --prune instead of --check, or delete the file."},
		{ForeignFile, Error, "a file not written by seldonctl",
			"--output-dir does not overwrite files without the header of seldonctl.",
			"Move the file, or choose another folder."},
		{StaleInput, Error, "an input changed since the folder was rendered",
			"--check found a record in the folder (--record) that has another digest of this file, or does not have the file. The folder may still hold the right objects, if the change means nothing to them.",
			"Run the same command with --output-dir instead of --check and commit the result."},
		{RecordInvalid, Error, "the record of a folder cannot be read",
			"The file seldonctl.lock of the folder is not as --record writes it, so that --check cannot tell which input changed.",
			"Run the same command with --output-dir and --record instead of --check and commit the result."},
		{SavedObjectsPartial, Warning, "the saved objects of a cluster are not all there are",
			"The objects of --from-objects have none of a kind that is rendered, or have the rendered ones in another namespace. What the cluster has then seems to be created.",
			"Save these kinds too, from all namespaces: `kubectl get deploy,svc,hpa,pdb,virtualservices,destinationrules,scaledobjects -A -o yaml`, as far as the cluster has them. Pass the namespace of the models with -n if they do not name it."},
		{NothingRendered, Error, "the output would be empty",
			"The input yields no objects. A GitOps controller that prunes would delete everything it applied before.",
			"Check the paths passed with -f, or use --allow-empty."},
		{DuplicateObject, Error, "two documents yield the same object",
			"Two documents of the input yield an object with the same group, kind, namespace and name; the second would overwrite the first.",
			"Rename one of them, or change its namespace."},
		{CannotEncode, Error, "an object cannot be encoded",
			"A value of the input cannot be represented in JSON.",
			"Check the object in the message. This is probably a bug in seldonctl; please report it."},
		{OperatorRelease, Warning, "the running operator is another release",
			"The image tag of the manager in --operator is a different release from the one rendered: pods would differ from those that run.",
			"Leave out --seldon-version to render as the running release; `seldonctl version --releases` lists those that can be. Rendering as another one is an upgrade, with a rollout (docs/upgrading.md)."},
		{Interrupted, Error, "the run was interrupted",
			"The program was stopped before it finished.",
			"Run it again; no partial output was left behind."},
		{PassedWithoutNamespace, Note, "an object without namespace is passed through",
			"The object is written as it is, and kubectl puts it into the namespace of its context. Models without a namespace are rendered into default. It is a warning where the input names other namespaces, because what belongs together may be parted.",
			"Pass the namespace with -n: objects without one get it, as with kubectl apply -n. Or set metadata.namespace."},
		{ForeignKinds, Warning, "only objects of other model serving systems",
			"The input has objects of KServe or Seldon Core 2 and no SeldonDeployment. They are passed through as they are; only SeldonDeployments of Seldon Core v1 are rendered.",
			"Check that the input is what was meant. KServe and Seldon Core 2 need their own controllers."},
		{ConfigurationLeftOut, Note, "configuration of a tool is left out",
			"The document configures kustomize, kpt or seldonctl, or has the annotation config.kubernetes.io/local-config. No cluster serves it, so that kubectl apply would fail.",
			"No action is needed. To apply an object that has the annotation, remove the annotation."},
		{NamespaceAssumed, Warning, "a model goes to the default namespace, and other objects elsewhere",
			"The SeldonDeployment names no namespace and is rendered into default, while other objects of the input name one. Helm does not tell a post-renderer the namespace of the release.",
			"Pass the namespace with -n (helm: --post-renderer-args --namespace=NS), or set metadata.namespace."},
		{UnknownKubeVersion, Warning, "an unknown version of Kubernetes",
			"The version of the cluster is newer than the newest that seldonctl knows, or older than any that serves the objects.",
			"Correct it; kubectl version prints it. A newer cluster is rendered for as the newest that is known."},
		{LockUnreadable, Error, "image lock cannot be read",
			"The file given to --image-lock must map images to digests, such as sha256: and 64 hexadecimal digits. A digest may be empty.",
			"Write the file with `seldonctl images -o lock`, and fill in digests as a registry names them."},
		{ImageNotLocked, Error, "image has no digest in the lock",
			"With --image-lock every image that is rendered gets the digest that the lock has for it. The lock lacks this image, or its digest is empty.",
			"Run `seldonctl images -o lock` with the same input and the old lock, and fill in the digests that are missing."},
		{ImageLicense, Note, "images are under the Business Source License",
			"Seldon Core's own images are under the Apache licence up to release 1.17.1, and under the Business Source License 1.1 from 1.18.0 on.",
			"Read the licence of the images before they are used in production, or render as an earlier release."},
	}
}
