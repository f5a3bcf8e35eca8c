// Package render turns a SeldonDeployment into the Kubernetes objects that the
// Seldon Core operator of a release would create for it.
//
// Start with [New] and [Renderer.Render]; render.go reads like a table of
// contents of the rest. Rendering is a pure function of the SeldonDeployment,
// the values and what they refer to: no clock, randomness, environment, network
// or file access. The rules are described in docs/behaviour, and quirks of the
// operator that are reproduced are marked with Quirk.
//
// The steps share and change the same containers, because what the orchestrator
// is shown depends on it; that is why they are files of one package.
package render
