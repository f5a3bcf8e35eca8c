// Package corpus reads the inputs of the recordings for tests of what is true of
// every render, as render.Config and decoded SeldonDeployments.
//
// Start with [Cases]. Only tests import it.
package corpus
