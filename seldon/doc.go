// Package seldon is the input API: the SeldonDeployment of Seldon Core v1 as
// users write it, with every field of the releases that seldonctl renders
// (docs/behaviour/core.md, section 1). What a release does not know is listed
// by its field mask, not here.
//
// Start with [Deployment]. The types have no behaviour but walking: everything
// the operator does to them is in package render. The order of the fields is
// the order of the JSON that the orchestrator is handed in ENGINE_PREDICTOR, so
// it is not free to change.
package seldon
