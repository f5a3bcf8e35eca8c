// Package page writes what is explained as one HTML page that needs nothing
// else: inputs and outputs side by side, with what belongs together lit up
// (docs/explain.md).
//
// Start with [Write]. Names and texts reach the page as JSON, and its script puts
// them there as text, so that nothing in them is ever markup. A policy in the page
// keeps browsers from fetching anything and from running another script.
package page
