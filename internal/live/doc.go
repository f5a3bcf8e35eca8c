// Package live tells what a cluster keeps of an object from what it was given:
// the fields that a server fills in, that tools and controllers leave on it, and
// the versions of an API that it is stored and shown in.
//
// Start with [Align], which takes all of that out of a live object as long as the
// desired one says nothing else. defaults.go has what Kubernetes fills in, marks.go
// what tools leave, versions.go other spellings of the same object, owner.go whom
// an object belongs to. The package is pure.
package live
