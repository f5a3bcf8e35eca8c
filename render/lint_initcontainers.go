package render

import (
	"github.com/seldonctl/seldonctl/finding"
)

// lintInitContainers looks at the init containers that the user wrote: the
// operator copies them as they are, and their names, images, variables and mounts
// follow the rules of containers.
func (p *plan) lintInitContainers() {
	for i := range p.source.Spec.Predictors {
		for j, cs := range p.source.Spec.Predictors[i].ComponentSpecs {
			if w := p.predictors[i].pods[j]; w != nil {
				for k := range cs.Spec.InitContainers {
					p.lintInitContainer(w, i, j, k)
				}
			}
		}
	}
}

func (p *plan) lintInitContainer(w *workload, i, j, k int) {
	all := p.source.Spec.Predictors[i].ComponentSpecs[j].Spec.InitContainers
	c, path := &all[k], podPath(w).Child("initContainers").Index(k)
	if !isLabelName(c.Name) {
		p.tell(finding.IllegalName, path.Child("name"), containerRule, "init container %q cannot have this name", c.Name)
	}
	if hasContainer(all[:k], c.Name) {
		p.tell(finding.DuplicateContainer, path.Child("name"), "", "the pod has two init containers named %q", c.Name)
	}
	if c.Image == "" {
		p.tell(finding.MissingImage, path.Child("image"), "", "init container %q has no image", c.Name)
	}
	for n := range c.Env {
		if name := c.Env[n].Name; !legalVariable(name) {
			p.tell(finding.VariableName, path.Child("env").Index(n).Child("name"), "", "init container %q has a variable named %q", c.Name, name)
		}
	}
	for n := range c.VolumeMounts {
		if name := c.VolumeMounts[n].Name; !hasVolume(w.pod(), name) {
			p.tell(finding.MountWithoutVolume, path.Child("volumeMounts").Index(n).Child("name"), "",
				"init container %q mounts a volume %q that the pod does not have", c.Name, name)
		}
	}
}
