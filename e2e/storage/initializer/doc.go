// Package initializer runs the init containers that fetch models, as a kubelet
// would: the program is that of the image, arguments, variables and mounts are
// those of the manifests. Folders stand for volumes, so paths below a mount are
// replaced in arguments and variables.
//
// Start with [Find] and [Container.Run].
package initializer
