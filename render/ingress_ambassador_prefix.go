package render

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v2"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// maxMappings is how many Mappings of an annotation are looked at.
const maxMappings = 100

// lintPrefixes looks for Mappings that the user wrote and that take requests to
// other SeldonDeployments: Ambassador knows no owners of prefixes
// (docs/behaviour/orchestrator-ingress.md, 7).
func (a *ambassadorAnnotation) lintPrefixes(l *inspector) {
	if config := a.read().config; config != "" {
		a.lintMappings(l, config, annotationsPath.Key(seldon.AnnotationAmbassadorConfig))
	}
	for i := range l.sd.Spec.Predictors {
		if config := l.sd.Spec.Predictors[i].Annotations[seldon.AnnotationGetAmbassador]; config != "" {
			a.lintMappings(l, config, predictorPath(i).Child("annotations").Key(seldon.AnnotationGetAmbassador))
		}
	}
}

func (a *ambassadorAnnotation) lintMappings(l *inspector, config string, path *field.Path) {
	decoder := yaml.NewDecoder(strings.NewReader(config))
	for range maxMappings {
		var mapping struct{ Prefix string }
		err := decoder.Decode(&mapping)
		var otherType *yaml.TypeError
		if errors.Is(err, io.EOF) || err != nil && !errors.As(err, &otherType) {
			return
		}
		if owner := a.claims(l, mapping.Prefix); owner != "" {
			l.tell(finding.ForeignPrefix, path, "write a prefix below "+a.ownPrefix(l),
				"the Mapping's prefix %q takes requests of %s", mapping.Prefix, owner)
		}
	}
}

// ownPrefix is what requests to the SeldonDeployment begin with.
func (a *ambassadorAnnotation) ownPrefix(l *inspector) string {
	if a.singleNamespace {
		return "/seldon/" + l.name + "/"
	}
	return "/seldon/" + l.namespace + "/" + l.name + "/"
}

// claims says whose requests a prefix takes, which is empty for the
// SeldonDeployment's own and for prefixes that belong to nobody.
func (a *ambassadorAnnotation) claims(l *inspector, prefix string) string {
	const all = "/seldon/"
	own := a.ownPrefix(l)
	closed := strings.TrimSuffix(prefix, "/") + "/"
	switch {
	case prefix == "" || strings.HasPrefix(closed, own):
		return ""
	case strings.HasPrefix(all, closed):
		return "every SeldonDeployment"
	case !strings.HasPrefix(closed, all):
		return ""
	case strings.HasPrefix(own, closed):
		return "every SeldonDeployment of namespace " + l.namespace
	}
	namespace, _, _ := strings.Cut(strings.TrimPrefix(closed, all), "/")
	if a.singleNamespace || namespace == l.namespace {
		return "another SeldonDeployment"
	}
	return "another namespace"
}
