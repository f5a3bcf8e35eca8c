package secrets

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/release"
)

// Facts tell what a Secret can be used for. They come from its keys, never from
// its values.
type Facts struct {
	// S3 and Azure say that it has variables of the kfserving initializer.
	S3, Azure bool
	// Remotes are the rclone remotes that have a type, in lower case and in order.
	Remotes []string
	// AttachedS3 and AttachedGCS say that a ServiceAccount that lists the Secret
	// brings credentials.
	AttachedS3, AttachedGCS bool

	keys []string
}

// Inspect looks at the keys of a Secret.
func Inspect(keys []string, names KeyNames) Facts {
	names = names.withDefaults()
	f := Facts{keys: slices.Sorted(slices.Values(keys))}
	for _, key := range f.keys {
		switch {
		case key == names.S3SecretAccessKey:
			f.AttachedS3 = true
		case key == names.GCSFile:
			f.AttachedGCS = true
		case strings.HasPrefix(key, "AWS_"):
			f.S3 = true
		case strings.HasPrefix(key, "AZ_"):
			f.Azure = true
		}
		if remote, ok := remoteWithType(key); ok {
			f.Remotes = append(f.Remotes, remote)
		}
	}
	return f
}

func remoteWithType(key string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.ToUpper(key), "RCLONE_CONFIG_")
	if !ok {
		return "", false
	}
	remote, ok := strings.CutSuffix(rest, "_TYPE")
	return strings.ToLower(remote), ok && remote != ""
}

// Has reports whether the Secret has a key.
func (f *Facts) Has(key string) bool { return slices.Contains(f.keys, key) }

// Serves reports whether an initializer finds anything in the Secret that is
// meant for it.
func (f *Facts) Serves(i release.Initializer) bool {
	if i == release.RcloneInitializer {
		return len(f.Remotes) > 0
	}
	return f.S3 || f.Azure || f.AttachedS3 || f.AttachedGCS
}

// lacks returns those of the keys that the Secret does not have.
func (f *Facts) lacks(keys ...string) []string {
	return slices.DeleteFunc(slices.Clone(keys), f.Has)
}
