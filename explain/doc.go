// Package explain says for each leaf of what a SeldonDeployment renders to where
// it comes from, and how to change it (docs/explain.md).
//
// What is said is checked by doing it: every field of the input, every value and
// every credential is changed in turn, the SeldonDeployment is rendered again, and
// the leaves that move come from what was changed. A table of rules by path says
// what the operator does there, and is the whole story of leaves that nothing
// moves.
//
// Start with [New] and [Explainer.Explain].
package explain
