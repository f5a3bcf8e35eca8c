// Package fleet makes up fleets of SeldonDeployments to measure with: as varied
// as the manifests that people write, of the same size, with names of their own,
// and the same for the same seed on every machine.
//
// Start with [Manifest]. The package imports the standard library only.
package fleet
