// Package krm is the KRM function: it reads a ResourceList, renders the
// SeldonDeployments among its items, or those that its functionConfig names,
// and writes the ResourceList back (docs/krm.md).
//
// Start with [Function.Run]. The way of a ResourceList: list.go reads and writes
// it, repair.go mends what its library would lose, config.go and options.go read
// the functionConfig, sources.go finds the SeldonDeployments, merge.go puts what
// they render to among the items, place.go gives new items a file, results.go
// reports. The items of an input are never changed in place, so that they can go
// back as they came when something fails.
//
// Items are nodes of the YAML library that kustomize and kpt use themselves, with
// the same settings as theirs: what is not touched comes back byte for byte.
//
// The package touches nothing but its streams and the files it is handed.
package krm
