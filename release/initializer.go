package release

import "strings"

// Initializer is a program that fetches models (credentials.md, 5.2 and 5.3).
type Initializer int

// The storage initializer is the one of kfserving, or Seldon's own, which runs
// rclone.
const (
	KFServingInitializer Initializer = iota + 1
	RcloneInitializer
)

// Name returns the initializer in one word.
func (i Initializer) Name() string {
	if i == RcloneInitializer {
		return "rclone"
	}
	return "kfserving"
}

// String returns the initializer as it is called in messages.
func (i Initializer) String() string { return "the " + i.Name() + " storage initializer" }

// Releases says which releases of Seldon Core use the initializer by default.
func (i Initializer) Releases() string {
	if i == RcloneInitializer {
		return "Seldon Core 1.8 and later"
	}
	return "Seldon Core up to 1.7"
}

// InitializerOf tells the initializer by the name of its image, if that is a
// known one.
func InitializerOf(image string) (Initializer, bool) {
	switch {
	case strings.Contains(image, "rclone"):
		return RcloneInitializer, true
	case strings.Contains(image, "kfserving/"), strings.Contains(image, "kserve/"), strings.Contains(image, "model-initializer"):
		return KFServingInitializer, true
	}
	return 0, false
}
