package migrate

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// decide returns the URI and the name of the Secret that a model has after the
// migration. An empty name means that nothing is to be named.
func (m *migration) decide(model model) (uri, secret string, findings finding.List) {
	uri = *model.uri
	stays := func(child, format string, args ...any) (string, string, finding.List) {
		path := model.path
		if child != "" {
			path = path.Child(child)
		}
		return uri, "", finding.List{finding.New(finding.MigrationStays, path, format, args...)}
	}
	scheme, _, hasScheme := strings.Cut(uri, "://")
	scheme = strings.ToLower(scheme)
	if !hasScheme || scheme == "pvc" || scheme == "file" {
		return uri, "", nil
	}
	if used, known := release.InitializerOf(m.image(model)); !known || used != release.RcloneInitializer {
		return stays("", "the model stays as it is: its image of the storage initializer is not that of %s", m.config.Release.Version)
	}
	name := cmp.Or(*model.secret, model.shared)
	own := m.secrets[reference{model.namespace, name}]
	if own != nil && slices.Contains(own.facts.Remotes, scheme) {
		return uri, "", nil
	}
	if own == nil && !strings.HasPrefix(scheme, "http") && isForRclone(m.declaredAs(name, model.namespace)) {
		return uri, "", nil
	}
	declared := m.declaration(model, name, scheme)
	var want conversion
	switch blob, azure := azureBlob(uri); {
	case azure && blob.path == "":
		return stays("modelUri", "the address has no equivalent for rclone: it names no container, or has a query")
	case azure:
		want = conversion{scheme: "azureblob", account: blob.account, uri: "azureblob:" + blob.path}
		if own != nil && own.facts.Azure {
			want.old = own
		}
	case scheme == "http" || scheme == "https":
		return stays("modelUri", "rclone cannot fetch from a web server; put the model into a bucket")
	case scheme == "s3":
		want = conversion{scheme: scheme, uri: uri, old: m.attached(model, scheme)}
		if want.attached = want.old != nil; want.old == nil && own != nil && own.facts.S3 {
			want.old = own
		}
	case scheme == "gs":
		want = conversion{scheme: scheme, uri: uri, old: m.attached(model, scheme), attached: true}
		if want.old == nil && declared == nil && *model.secret == "" && !m.hides(model) {
			// A public bucket, for both initializers.
			return uri, "", nil
		}
	case name != "" && own == nil:
		// Probably a remote of rclone that the Secret configures.
		return uri, "", nil
	default:
		return stays("modelUri", "kfserving's initializer does not read %s:// either, so there is nothing to migrate", scheme)
	}
	if want.old == nil && declared != nil {
		return m.declare(declared, want, model)
	}
	if want.old == nil {
		return stays("modelUri", "%s", m.whyNot(model, name, scheme))
	}
	secret, reason := m.convert(want, model)
	if reason != "" {
		return stays("", "%s", reason)
	}
	done := finding.New(finding.Migrated, model.path, "the model is fetched with the new Secret %q, made from %q", secret, want.old.doc.Name)
	if want.uri != uri {
		done.Hint = "its modelUri is " + want.uri
	}
	return want.uri, secret, append(finding.List{done}, lost(model.path, want)...)
}

// lost tells of what a Secret has that rclone's form has no place for.
func lost(path *field.Path, want conversion) finding.List {
	if lost := want.lost(); len(lost) > 0 {
		return finding.List{finding.New(finding.MigrationStays, path, "these settings of Secret %q have no equivalent in the new one: %s",
			want.old.doc.Name, strings.Join(lost, ", "))}
	}
	return nil
}

// image is that of the initializer that fetches a model.
func (m *migration) image(model model) string {
	if model.image != "" {
		return model.image
	}
	image, _ := m.config.Values.Section("storageInitializer.image")
	text, _ := image.(string)
	return text
}

// attached returns the Secret that a model's ServiceAccount brings for a scheme.
// Of several the last counts, as of variables with one name.
func (m *migration) attached(model model, scheme string) (found *oldSecret) {
	for _, name := range m.accounts[reference{model.namespace, model.account}] {
		old := m.secrets[reference{model.namespace, name}]
		if old != nil && (scheme == "s3" && old.facts.AttachedS3 || scheme == "gs" && old.facts.AttachedGCS) {
			found = old
		}
	}
	return found
}

// hides reports whether a model may have credentials that are not in the input.
func (m *migration) hides(model model) bool {
	names, known := m.accounts[reference{model.namespace, model.account}]
	return !known && model.account != "default" || slices.ContainsFunc(names, func(name string) bool {
		return m.secrets[reference{model.namespace, name}] == nil && !strings.Contains(name, "-token-")
	})
}

// whyNot says why there is nothing to make a Secret of.
func (m *migration) whyNot(model model, secret, scheme string) string {
	_, knownAccount := m.accounts[reference{model.namespace, model.account}]
	switch own := m.secrets[reference{model.namespace, secret}]; {
	case secret != "" && own == nil:
		return "Secret \"" + secret + "\" is not in the input; add it, or make one with `seldonctl secret rclone`"
	case !knownAccount && model.account != "default":
		return "ServiceAccount \"" + model.account + "\" is not in the input, so its Secrets are not known"
	case m.hides(model):
		return "a Secret of ServiceAccount \"" + model.account + "\" is not in the input"
	case own != nil:
		return "Secret \"" + secret + "\" has nothing that rclone could use for " + scheme + "://"
	case scheme == "https":
		return "the model is fetched anonymously, and rclone needs credentials for Azure; make a Secret with `seldonctl secret rclone`"
	}
	return "the input has no credentials for the model, and rclone needs a Secret for public buckets too; make one with `seldonctl secret rclone`"
}

// blob is a place in Azure Blob Storage: the path begins with the container.
type blob struct{ account, path string }

// azureBlob reads an address of Azure Blob Storage. The path is empty where
// rclone has no equivalent.
func azureBlob(uri string) (blob, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "https" {
		return blob{}, false
	}
	account, ok := strings.CutSuffix(u.Hostname(), ".blob.core.windows.net")
	if !ok || account == "" || strings.Contains(account, ".") {
		return blob{}, ok
	}
	b := blob{account: account, path: strings.Trim(u.Path, "/")}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.RawPath != "" {
		b.path = ""
	}
	return b, true
}
