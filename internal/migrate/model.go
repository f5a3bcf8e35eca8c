package migrate

import (
	"cmp"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// model is what a storage initializer fetches for a graph node or an explainer.
type model struct {
	doc       *source.Document
	namespace string
	path      *field.Path
	// uri and secret are fields of the decoded SeldonDeployment.
	uri, secret *string
	// oldURI is the URI before the migration.
	oldURI string
	// shared is the Secret of models without one of their own.
	shared, account, image string
}

// modelsOf returns the models of a SeldonDeployment: those of all graph nodes and
// of explainers.
func modelsOf(sd *seldon.Deployment, config Config) []model {
	shared, _ := config.Values.Variable("PREDICTIVE_UNIT_DEFAULT_ENV_SECRET_REF_NAME")
	var models []model
	add := func(m model) {
		if m.oldURI = *m.uri; m.oldURI != "" {
			models = append(models, m)
		}
	}
	for i := range sd.Spec.Predictors {
		p := &sd.Spec.Predictors[i]
		at := field.NewPath("spec", "predictors").Index(i)
		for path, u := range p.Graph.Walk(at.Child("graph")) {
			add(model{path: path, uri: &u.ModelURI, secret: &u.EnvSecretRefName, shared: shared,
				account: cmp.Or(u.ServiceAccountName, podAccount(p, u), "default"), image: u.StorageInitializerImage})
		}
		if e := p.Explainer; e != nil {
			m := model{path: at.Child("explainer"), uri: &e.ModelURI, secret: &e.EnvSecretRefName,
				account: cmp.Or(e.ServiceAccountName, "default"), image: e.StorageInitializerImage}
			if config.Release.Explainers.EnvSecret == release.ExplainerSecretOrDefault {
				m.shared = shared
			}
			add(m)
		}
	}
	return models
}

// podAccount is the ServiceAccount of the component spec that a unit is in: its
// own, or that of another unit.
func podAccount(p *seldon.Predictor, u *seldon.Unit) string {
	for _, cs := range p.ComponentSpecs {
		if cs == nil {
			continue
		}
		inside := map[string]bool{}
		for i := range cs.Spec.Containers {
			inside[cs.Spec.Containers[i].Name] = true
		}
		if !inside[u.Name] {
			continue
		}
		account := cs.Spec.ServiceAccountName
		for _, other := range p.Graph.Walk(nil) {
			if inside[other.Name] && other.ServiceAccountName != "" {
				account = other.ServiceAccountName
			}
		}
		return account
	}
	return ""
}
