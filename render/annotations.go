package render

import (
	"strconv"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// annotation returns a deployment-wide annotation (docs/behaviour/differences.md, 12).
func (p *subject) annotation(key string) (string, bool) {
	if value, ok := p.sd.Spec.Annotations[key]; ok {
		return value, true
	}
	if p.release.Annotations == release.SpecThenMetadataAnnotations {
		value, ok := p.sd.Metadata.Annotations[key]
		return value, ok
	}
	return "", false
}

// annotationOr returns a deployment-wide annotation or the fallback.
func (p *subject) annotationOr(key, fallback string) string {
	if value, ok := p.annotation(key); ok {
		return value
	}
	return fallback
}

// annotationPath is where a deployment-wide annotation stands.
func (p *subject) annotationPath(key string) *field.Path {
	if _, ok := p.sd.Spec.Annotations[key]; ok {
		return annotationsPath.Key(key)
	}
	return field.NewPath("metadata", "annotations").Key(key)
}

// numberAnnotation returns an annotation that must be a whole number, or the
// fallback where it is absent.
func (p *subject) numberAnnotation(key string, fallback int) int {
	value, ok := p.annotation(key)
	if !ok {
		return fallback
	}
	return p.annotationNumber(key, value)
}

func (p *subject) annotationNumber(key, value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		p.report(finding.New(finding.AnnotationNotANumber, p.annotationPath(key), "must be an integer, not %q", value))
	}
	return n
}
