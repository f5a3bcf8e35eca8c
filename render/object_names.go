package render

import (
	"crypto/md5" // the operator's own choice; nothing here is secret
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/seldonctl/seldonctl/seldon"
)

// maxName is the length of a DNS label, the longest name of a Service.
const maxName = 63

// short returns the name, or a hash of it where it is too long for Kubernetes
// (docs/behaviour/core.md, 2).
func short(name string) string {
	if len(name) <= maxName {
		return name
	}
	return "seldon-" + digest(name)
}

func digest(name string) string {
	sum := md5.Sum([]byte(name))
	return hex.EncodeToString(sum[:])
}

// cut shortens a name that is not hashed: to 63 bytes, without a hyphen at the
// end (docs/behaviour/core.md, 2 and 9.2).
func cut(name string) string {
	if len(name) <= maxName {
		return name
	}
	return strings.TrimSuffix(name[:maxName], "-")
}

// predictorKey is the name of the predictor's Service. The annotation counts
// when it is there, even empty.
func (p *subject) predictorKey(pred *seldon.Predictor) string {
	if name, ok := pred.Annotations[seldon.AnnotationSvcName]; ok {
		return name
	}
	return short(p.name + "-" + pred.Name)
}

// deploymentName is the name of the Deployment of a component spec; it must be
// asked after defaulting, which may add containers.
func (p *subject) deploymentName(pred *seldon.Predictor, j int) string {
	cs := pred.ComponentSpecs[j]
	what := cs.Metadata.Name
	if what == "" {
		names := make([]string, len(cs.Spec.Containers))
		for k := range cs.Spec.Containers {
			names[k] = cs.Spec.Containers[k].Name
		}
		what = strings.Join(names, "-")
	}
	full := p.name + "-" + pred.Name + "-" + strconv.Itoa(j) + "-" + what
	if len(full) > maxName && p.r.settings.nameAsPrefix {
		if name := p.name + "-" + digest(full); len(name) <= maxName {
			return name
		}
	}
	return short(full)
}

func (p *subject) containerServiceName(pred *seldon.Predictor, container string) string {
	return short(p.name + "-" + pred.Name + "-" + container)
}

func (p *subject) orchestratorName(pred *seldon.Predictor) string {
	return short(p.name + "-" + pred.Name + "-svc-orch")
}

func (p *subject) explainerName(pred *seldon.Predictor) string {
	return short(p.name + "-" + pred.Name + "-explainer")
}
