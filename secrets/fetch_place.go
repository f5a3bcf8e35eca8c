package secrets

import (
	"path"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// modelFiles are the endings of files that hold models.
func modelFiles() []string {
	return []string{".joblib", ".pkl", ".pickle", ".bst", ".pb", ".h5", ".onnx", ".pt"}
}

// place looks at what follows the scheme. It answers true if there is nothing to
// fetch, whatever the credentials are.
func (c *fetchCheck) place() bool {
	s, rest, ok := strings.Cut(c.URI, "://")
	if !ok && scheme(c.URI) == "" && strings.IndexAny(c.URI, "/:") != 0 {
		c.tell(finding.InitializerScheme, "begin with the kind of storage, such as gs://BUCKET/PATH or s3://BUCKET/PATH", "%s cannot read a URI without a scheme", c.Initializer)
		return true
	}
	if !ok {
		return false
	}
	first, _, _ := strings.Cut(rest, "/")
	switch {
	case s == "pvc" && first == "":
		c.tell(finding.ModelURIPlace, "write pvc://CLAIM/PATH", "pvc:// names no claim")
	case s == "pvc" && len(validation.IsDNS1123Subdomain(first)) > 0:
		c.tell(finding.ModelURIPlace, `names of claims have lower-case letters, digits, "-" and "."`, "no claim can be called %q: a cluster refuses the pod", first)
	case (s == "gs" || s == "s3") && first == "":
		c.tell(finding.ModelURIPlace, "write "+s+"://BUCKET/PATH", "%s:// names no bucket", s)
	case s == "gs" && c.Initializer == release.KFServingInitializer && slices.Contains(modelFiles(), path.Ext(rest)):
		// docs/behaviour/credentials.md, 5.2: what is looked for has a slash at its end.
		c.tell(finding.ModelURIPlace, "name the folder that holds the file", "names a file, of which %s finds nothing", c.Initializer)
	default:
		return false
	}
	return true
}
