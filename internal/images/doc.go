// Package images tells which images a set of objects uses and where each name
// comes from, and rewrites the names for mirrors and digests (docs/images.md).
//
// Start with [In] and [Rewriter.Apply]; [Finder] tells sources. The rewriter
// changes image fields only: ENGINE_PREDICTOR and PREDICTIVE_UNIT_IMAGE stay as
// the operator has them, because they name the image in metrics and nothing is
// pulled by them.
package images
