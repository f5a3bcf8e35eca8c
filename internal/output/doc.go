// Package output brings encoded objects to where they belong and keeps them back
// until a run has succeeded.
//
// A [Spool] puts the pieces of a stream in order, in memory and in temporary
// files; a [File] appears whole or not at all; a [Dir] has a file for each object.
// Among the files, filename.go says how the files of a folder are called,
// ownership.go which of them are ours, check.go how a folder differs from what a
// run would write. What could not be written is a [WriteError].
package output
