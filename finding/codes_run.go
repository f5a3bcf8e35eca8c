package finding

// Codes about running and writing.
const (
	CannotWrite     Code = "SDC701"
	DiskFull        Code = "SDC702"
	PipeClosed      Code = "SDC703"
	OutputDiffers   Code = "SDC711"
	StaleFile       Code = "SDC712"
	ForeignFile     Code = "SDC713"
	NothingRendered Code = "SDC721"
	DuplicateObject Code = "SDC722"
	CannotEncode    Code = "SDC723"
	OperatorRelease Code = "SDC724"
	Interrupted     Code = "SDC725"
)

func runCodes() []Definition {
	return []Definition{
		{CannotWrite, Error, "the output cannot be written",
			"The system refused to create, write or rename a file; the message has its reason.",
			"Look at the permissions of the folder and the file, or choose another with --output or --output-dir. Nothing half written was left behind."},
		{DiskFull, Error, "there is no room left to write",
			"The disk of the output, or the one for temporary files where large outputs wait until a run has succeeded, is full.",
			"Free some space. For temporary files another disk can be chosen with the variable TMPDIR."},
		{PipeClosed, Error, "the reader of the output has ended",
			"The program behind the pipe, such as kubectl, ended before it had read everything.",
			"See the message of that program. When ending early was intended, as with head, all is well."},
		{OutputDiffers, Error, "a file differs from what would be written",
			"--check compares a folder with what a run would write there. A file is missing or has another content: the input, the values or the release changed since it was written, or somebody edited it.",
			"Run the same command with --output-dir instead of --check and commit the result. Edit the SeldonDeployment, not what was rendered from it."},
		{StaleFile, Error, "a file that was written earlier does not belong any more",
			"--check found a file with the header of seldonctl that the run would not write: its SeldonDeployment is gone, or the object has another name now.",
			"Run the same command with --output-dir and --prune instead of --check, or delete the file."},
		{ForeignFile, Error, "a file of somebody else is in the way",
			"--output-dir does not overwrite files that lack the header of seldonctl, because nothing else may have a copy of them.",
			"Move the file away, or choose another folder."},
		{NothingRendered, Error, "the output would be empty",
			"No object came out of the input. A GitOps controller that prunes would delete everything it applied before.",
			"Check the paths given with -f; --allow-empty lets an empty output through."},
		{DuplicateObject, Error, "two documents make the same object",
			"Two documents of the input would write an object of the same group, kind, namespace and name; the second would overwrite the first.",
			"Rename one of them, or give it another namespace."},
		{CannotEncode, Error, "an object cannot be written",
			"A value of the input has no form in JSON.",
			"Look at the object in the message; this is likely a fault of seldonctl and worth a report."},
		{OperatorRelease, Warning, "the running operator is of another release",
			"The image tag of the manager in --operator names a release that is not the one rendered.",
			"Name the release to render with --seldon-version."},
		{Interrupted, Error, "the run was interrupted",
			"The program was asked to stop before it had finished.",
			"Run it again; nothing half written was left behind."},
	}
}
