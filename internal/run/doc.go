// Package run is the one way from documents to outcomes: decoding, references,
// declared credentials, rendering and repeated objects. The command line and the
// KRM function are faces of it, so that they answer alike.
//
// Start with [New], which makes the first pass over the documents, and
// [Run.Outcomes], which makes the second. What people can say of a run is in
// [Settings], as flags and as keys of a functionConfig alike.
//
// The package reads no files and reports nothing: where documents and credentials
// come from, what findings lead to and where objects go is the caller's business.
package run
