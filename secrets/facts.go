package secrets

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/release"
)

// Facts tell what a Secret can be used for.
type Facts struct {
	Known
	// S3 and Azure say that it has variables of the kfserving initializer.
	S3, Azure bool
	// Remotes are the rclone remotes that have a type, in lower case and in order.
	Remotes []string
	// AttachedS3 and AttachedGCS say that a ServiceAccount that lists the Secret
	// brings credentials.
	AttachedS3, AttachedGCS bool

	names KeyNames
}

// Inspect looks at what is known of a Secret.
func Inspect(k Known, names KeyNames) Facts {
	names = names.withDefaults()
	f := Facts{
		Known: k, names: names, AttachedS3: k.Has(names.S3SecretAccessKey),
		S3: k.hasPrefix("AWS_"), Azure: k.hasPrefix("AZ_"),
	}
	// The operator looks for keys of S3 first.
	f.AttachedGCS = !f.AttachedS3 && k.Has(names.GCSFile)
	for _, key := range k.Keys {
		if remote, ok := remoteWithType(key); ok {
			f.Remotes = append(f.Remotes, remote)
		}
	}
	return f
}

func remoteWithType(key string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.ToUpper(key), remotePrefix)
	if !ok {
		return "", false
	}
	remote, ok := strings.CutSuffix(rest, "_TYPE")
	return strings.ToLower(remote), ok && remote != ""
}

// Serves reports whether an initializer finds anything in the Secret that is
// meant for it.
func (f *Facts) Serves(i release.Initializer) bool {
	if i == release.RcloneInitializer {
		return len(f.Remotes) > 0
	}
	return f.S3 || f.Azure || f.AttachedS3 || f.AttachedGCS
}

// isToken reports whether the Secret may be the token that Kubernetes used to
// attach to every ServiceAccount, or one for a registry.
func (f *Facts) isToken() bool {
	return f.Has("token") || f.Has(".dockerconfigjson") || f.Has(".dockercfg")
}

// googleKeys are the keys that may well be a Google key file under a name that
// the operator does not look for.
func (f *Facts) googleKeys() []string {
	return slices.DeleteFunc(slices.Clone(f.Keys), func(key string) bool {
		return !strings.HasSuffix(key, ".json") || key == f.names.GCSFile
	})
}
