// Package platform applies the defaults and rules of a platform team to rendered
// objects (docs/platform.md): security contexts, resources, pull secrets, node
// selectors and whatever else the operator has no setting for.
//
// Start with [Read] and [Platform.Apply]. Fragments are Kubernetes' own types, and
// are merged as a strategic merge patch is. ENGINE_PREDICTOR never changes.
//
// It may import internal/images, internal/source, render, release, seldon,
// manifest and finding.
package platform
