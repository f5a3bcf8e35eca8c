package finding

// Codes about running and writing.
const (
	CannotWrite   Code = "SDC701"
	DiskFull      Code = "SDC702"
	PipeClosed    Code = "SDC703"
	OutputDiffers Code = "SDC711"
	StaleFile     Code = "SDC712"
	ForeignFile   Code = "SDC713"
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
			"Run the same command without --check and commit the result. Edit the SeldonDeployment, not what was rendered from it."},
		{StaleFile, Error, "a file that was written earlier does not belong any more",
			"--check found a file with the header of seldonctl that the run would not write: its SeldonDeployment is gone, or the object has another name now.",
			"Run the same command with --prune instead of --check, or delete the file."},
		{ForeignFile, Error, "a file of somebody else is in the way",
			"--output-dir does not overwrite files that lack the header of seldonctl, because nothing else may have a copy of them.",
			"Move the file away, or choose another folder."},
	}
}
