// Package source reads users' manifests: it finds the documents in files,
// folders and on standard input, and turns SeldonDeployments into typed values
// while it reports everything that is wrong with them, with file, line and
// column.
//
// Start with [Open], which yields documents, and [NewDecoder], which decodes
// them. The way of a document: inputs.go names the files, split.go cuts them
// into documents by bytes, header.go reads kind and name without parsing,
// parse.go makes the node tree, with plain.go as its short cut, walk.go goes
// through the tree and the Go type together. YAML is read as kubectl reads it;
// scalar.go has the rules.
package source
