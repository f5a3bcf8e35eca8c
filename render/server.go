package render

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// unitPlan is a unit whose model has to get into its pod.
type unitPlan struct {
	*seldon.Unit
	path      *field.Path
	pred      *predictorPlan
	pod       *workload
	container *corev1.Container
	// setting is the server's entry in the values; implementation is its name.
	setting        serverSetting
	implementation string
	// modelContainer is the container that reads the model: the unit's, unless
	// the server puts the work into another. Empty means that nothing is fetched.
	modelContainer string
}

// modelServer completes the container of a prepackaged unit.
type modelServer interface {
	handles(implementation, protocol string) bool
	complete(p *plan, u *unitPlan)
}

// modelServers are asked in order; the first that handles a unit completes it
// (docs/behaviour/core.md, 8.1).
func modelServers() []modelServer {
	return []modelServer{tensorflowServing{}, tensorflowProxy{}, triton{}, mlserver{}, wrapper{}}
}

// serverSetting is an entry of predictor_servers: images by protocol.
type serverSetting struct {
	images map[string]string
	// unfit says that a variable is to replace an image of an entry that has no
	// protocols at all.
	unfit bool
}

// serverSettings reads predictor_servers and the variables that replace images
// in it (docs/behaviour/core.md, 8.2; docs/behaviour/differences.md, 8.2).
func serverSettings(rel *release.Release, v *values.Values) map[string]serverSetting {
	config, _ := v.Config("predictor_servers")
	entries, _ := config.(map[string]any)
	servers := make(map[string]serverSetting, len(entries))
	for name, entry := range entries {
		if entry == nil {
			continue
		}
		m, _ := entry.(map[string]any)
		protocols, _ := m["protocols"].(map[string]any)
		s := serverSetting{images: make(map[string]string, len(protocols)), unfit: protocols == nil && isRelated(rel, v, name)}
		for protocol, image := range protocols {
			if image != nil {
				s.images[protocol] = imageText(image)
			}
		}
		servers[name] = s
	}
	if rel.Servers.RelatedImages == release.RelatedImageReplacesServer {
		replaceServers(rel, v, servers)
	} else {
		replaceImages(rel, v, servers)
	}
	return servers
}

// imageText joins image and version.
func imageText(v any) string {
	image := stringAt(v, "image")
	if version := stringAt(v, "defaultImageVersion"); version != "" {
		image += ":" + version
	}
	return image
}

// replaceServers puts a new entry in place of a server's whole entry, there or
// not, if the variable of its first row is set.
func replaceServers(rel *release.Release, v *values.Values, servers map[string]serverSetting) {
	replaced := map[string]bool{}
	started := map[string]bool{}
	for _, row := range rel.Servers.Related {
		image, _ := v.Variable(row.Variable)
		if !started[row.Server] {
			started[row.Server] = true
			if image != "" {
				replaced[row.Server] = true
				servers[row.Server] = serverSetting{images: map[string]string{}}
			}
		}
		if replaced[row.Server] {
			servers[row.Server].images[row.Protocol] = image
		}
	}
}

// isRelated reports whether a variable replaces one image of the server.
func isRelated(rel *release.Release, v *values.Values, server string) bool {
	if rel.Servers.RelatedImages != release.RelatedImageReplacesProtocol {
		return false
	}
	return slices.ContainsFunc(rel.Servers.Related, func(row release.RelatedImage) bool {
		image, _ := v.Variable(row.Variable)
		return row.Server == server && image != ""
	})
}

// replaceImages puts a new image in place of one protocol's, for servers that
// have an entry.
func replaceImages(rel *release.Release, v *values.Values, servers map[string]serverSetting) {
	for _, row := range rel.Servers.Related {
		image, _ := v.Variable(row.Variable)
		if s, ok := servers[row.Server]; ok && image != "" {
			s.images[row.Protocol] = image
		}
	}
}

// server returns a server's entry.
func (p *subject) server(implementation string) (serverSetting, bool) {
	s, ok := p.r.settings.servers[implementation]
	return s, ok
}

// serverImage returns the image for a protocol, or nothing.
func (p *subject) serverImage(s serverSetting, protocol string) string {
	if protocol == "" {
		protocol = "seldon"
	}
	if image, ok := s.images[protocol]; ok || p.release.Servers.ImageProtocol == release.ExactProtocol {
		return image
	}
	switch protocol {
	case "v2":
		return s.images["kfserving"]
	case "kfserving":
		return s.images["v2"]
	}
	return ""
}

// completeServers completes the prepackaged units of a predictor and fetches
// their models, and in releases that do so the models of other units
// (docs/behaviour/core.md, 8; docs/behaviour/differences.md, 9).
func (p *plan) completeServers(pred *predictorPlan) {
	for path, unit := range pred.Graph.Walk(graphPath(pred.index)) {
		switch {
		case unit.Prepackaged():
			p.completeServer(pred, unit, path)
		case unit.ModelURI == "":
		case p.release.Storage.Units == release.UnitsWithModelURI:
			p.fetchForUnit(pred, unit, path)
		default:
			p.inspect().ignoredModelURI(unit, path)
		}
	}
}

func (p *plan) completeServer(pred *predictorPlan, unit *seldon.Unit, path *field.Path) {
	u := &unitPlan{
		Unit: unit, path: path, pred: pred,
		pod:            p.podOf(pred, unit.Name),
		implementation: *unit.Implementation,
		modelContainer: unit.Name,
	}
	u.container = u.pod.container(unit.Name)
	if unit.ServiceAccountName != "" {
		u.pod.pod().ServiceAccountName = unit.ServiceAccountName
	}
	if !p.configRead("predictor_servers") {
		return
	}
	setting, ok := p.server(u.implementation)
	if !ok {
		p.tell(finding.NoServerConfig, path.Child("implementation"), "",
			"unknown model server %s: predictor_servers in the values has no entry for it", u.implementation)
		return
	}
	if setting.unfit {
		p.tell(finding.ServerWithoutProtocols, path.Child("implementation"), "",
			"the entry for %s in predictor_servers has no protocols, on which the operator crashes", u.implementation)
		return
	}
	u.setting = setting
	for _, s := range modelServers() {
		if s.handles(u.implementation, p.sd.Spec.Protocol) {
			s.complete(p, u)
			break
		}
	}
	if u.modelContainer != "" {
		p.fetchModel(u.pod, u.modelContainer, u.source())
	}
}

// source is where the unit's model comes from.
func (u *unitPlan) source() modelSource {
	return modelSource{
		path: u.path, uri: u.ModelURI, serviceAccount: u.ServiceAccountName,
		envSecret: u.EnvSecretRefName, image: u.StorageInitializerImage, defaultSecret: true,
	}
}

// fetchForUnit fetches the model of a unit that is not a prepackaged server. Its
// service account brings credentials but is not put on the pod.
func (p *plan) fetchForUnit(pred *predictorPlan, unit *seldon.Unit, path *field.Path) {
	c, j := pred.Container(unit.Name)
	if c == nil {
		p.tell(finding.ModelURIWithoutPod, path.Child("modelUri"), "remove it, or give the unit a container",
			"unit %q has a modelUri but no container", unit.Name)
		return
	}
	u := &unitPlan{Unit: unit, path: path, pred: pred, pod: pred.pods[j]}
	p.fetchModel(u.pod, unit.Name, u.source())
}

// podOf returns the first Deployment so far that bears the name of the one with
// the unit's container.
//
// Quirk (docs/behaviour/core.md, 8.1): that may be another predictor's, and lack
// the container.
func (b *built) podOf(pred *predictorPlan, unit string) *workload {
	_, j := pred.Container(unit)
	return b.namesake(pred.pods[j])
}

// namesake returns the first Deployment so far of the same name.
func (b *built) namesake(w *workload) *workload {
	if i := b.deployed.find(w.Metadata.Name, len(b.deployments), func(i int) string { return b.deployments[i].Metadata.Name }); i >= 0 {
		return b.deployments[i]
	}
	return w
}

// makeContainer gives the pod a container of the unit's name where it has none.
func (u *unitPlan) makeContainer() {
	if u.container == nil {
		pod := u.pod.pod()
		pod.Containers = append(pod.Containers, corev1.Container{Name: u.Name})
		u.container = u.pod.container(u.Name)
	}
}

// findsContainer reports whether the pod has the unit's container, for servers
// for which the operator fails without.
func (p *plan) findsContainer(u *unitPlan) bool {
	if u.container == nil {
		p.tell(finding.ServerInOtherPod, u.path.Child("name"), "",
			"another Deployment is named %q too, and has no container %q for the server", u.pod.Metadata.Name, u.Name)
		u.modelContainer = ""
	}
	return u.container != nil
}
